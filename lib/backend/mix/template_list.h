// The templates of a block's rows and how many rows have each. A payload begins with them, so that
// a reader knows them without decoding a row.
//
// Their text is coded by the models that then code the rows, which have learned from it: so the
// list holds those models too.
#ifndef LOGPRESS_BACKEND_MIX_TEMPLATE_LIST_H_
#define LOGPRESS_BACKEND_MIX_TEMPLATE_LIST_H_

#include <array>
#include <cstdint>
#include <span>

#include "backend/mix/number_model.h"
#include "backend/mix/parse.h"
#include "backend/mix/sizes.h"
#include "backend/mix/text_model.h"
#include "backend/mix/value_store.h"
#include "backend/mix/work.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "codec/block_metadata.h"
#include "codec/mix/context_table.h"
#include "codec/mix/counter.h"
#include "time/timestamp.h"

namespace logpress::mix {

class TemplateList : public InMemory {
 public:
  TemplateList(const Sizes& sizes, size_t formats);

  // Codes the templates of rows and their counts, `count` of them. `parse` is the encoder's; a
  // decoder has none, and false says that its bytes are damaged.
  template <typename Coder>
  bool Code(Coder& coder, const Parse* parse, uint64_t count);

  // Codes one more template, of something `depth` deep in a row, as its pattern; false as above.
  template <typename Coder>
  bool CodePattern(Coder& coder, ByteView pattern, int depth);

  // Templates of rows come first.
  const TemplateStore& templates() const { return templates_; }
  // Rows that have no template, and those of template 0, 1, ...
  const Vector<uint64_t>& rows() const { return rows_; }
  // What a reader is told of them; every slot is a column of its own.
  void Describe(std::span<const time::TimestampFormat> formats,
                codec::BlockMetadata* metadata) const;

  ContextTable& lines() { return lines_; }
  TextModel& texts() { return texts_; }
  NumberModel& numbers() { return numbers_; }

 private:
  // By the width of a count.
  using CountModel = std::array<Counter, 32>;

  void ReadLines(ByteView words);
  template <typename Coder>
  uint64_t CodeCount(Coder& coder, CountModel& model, uint64_t count);

  uint64_t raw_size_;
  ContextTable lines_;
  TextModel texts_;
  NumberModel numbers_;
  TemplateStore templates_;
  Vector<uint64_t> rows_;
  ByteBuffer pattern_;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_TEMPLATE_LIST_H_
