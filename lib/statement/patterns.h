// Lines that differ in values alone, counted: the first step from rows to statements.
//
// A row is looked at as its template and, for each slot, its value with what is variable masked,
// which is done once for each distinct value. Rows for which these are the same are counted
// together, and only one of them, and now and then another as an example, becomes bytes.
#ifndef LOGPRESS_STATEMENT_PATTERNS_H_
#define LOGPRESS_STATEMENT_PATTERNS_H_

#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/header.h"
#include "statement/key.h"
#include "statement/row_renderer.h"
#include "statement/row_table.h"
#include "statement/tokens.h"
#include "time/line_times.h"

namespace logpress::statement {

// The header of the lines from this one on.
struct HeaderFrom {
  uint64_t line;
  Header header;
  Vector<time::TimePlace> times;  // where their timestamps stand
};

struct Pattern {
  ByteBuffer masked;  // AppendMasked() of the content
  Key key;            // of the first example
  uint64_t lines = 0;
  time::LineTime first;  // of the earliest and the latest line that has a time
  time::LineTime last;
  Vector<ByteBuffer> examples;  // content of some lines
};

// One thread at a time.
class PatternCollector {
 public:
  // Patterns beyond so many, or of so many bytes in all, are counted as one, of a single value.
  // Merging takes some ten times as many bytes.
  static constexpr size_t kMostPatterns = size_t{1} << 15;
  static constexpr size_t kMostBytes = size_t{16} << 20;
  // Examples of a pattern, and bytes of those behind the first of each.
  static constexpr size_t kMostExamples = 16;
  static constexpr size_t kMostExampleBytes = size_t{32} << 20;
  // Lines in which header and timestamps are looked for.
  static constexpr size_t kSampledLines = 1000;

  // A log ends, perhaps without a newline.
  void EndLog();

  // The rows of a block, one by one, which are those of the log behind those before them. `sample`
  // is some of the block's first bytes. Borrows `table` until EndBlock().
  void BeginBlock(const RowTable& table, ByteView sample);
  bool has_header() const { return header_.fields() > 0; }
  void Row(uint32_t t, std::span<const int64_t> values);
  void EndBlock();

  const Deque<Pattern>& patterns() const { return patterns_; }
  const Symbols& symbols() const { return symbols_; }  // of their keys
  uint64_t lines() const { return lines_; }
  // In the order of the lines.
  const Vector<HeaderFrom>& headers() const { return headers_; }

 private:
  // Rows of a block that have template and masks in common.
  struct Group {
    size_t masks;  // their place in masks_
    uint32_t t;
    uint32_t pattern;
    uint64_t rows = 0;
    RowRenderer::Cells last;
    bool last_shown = false;
  };
  // Of a template, the slots with text that tells its rows apart, in text_slots_; and what other
  // rows of it were.
  struct TextSlots {
    uint32_t begin;
    uint32_t end;
    bool ends_line;       // whatever the values are
    uint32_t last_group;  // of the row before; kNoGroup
  };
  struct TextSlot {
    uint32_t slot;
    uint32_t dictionary;
    uint32_t first_value;  // of the dictionary, in value_masks_
  };
  static constexpr uint32_t kNoGroup = ~uint32_t{0};

  void FindHeader(ByteView sample);
  void ListTextSlots();
  bool EndsLine(uint32_t t, std::span<const int64_t> values) const;
  uint32_t MaskOf(const TextSlot& slot, std::span<const int64_t> values);
  uint32_t MakeMask(ByteView value);
  uint32_t Intern(ByteView masked);
  Group* GroupOf(uint32_t t, std::span<const int64_t> values, bool* added);
  void Grow();
  void TakeLine(Group* group, bool is_new);
  void TakeLongLine();
  void TakeExample(ByteView line, ByteView content, Pattern* pattern);
  void AddExample(ByteView example, Pattern* pattern);
  ByteView Render(uint32_t t, const RowRenderer::Cells& cells);
  void NoteTime(ByteView line, Pattern* pattern);
  uint32_t PatternOf(ByteView content);

  Header header_;
  Vector<HeaderFrom> headers_;
  time::LineClock clock_{{}};
  ByteBuffer long_line_;  // of a line that goes on with the next row, its begin
  bool mid_line_ = false;
  uint64_t lines_ = 0;

  Deque<Pattern> patterns_;
  HashMap<ByteView, uint32_t> pattern_ids_;  // of Pattern::masked
  Symbols symbols_;

  size_t bytes_ = 0;          // of patterns and their first examples
  size_t example_bytes_ = 0;  // of the others

  // Of the block.
  const RowTable* table_ = nullptr;
  std::optional<RowRenderer> renderer_;
  Vector<TextSlots> templates_;   // one a template
  Vector<TextSlot> text_slots_;   // of templates
  Vector<uint32_t> value_masks_;  // of the values of one dictionary behind the other; kUnknown
  Deque<ByteBuffer> mask_texts_;
  HashMap<ByteView, uint32_t> mask_ids_;
  Vector<Group> groups_;
  Vector<uint32_t> masks_;  // of groups
  Vector<uint32_t> slots_;  // a hash table of groups: one more than the place; 0: free
  Vector<uint32_t> row_masks_;
  RowRenderer::Cells cells_;
  ByteBuffer line_;
  Vector<Token> tokens_;
  ByteBuffer masked_;
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_PATTERNS_H_
