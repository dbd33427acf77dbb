#include "backend/mix/row_model.h"

#include <algorithm>

#include "backend/mix/pattern.h"
#include "codec/metered_decoder.h"
#include "codec/mix/context_hash.h"

namespace logpress::mix {
namespace {

// The column of rows without a template, which belong to no slot.
constexpr uint64_t kRawRows = 4343;
// Families of template numbers.
constexpr uint32_t kRowFamily = 1;
constexpr uint32_t kValueFamily = 5;
// Template numbers as they are coded: none, one that was not there before, and from kKnown on one
// that was.
constexpr uint32_t kNone = 0;
constexpr uint32_t kNew = 1;
constexpr uint32_t kKnown = 2;

}  // namespace

RowModel::RowModel(const Sizes& sizes, std::span<const time::TimestampFormat> formats)
    : sizes_(sizes), formats_(formats), list_(sizes, formats.size()) {
  values_.Reset(sizes);
  flags_.Reset(sizes.flag_bits);
  expected_.Reset(sizes.candidate_bits);
  template_candidates_.Reset(&flags_, 2 * kRowContexts, 4, sizes.flag_context_bits);
  slot_candidates_.Reset(&flags_, 2 * kSlotContexts + kCopySources + 1, 4, sizes.flag_context_bits);
  template_ids_.Reset(&list_.lines(), {4, 0, {4, 4, 8, 1}, 8});
  columns_.Reset(sizes.column_bits);
  copies_.Reset(sizes.link_bits);
  seen_rows_.Reset(sizes.link_bits);
  rows_.Reset(sizes.leaf_bits, sizes.row_bits);
  same_width_.fill({60000, 0});
  recent_templates_.fill(-1);
}

uint64_t RowModel::Encode(Encoder& coder, ByteView text, Parse* parse, WorkReport report) {
  text_ = text;
  parse_ = parse;
  list_.Code(coder, parse, parse->row_patterns.size());
  const uint64_t list_bytes = coder.bytes_to_decode();
  Run(coder, report);
  return list_bytes;
}

template <typename Coder>
bool RowModel::Decode(Coder& coder, uint64_t templates, ByteBuffer* out) {
  out_ = out;
  start_ = out->size();
  out->reserve(start_ + sizes_.raw_size);
  if (!list_.Code(coder, nullptr, templates)) return Fail("bad list of templates");
  return Run(coder, WorkReport(nullptr));
}

bool RowModel::Emit(ByteView bytes) {
  if (bytes.size() > sizes_.raw_size - position_) return Fail("more bytes than the block holds");
  position_ += bytes.size();
  if (out_ != nullptr) out_->append(bytes);
  return true;
}

int64_t RowModel::RecentTemplate(size_t back) const { return recent_templates_[back - 1]; }

ByteView RowModel::BytesOf(uint32_t value) const {
  if (value == 0) return {};
  return Text().substr(values_[value].offset, values_[value].size);
}

template <typename Coder>
bool RowModel::Run(Coder& coder, WorkReport report) {
  rows_left_ = list_.rows();
  for (size_t row = 0; position_ < sizes_.raw_size; ++row) {
    const uint64_t begin = position_;
    if (!CodeRow(coder, parse_ != nullptr ? &parse_->parsed_rows[row] : nullptr)) return false;
    if (position_ == begin) return Fail("empty row");
    if (coder.Exhausted()) return Fail("it takes more work than so few bytes can ask for");
    report.At(position_);
  }
  report.Done(sizes_.raw_size);
  return true;
}

template <typename Coder>
bool RowModel::CodeString(Coder& coder, const TextContext& context, ByteView string) {
  ByteView escaped;
  if constexpr (!Coder::kDecodes) {
    escaped = string;
    if (string.find_first_of(ByteView("\0\1", 2)) != ByteView::npos) {
      escaped_.clear();
      AppendEscaped(string, &escaped_);
      escaped = escaped_;
    }
  }
  bytes_.clear();
  const uint64_t limit = 2 * std::min<uint64_t>(sizes_.raw_size - position_, kMaxRow);
  if (!texts_.Code(coder, context, escaped, limit, &string_))
    return Fail("string too long, or too much work");
  if (!Unescape(string_, &bytes_)) return Fail("bad escape");
  return true;
}

template <typename Coder>
uint32_t RowModel::CodeTemplateNumber(Coder& coder, const std::array<uint64_t, 4>& contexts,
                                      uint32_t family, int depth, uint32_t number) {
  uint32_t prefix = 1;
  for (uint32_t i = 0; i < 4; ++i) {
    std::array<uint64_t, 4> hashes;
    for (size_t k = 0; k < 4; ++k) hashes[k] = ContextHash(contexts[k], 601, family, prefix);
    const uint32_t nibble =
        template_ids_.Code(coder, hashes, number >> (12 - 4 * i) & 15, -1, {}, {i, i, family, 0});
    prefix = prefix << 4 | nibble;
  }
  Charge(coder, codec::Part::kTemplateIds, depth);
  return prefix & 0xffff;
}

template <typename Coder>
bool RowModel::CodeValueTemplate(Coder& coder, const Place& at, const Neighbours& near,
                                 uint32_t parsed, uint32_t* model_template) {
  const uint32_t last = columns_[at.column].last_template;
  std::array<uint64_t, 4> contexts = {600, at.column, ContextHash(at.column, last),
                                      ContextHash(at.column, near.left[0], 1)};
  if (left_out_.Has(Family::kNested)) contexts.fill(600);
  uint32_t number = kNone;
  if (!Coder::kDecodes && parsed != kNoPattern) {
    const uint32_t coded = parse_->patterns[parsed].coded;
    number = coded == kNoPattern ? kNew : coded + kKnown;
  }
  number = CodeTemplateNumber(coder, contexts, kValueFamily, at.depth + 1, number);
  if (number == kNew) {
    ByteView pattern;
    if constexpr (!Coder::kDecodes) {
      parse_->patterns[parsed].coded = static_cast<uint32_t>(templates_.size());
      pattern = parse_->patterns[parsed].text;
    }
    number = static_cast<uint32_t>(templates_.size()) + kKnown;
    if (!list_.CodePattern(coder, pattern, at.depth + 1)) return Fail("bad template");
  }
  const uint32_t t = number == kNone ? kNoTemplate : number - kKnown;
  if (t != kNoTemplate && t >= templates_.size()) return Fail("unknown template");
  columns_[at.column].last_template = t + 5;
  *model_template = t;
  return true;
}

template <typename Coder>
bool RowModel::CodeRowTemplate(Coder& coder, uint32_t parsed, uint32_t* model_template) {
  // The templates of the last 1 to 12 rows, sparse ones, and rows as a whole.
  std::array<uint64_t, kRowContexts> hashes;
  size_t n = 0;
  uint64_t history = 700;
  for (size_t back = 1; back <= kRecentRows; ++back) {
    history = ContextHash(history, RecentTemplate(back));
    if (back <= 6 || back == 8 || back == 12) hashes[n++] = ContextHash(history, back);
  }
  hashes[n++] = ContextHash(702, RecentTemplate(2));
  hashes[n++] = ContextHash(703, RecentTemplate(3), RecentTemplate(2));
  hashes[n++] = ContextHash(704, recent_hashes_[0]);
  hashes[n++] = ContextHash(705, recent_hashes_[0], recent_hashes_[1]);
  hashes[n++] = ContextHash(706, 0);
  if (left_out_.Has(Family::kTemplates)) {
    for (size_t i = 2; i < kRowContexts; ++i) hashes[i] = ContextHash(707, i);
  }
  CandidateQuery query;
  std::array<Expected*, kRowContexts> entries;
  for (size_t i = 0; i < kRowContexts; ++i) {
    entries[i] = expected_.Find(hashes[i]);
    query.value[2 * i] = entries[i]->first;
    query.confidence[2 * i] = entries[i]->first_count;
    query.value[2 * i + 1] = entries[i]->second;
    query.confidence[2 * i + 1] = entries[i]->second_count;
  }
  query.contexts = {ContextHash(711, RecentTemplate(1)),
                    ContextHash(713, RecentTemplate(1), RecentTemplate(2), RecentTemplate(3)),
                    ContextHash(715, recent_hashes_[0]),
                    ContextHash(716, RecentTemplate(1), Width(row_time_delta_))};
  query.place = static_cast<uint32_t>((RecentTemplate(1) + 7) * 77);
  query.state = static_cast<uint32_t>((RecentTemplate(2) + 3) * 31);
  query.limit = 12;
  // A template that has no more rows is none of them.
  for (size_t i = 0; i < 2 * kRowContexts; ++i) {
    uint32_t& value = query.value[i];
    if (value != kNoValue && (value >= rows_left_.size() || rows_left_[value] == 0))
      value = kNoValue;
  }
  // Candidates are numbers of templates plus one, so that 0 is a row without one.
  uint32_t actual = kNoValue;
  if constexpr (!Coder::kDecodes) {
    actual = parsed == kNoPattern ? 0 : parse_->patterns[parsed].coded + 1;
  }
  const CandidateModel::Answer answer = template_candidates_.Code(coder, query, actual);
  uint32_t t = answer.value - 1;  // of 0: kNoTemplate
  if (answer.value == kNoValue) {
    const std::array<uint64_t, 4> contexts = {600, ContextHash(1, RecentTemplate(1)),
                                              ContextHash(2, RecentTemplate(1), RecentTemplate(2)),
                                              ContextHash(3, RecentTemplate(2))};
    uint32_t number = kNone;
    if (!Coder::kDecodes && actual != 0)
      number = actual - 1 == templates_seen_ ? kNew : actual - 1 + kKnown;
    number = CodeTemplateNumber(coder, contexts, kRowFamily, 0, number);
    t = number == kNone ? kNoTemplate : number == kNew ? templates_seen_ : number - kKnown;
  } else {
    Charge(coder, codec::Part::kTemplateIds, 0);
  }
  // Templates are in the order in which they occur.
  if (t != kNoTemplate && (t > templates_seen_ || t + 1 >= rows_left_.size()))
    return Fail("unknown template");
  if (t == templates_seen_) ++templates_seen_;
  if (rows_left_[t + 1]-- == 0) return Fail("a template has more rows than it should");
  *model_template = t;
  template_candidates_.Learn(query, t + 1);
  for (Expected* entry : entries) entry->Update(t + 1);
  return true;
}

template <typename Coder>
bool RowModel::CodeRow(Coder& coder, const ParsedRow* parsed) {
  rows_.BeginRow();
  row_number_delta_ = 0;
  uint32_t t = kNoTemplate;
  if (!CodeRowTemplate(coder, parsed != nullptr ? parsed->pattern : kNoPattern, &t)) return false;
  const int64_t model_template = TemplateNumber(t);
  // A row that was like this one, with a like past.
  SeenRow& exact = seen_rows_[ContextHash(801, model_template, RecentTemplate(1), RecentTemplate(2),
                                          RecentTemplate(3), RecentTemplate(4), recent_hashes_[0])];
  similar_row_ = exact.row;
  exact.row = rows_.row();
  SeenRow& alike = seen_rows_[ContextHash(802, model_template, RecentTemplate(1), RecentTemplate(2),
                                          RecentTemplate(3))];
  if (similar_row_ == kNoRow) similar_row_ = alike.row;
  alike.row = rows_.row();
  key_ = 0;
  linked_row_ = kNoRow;
  uint64_t hash = ContextHash(900, model_template);

  if (t == kNoTemplate) {
    TextContext context;
    context.column = kRawRows;
    context.kind_column = kRawRows;
    context.select = 2;
    const ByteView row =
        Coder::kDecodes ? ByteView() : text_.substr(position_, parse_->rows[rows_.row()].size);
    if (!CodeString(coder, context, row)) return false;
    Charge(coder, codec::Part::kText, 0);
    for (const char c : bytes_) hash = ContextHash(hash, static_cast<uint8_t>(c));
    if (!Emit(bytes_)) return false;
  } else {
    const TemplateStore::Template entry = templates_[t];
    for (uint32_t slot = 0; slot < entry.slots; ++slot) {
      if (!Emit(templates_.Literal(entry, slot))) return false;
      const Slot& definition = templates_.SlotOf(entry, slot);
      const Place at = {ContextHash(entry.hash, slot), definition.kind_column, definition.kind, 0};
      const uint32_t value =
          CodeSlot(coder, at, parsed == nullptr ? 0 : parse_->children[parsed->first_child + slot]);
      if (value == 0 || coder.Exhausted()) return false;
      if (IsTimestamp(at.kind)) continue;
      hash = ContextHash(hash, value);
      if (key_ == 0) key_ = value;
      uint32_t& last_row = values_[value].last_row;
      if (linked_row_ == kNoRow && columns_[at.column].above2 != value && last_row != rows_.row())
        linked_row_ = last_row;
      last_row = rows_.row();
    }
    if (!Emit(templates_.Literal(entry, entry.slots))) return false;
  }
  std::copy_backward(recent_templates_.begin(), recent_templates_.end() - 1,
                     recent_templates_.end());
  recent_templates_[0] = model_template;
  recent_hashes_[1] = recent_hashes_[0];
  recent_hashes_[0] = hash;
  rows_.EndRow(t);
  return true;
}

template bool RowModel::Decode(Decoder& coder, uint64_t raw_size, ByteBuffer* out);
template bool RowModel::Decode(MeteredDecoder& coder, uint64_t raw_size, ByteBuffer* out);
template bool RowModel::CodeValueTemplate(Encoder& coder, const Place& at, const Neighbours& near,
                                          uint32_t parsed, uint32_t* model_template);
template bool RowModel::CodeString(Encoder& coder, const TextContext& context, ByteView string);
template bool RowModel::CodeValueTemplate(Decoder& coder, const Place& at, const Neighbours& near,
                                          uint32_t parsed, uint32_t* model_template);
template bool RowModel::CodeString(Decoder& coder, const TextContext& context, ByteView string);
template bool RowModel::CodeValueTemplate(MeteredDecoder& coder, const Place& at,
                                          const Neighbours& near, uint32_t parsed,
                                          uint32_t* model_template);
template bool RowModel::CodeString(MeteredDecoder& coder, const TextContext& context,
                                   ByteView string);

}  // namespace logpress::mix
