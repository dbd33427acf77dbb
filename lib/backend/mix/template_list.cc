#include "backend/mix/template_list.h"

#include <algorithm>
#include <bit>

#include "backend/mix/pattern.h"
#include "backend/vocabulary.h"
#include "codec/metered_decoder.h"
#include "codec/range_coder.h"

namespace logpress::mix {
namespace {

// Smaller blocks take less time than the vocabulary, and than further words.
constexpr uint64_t kLeastForVocabulary = 16 << 10;
constexpr uint64_t kLeastForWords = 64 << 10;

// The column of patterns, which belong to no slot.
constexpr uint64_t kPatterns = 4242;

using ColumnKind = codec::BlockMetadata::Column::Kind;

ColumnKind ColumnKindOf(uint8_t kind) {
  if (IsTimestamp(kind)) return ColumnKind::kTimestamp;
  return IsNumber(kind) ? ColumnKind::kNumber : ColumnKind::kText;
}

}  // namespace

TemplateList::TemplateList(const Sizes& sizes, size_t formats) : raw_size_(sizes.raw_size) {
  lines_.Reset(sizes.line_bits);
  texts_.Reset(&lines_, sizes);
  numbers_.Reset(&lines_, sizes);
  templates_.Reset(sizes, formats);
  if (raw_size_ >= kLeastForWords) ReadLines(backend::Words());
  if (raw_size_ >= kLeastForVocabulary) ReadLines(backend::Vocabulary());
}

// A model that has coded them as patterns has read them; the bytes are for nobody.
void TemplateList::ReadLines(ByteView words) {
  TextContext context;
  context.column = kPatterns;
  context.kind_column = kPatterns;
  context.select = 1;
  ByteBuffer coded;
  Encoder coder(&coded);
  for (size_t begin = 0; begin < words.size();) {
    const size_t end = words.find('\n', begin);
    texts_.Code(coder, context, words.substr(begin, end - begin), words.size(), &pattern_);
    begin = end + 1;
  }
}

template <typename Coder>
uint64_t TemplateList::CodeCount(Coder& coder, CountModel& model, uint64_t count) {
  const auto width = static_cast<size_t>(std::bit_width(count));
  size_t i = 1;
  for (; i < model.size(); ++i) {
    const uint32_t ends = coder.Code(i == width ? 1 : 0, CodedProbability(model[i].one));
    model[i].Update(ends, kCounterLimit);
    if (ends != 0) break;
  }
  const auto rest = static_cast<int>(i - 1);
  const uint64_t leading = uint64_t{1} << rest;
  return leading | coder.CodeRaw(count & (leading - 1), rest);
}

template <typename Coder>
bool TemplateList::Code(Coder& coder, const Parse* parse, uint64_t count) {
  CountModel without;
  CountModel with;
  rows_.assign(1, CodeCount(coder, without, parse == nullptr ? 0 : parse->rows_without + 1) - 1);
  uint64_t rows = rows_[0];
  for (uint64_t i = 0; i < count; ++i) {
    const ParsedPattern* const pattern =
        parse == nullptr ? nullptr : &parse->patterns[parse->row_patterns[i]];
    if (!CodePattern(coder, pattern == nullptr ? ByteView() : pattern->text, 0)) return false;
    rows_.push_back(CodeCount(coder, with, pattern == nullptr ? 0 : pattern->rows));
    codec::Charge(coder, codec::Part::kTemplateCounts, 0);
    rows += rows_.back();
  }
  return rows <= raw_size_;
}

template <typename Coder>
bool TemplateList::CodePattern(Coder& coder, ByteView pattern, int depth) {
  TextContext context;
  context.column = kPatterns;
  context.kind_column = kPatterns;
  context.select = 1;
  // A damaged stream could have a long pattern decoded that there is no room for.
  const uint64_t limit = std::min<uint64_t>(uint64_t{2} * kMaxRow, templates_.room());
  if (!texts_.Code(coder, context, pattern, limit, &pattern_) || !templates_.Add(pattern_))
    return false;
  codec::Charge(coder, codec::Part::kTemplates, depth);
  return true;
}

void TemplateList::Describe(std::span<const time::TimestampFormat> formats,
                            codec::BlockMetadata* metadata) const {
  metadata->timestamps.assign(formats.begin(), formats.end());
  metadata->literal_ends.push_back(0);
  for (size_t i = 0; i + 1 < rows_.size(); ++i) {
    const TemplateStore::Template entry = templates_[i];
    metadata->templates.push_back({static_cast<uint32_t>(metadata->literal_ends.size() - 1),
                                   static_cast<uint32_t>(metadata->slots.size()), entry.slots,
                                   rows_[i + 1]});
    for (uint32_t slot = 0; slot <= entry.slots; ++slot) {
      metadata->literals.append(templates_.Literal(entry, slot));
      metadata->literal_ends.push_back(static_cast<uint32_t>(metadata->literals.size()));
      if (slot == entry.slots) break;
      const uint8_t kind = templates_.SlotOf(entry, slot).kind;
      codec::BlockMetadata::Column column;
      column.kind = ColumnKindOf(kind);
      if (IsTimestamp(kind)) column.timestamp = static_cast<uint32_t>(kind - kTimestamp);
      metadata->slots.push_back(static_cast<uint32_t>(metadata->columns.size()));
      metadata->columns.push_back(column);
    }
  }
}

template bool TemplateList::Code(Encoder& coder, const Parse* parse, uint64_t count);
template bool TemplateList::Code(Decoder& coder, const Parse* parse, uint64_t count);
template bool TemplateList::Code(MeteredDecoder& coder, const Parse* parse, uint64_t count);
template bool TemplateList::CodePattern(Encoder& coder, ByteView pattern, int depth);
template bool TemplateList::CodePattern(Decoder& coder, ByteView pattern, int depth);
template bool TemplateList::CodePattern(MeteredDecoder& coder, ByteView pattern, int depth);

}  // namespace logpress::mix
