// The model of a structured block: which template comes next, and which value in each of its slots.
//
// A row is its template and, from left to right, the values of its slots. Each of these symbols is
// first offered as candidates (candidates.h); what none of them is, is coded by its content: a
// timestamp or a number as the difference to an earlier one, other values as a template of their
// own with slots, or as text. A decoder does the same steps and learns from them what an encoder
// knew.
#ifndef LOGPRESS_BACKEND_MIX_ROW_MODEL_H_
#define LOGPRESS_BACKEND_MIX_ROW_MODEL_H_

#include <array>
#include <cstdint>
#include <span>

#include "backend/mix/families.h"
#include "backend/mix/parse.h"
#include "backend/mix/row_state.h"
#include "backend/mix/sizes.h"
#include "backend/mix/template_list.h"
#include "backend/mix/text_model.h"
#include "backend/mix/value_store.h"
#include "backend/mix/work.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/work_meter.h"
#include "codec/mix/candidates.h"
#include "codec/mix/context_table.h"
#include "codec/range_coder.h"
#include "time/timestamp.h"

namespace logpress::mix {

class RowModel : public InMemory {
 public:
  // `formats` must outlive the model.
  RowModel(const Sizes& sizes, std::span<const time::TimestampFormat> formats);

  // For benchmarks. Before anything is coded.
  void LeaveOut(LeftOut left_out) {
    left_out_ = left_out;
    list_.texts().LeaveOut(left_out);
  }

  // Returns how many bytes of what was coded tell the templates of the rows.
  uint64_t Encode(Encoder& coder, ByteView text, Parse* parse,
                  WorkReport report = WorkReport(nullptr));
  // Appends the bytes of the block, whose rows have so many templates, to *out; false, and says why
  // in error(), if the bytes are not what Encode wrote.
  template <typename Coder>
  bool Decode(Coder& coder, uint64_t templates, ByteBuffer* out);
  const char* error() const { return error_; }

 private:
  // Values nest lines, values, words.
  static constexpr int kMaxNesting = 4;
  static constexpr size_t kSlotContexts = 11;
  static constexpr size_t kCopySources = 4;
  static constexpr size_t kRowContexts = 13;
  static constexpr size_t kRecentRows = 12;

  // A slot that is being coded.
  struct Place {
    uint64_t column;
    uint64_t kind_column;
    uint8_t kind;
    int depth;
  };
  struct Neighbours {
    std::array<uint32_t, 3> left = {};  // the last values of this row
    uint32_t leaf = 0;                  // position in the row
  };
  struct TimeState {
    int64_t last = 0;
    int64_t delta = 0;
    int64_t delta2 = 0;
    int64_t extra = 0;
    Counter same_extra = {60000, 0};
  };

  template <typename Coder>
  bool Run(Coder& coder, WorkReport report);
  template <typename Coder>
  bool CodeRow(Coder& coder, const ParsedRow* parsed);
  template <typename Coder>
  bool CodeRowTemplate(Coder& coder, uint32_t parsed, uint32_t* model_template);
  // The number of a template, or what stands for none or for a new one. `depth` is that of what it
  // is a template of: 0 a row.
  template <typename Coder>
  uint32_t CodeTemplateNumber(Coder& coder, const std::array<uint64_t, 4>& contexts,
                              uint32_t family, int depth, uint32_t number);
  // The template of a value, or kNoTemplate; a new one is coded with its text. `parsed` is the
  // encoder's pattern or kNoPattern.
  template <typename Coder>
  bool CodeValueTemplate(Coder& coder, const Place& at, const Neighbours& near, uint32_t parsed,
                         uint32_t* model_template);
  // The value of a slot; 0 on failure. `parsed` is the encoder's value.
  template <typename Coder>
  uint32_t CodeSlot(Coder& coder, const Place& at, uint32_t parsed);
  // A value by its content; 0 on failure.
  template <typename Coder>
  uint32_t CodeContent(Coder& coder, const Place& at, const Neighbours& near, uint32_t parsed);
  template <typename Coder>
  bool CodeTimestamp(Coder& coder, const Place& at, uint32_t parsed, Value* value);
  template <typename Coder>
  bool CodeDifference(Coder& coder, const Place& at, const Neighbours& near, uint32_t parsed,
                      Value* value, bool* coded);
  template <typename Coder>
  bool CodeString(Coder& coder, const TextContext& context, ByteView string);

  void AskSources(const Place& at, const Neighbours& near, CandidateQuery* query);
  void LearnSources(const Neighbours& near, const CandidateQuery& query, uint32_t value,
                    bool refind);
  void LearnValue(const Place& at, const Neighbours& near, uint32_t value, bool hit);
  void AppendLeaves(uint32_t value);
  void DropSources(CandidateQuery* query) const;
  Neighbours Near() const;
  TextContext TextContextOf(const Place& at);
  ByteView BytesOf(uint32_t value) const;
  int64_t RecentTemplate(size_t back) const;

  bool Fail(const char* what) {
    error_ = what;
    return false;
  }
  ByteView Text() const { return out_ != nullptr ? ByteView{*out_}.substr(start_) : text_; }
  bool Emit(ByteView bytes);

  Sizes sizes_;
  std::span<const time::TimestampFormat> formats_;
  // The encoder's side, or the decoder's.
  ByteView text_;
  Parse* parse_ = nullptr;
  ByteBuffer* out_ = nullptr;
  size_t start_ = 0;
  uint64_t position_ = 0;  // bytes of the block that are coded
  const char* error_ = "";
  LeftOut left_out_;

  TemplateList list_;
  const TemplateStore& templates_ = list_.templates();
  TextModel& texts_ = list_.texts();
  ValueStore values_;
  FlagTable flags_;
  ExpectedTable expected_;
  CandidateModel template_candidates_;
  CandidateModel slot_candidates_;
  NibbleModel template_ids_;
  TaggedTable<ColumnState> columns_;
  TaggedTable<CopySource> copies_;
  TaggedTable<SeenRow> seen_rows_;
  RowLog rows_;
  std::array<TimeState, kMaxFormats> times_;
  std::array<Counter, 1024> same_width_;

  // Of the row that is being coded, and those before.
  std::array<int64_t, kRecentRows> recent_templates_;  // [0]: the row before; -1: none
  std::array<uint64_t, 2> recent_hashes_ = {};
  // Of rows: how many without a template, with template 0, 1, ... are to come, and how many
  // templates have come.
  Vector<uint64_t> rows_left_;
  uint32_t templates_seen_ = 0;
  uint32_t similar_row_ = kNoRow;  // that was like this one up to here
  uint32_t linked_row_ = kNoRow;   // that had a rare value of this one
  uint32_t key_ = 0;               // the first value of this row that is no timestamp
  int64_t row_time_delta_ = 0;
  int64_t row_number_delta_ = 0;  // of the last number of this row, to the one above it
  // Of the slot that is being coded.
  std::array<uint64_t, kSlotContexts> source_hashes_;
  std::array<Expected*, kSlotContexts> source_entries_;
  std::array<uint64_t, kCopySources> copy_hashes_;
  std::array<uint32_t, kCopySources> copy_rows_;
  ByteBuffer string_;
  ByteBuffer escaped_;
  ByteBuffer bytes_;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_ROW_MODEL_H_
