// The slots of a row: one of the values that their sources expect, or a value by its content.
#include <algorithm>
#include <cstdlib>

#include "backend/mix/pattern.h"
#include "backend/mix/row_model.h"
#include "base/memory.h"
#include "codec/metered_decoder.h"
#include "codec/mix/context_hash.h"

namespace logpress::mix {
namespace {

// The context of every number.
constexpr uint64_t kAllNumbers = 421;

}  // namespace

void RowModel::AppendLeaves(uint32_t value) {
  rows_.AppendLeaf(value);
  // By index: values_ does not change here, and values nest no deeper than they were coded.
  for (uint32_t i = 0; i < values_[value].children; ++i)
    AppendLeaves(values_.Child(values_[value], i));
}

void RowModel::LearnValue(const Place& at, const Neighbours& near, uint32_t value, bool hit) {
  ColumnState& column = columns_[at.column];
  const Value& known = values_[value];
  if (IsTimestamp(at.kind)) {
    TimeState& time = times_[at.kind - kTimestamp];
    const int64_t delta = WrappingSubtract(known.number, time.last);
    if (column.count != 0) {
      column.Compare(static_cast<float>(Width(WrappingSubtract(known.number, column.number))),
                     static_cast<float>(Width(delta)));
    }
    column.Follow(known.number);
    time.delta2 = time.delta;
    time.delta = delta;
    time.last = known.number;
    if (at.depth == 0 && near.leaf == 0) row_time_delta_ = delta;
  } else if (IsNumber(at.kind)) {
    constexpr float kBitsADigit = 3.32f * 0.9f;
    const int64_t delta = WrappingSubtract(known.number, column.number);
    if (column.aux == known.aux && column.count != 0 && (!hit || delta != 0)) {
      column.Compare(2.0f + static_cast<float>(Width(delta)),
                     kBitsADigit * static_cast<float>(known.size));
    }
    column.aux = known.aux;
    column.Follow(known.number);
    row_number_delta_ = column.delta;
  }
  column.above2 = column.above;
  column.above = value;
}

TextContext RowModel::TextContextOf(const Place& at) {
  const ColumnState& column = columns_[at.column];
  TextContext context;
  context.column = at.column;
  context.kind_column = at.kind_column;
  context.above = BytesOf(column.above);
  context.select = static_cast<uint32_t>(std::min(at.depth, 3)) << 2 | (at.kind == kText ? 1 : 0);
  return context;
}

template <typename Coder>
uint32_t RowModel::CodeSlot(Coder& coder, const Place& at, uint32_t parsed) {
  const Neighbours near = Near();
  CandidateQuery query;
  AskSources(at, near, &query);
  uint32_t actual = kNoValue;
  if (!Coder::kDecodes && parse_->values[parsed].coded != 0) actual = parse_->values[parsed].coded;
  const CandidateModel::Answer answer = slot_candidates_.Code(coder, query, actual);
  {
    ColumnState& column = columns_[at.column];
    column.misses = column.misses << 1 | (answer.value != kNoValue && answer.asked == 1 ? 0 : 1);
  }
  const bool hit = answer.value != kNoValue;
  Charge(coder, hit ? codec::Part::kGuessedIds : codec::Part::kFailedGuesses, at.depth);
  uint32_t value = answer.value;
  if (hit) {
    if (!Emit(BytesOf(value))) return 0;
    AppendLeaves(value);
    slot_candidates_.Learn(query, value);
    LearnSources(near, query, value, /*refind=*/false);
  } else {
    // Values inside this one ask for sources of their own.
    const auto hashes = source_hashes_;
    const auto copy_hashes = copy_hashes_;
    const auto copy_rows = copy_rows_;
    const uint32_t leaf = rows_.leaf_count();
    rows_.AppendLeaf(0);
    value = CodeContent(coder, at, near, parsed);
    if (value == 0) return 0;
    rows_.SetLeaf(leaf, value);
    if constexpr (!Coder::kDecodes) parse_->values[parsed].coded = value;
    source_hashes_ = hashes;
    copy_hashes_ = copy_hashes;
    copy_rows_ = copy_rows;
    slot_candidates_.Learn(query, value);
    LearnSources(near, query, value, /*refind=*/true);
  }
  LearnValue(at, near, value, hit);
  return value;
}

template <typename Coder>
uint32_t RowModel::CodeContent(Coder& coder, const Place& at, const Neighbours& near,
                               uint32_t parsed) {
  Value value;
  value.kind = at.kind;
  value.offset = static_cast<uint32_t>(position_);
  Vector<uint32_t> children;
  ByteView bytes;
  if constexpr (!Coder::kDecodes) {
    bytes = text_.substr(parse_->values[parsed].offset, parse_->values[parsed].size);
  }
  bool coded = false;
  if (IsTimestamp(at.kind)) {
    if (!CodeTimestamp(coder, at, parsed, &value)) return 0;
    Charge(coder, codec::Part::kTimestamps, at.depth);
    coded = true;
  } else if (IsNumber(at.kind)) {
    if (!CodeDifference(coder, at, near, parsed, &value, &coded)) return 0;
    if (coded) Charge(coder, codec::Part::kNumbers, at.depth);
  } else if (at.kind == kText || at.kind == kWord) {
    uint32_t t = kNoTemplate;
    const uint32_t pattern = Coder::kDecodes ? kNoPattern : parse_->values[parsed].pattern;
    if (!CodeValueTemplate(coder, at, near, pattern, &t)) return 0;
    value.model_template = t;
    if (t != kNoTemplate) {
      if (at.depth + 1 >= kMaxNesting) return Fail("values nested too deeply");
      const TemplateStore::Template entry = templates_[t];
      children.reserve(entry.slots);
      for (uint32_t slot = 0; slot < entry.slots; ++slot) {
        if (!Emit(templates_.Literal(entry, slot))) return 0;
        const Slot& definition = templates_.SlotOf(entry, slot);
        const Place inner = {ContextHash(at.column, entry.hash, slot), definition.kind_column,
                             definition.kind, at.depth + 1};
        const uint32_t child = CodeSlot(
            coder, inner,
            Coder::kDecodes ? 0 : parse_->children[parse_->values[parsed].first_child + slot]);
        if (child == 0) return 0;
        children.push_back(child);
      }
      if (!Emit(templates_.Literal(entry, entry.slots))) return 0;
      coded = true;
    }
  }
  if (!coded) {
    TextContext context = TextContextOf(at);
    if (IsNumber(at.kind)) {
      for (const uint32_t other : slot_candidates_.tried()) {
        if (context.expected_count < context.expected.size())
          context.expected[context.expected_count++] = BytesOf(other);
      }
    } else {
      const ColumnState& column = columns_[at.column];
      if (column.above != 0) context.expected[context.expected_count++] = BytesOf(column.above);
      if (column.above2 != 0 && column.above2 != column.above)
        context.expected[context.expected_count++] = BytesOf(column.above2);
    }
    if (!CodeString(coder, context, bytes)) return 0;
    if (IsNumber(at.kind)) {
      Charge(coder, codec::Part::kNumbers, at.depth);
      const NumberParts parts = PartsOf(at.kind, bytes_);
      value.number = parts.value;
      value.aux = parts.aux;
    } else {
      Charge(coder, codec::Part::kText, at.depth + 1);  // it belongs to the values of this slot
    }
    if (!Emit(bytes_)) return 0;
  }
  value.size = static_cast<uint32_t>(position_ - value.offset);
  if (value.size == 0) return Fail("empty value");
  const uint32_t id = values_.Intern(Text(), value, children);
  if (id == 0) Fail("too many values");
  return id;
}

template <typename Coder>
bool RowModel::CodeTimestamp(Coder& coder, const Place& at, uint32_t parsed, Value* value) {
  const size_t format = at.kind - kTimestamp;
  TimeState& time = times_[format];
  int64_t ticks = 0;
  int64_t extra = 0;
  if constexpr (!Coder::kDecodes) {
    const ParsedValue& known = parse_->values[parsed];
    const char* const p = text_.data() + known.offset;
    size_t size;
    formats_[format].Match(p, p + known.size, &ticks, &extra, &size);
  }
  const uint32_t same =
      coder.Code(extra == time.extra ? 1 : 0, CodedProbability(time.same_extra.one));
  time.same_extra.Update(same, 255);
  if (same == 0) time.extra = static_cast<int64_t>(coder.CodeRaw(static_cast<uint64_t>(extra), 64));
  // Columns of one format may be clocks of their own.
  const ColumnState& column = columns_[at.column];
  const bool own = column.PrefersDifferences();
  const int64_t last = own ? column.number : time.last;
  const int64_t delta1 = own ? column.delta : time.delta;
  const int64_t delta2 = own ? column.delta2 : time.delta2;
  const uint64_t clock = format << 1 | (own ? 1 : 0);
  const int64_t before = RecentTemplate(1);
  const uint32_t width = Width(delta1);
  const int64_t behind = WrappingSubtract(time.last, column.number);
  NumberModel::Contexts contexts = {
      ContextHash(at.column, 401),
      ContextHash(404, clock, width, Width(delta2)),
      ContextHash(405, clock, before, RecentTemplate(2)),
      ContextHash(at.column, 406, delta1),
      ContextHash(at.column, 407, before, width),
      ContextHash(408, clock, delta1, delta2),
      ContextHash(at.column, 409, std::clamp<int64_t>(behind, -1, 100000)),
      ContextHash(at.column, 410, static_cast<uint64_t>(last) % 60),
      kAllNumbers,
      ContextHash(423, row_number_delta_, at.kind),
  };
  if (left_out_.Has(Family::kTimes)) contexts.fill(ContextHash(400, format));
  const int64_t delta = list_.numbers().Code(coder, contexts, static_cast<uint32_t>(at.column),
                                             WrappingSubtract(ticks, last));
  value->number = WrappingAdd(last, delta);
  std::array<char, time::kMaxTimestampSize> rendered;
  const size_t size = formats_[format].Render(value->number, time.extra, rendered.data());
  if (size == 0) return Fail("timestamp out of range");
  return Emit({rendered.data(), size});
}

template <typename Coder>
bool RowModel::CodeDifference(Coder& coder, const Place& at, const Neighbours& near,
                              uint32_t parsed, Value* value, bool* coded) {
  if (left_out_.Has(Family::kDifferences)) return true;
  const ColumnState& column = columns_[at.column];
  if (!column.PrefersDifferences()) return true;
  NumberParts parts;
  if constexpr (!Coder::kDecodes) {
    const ParsedValue& known = parse_->values[parsed];
    parts = PartsOf(at.kind, text_.substr(known.offset, known.size));
  }
  if (at.kind != kInteger) {
    Counter& counter = same_width_[(at.column >> 20) & (same_width_.size() - 1)];
    const uint32_t same =
        coder.Code(column.aux == parts.aux ? 1 : 0, CodedProbability(counter.one));
    counter.Update(same, 255);
    if (same == 0) return true;
  }
  const uint32_t width = Width(column.delta);
  const uint32_t width2 = Width(column.delta2);
  const NumberModel::Contexts contexts = {
      ContextHash(at.column, 411),
      ContextHash(at.column, 414, near.left[0]),
      ContextHash(at.column, 415, column.delta),
      ContextHash(at.column, 416, row_time_delta_),
      ContextHash(at.kind_column, 417),
      ContextHash(at.column, 418, RecentTemplate(1)),
      ContextHash(at.column, 419, Width(column.number)),
      ContextHash(420, width, width2),
      kAllNumbers,
      ContextHash(423, row_number_delta_, at.kind),
  };
  const int64_t delta = list_.numbers().Code(coder, contexts, static_cast<uint32_t>(at.column),
                                             WrappingSubtract(parts.value, column.number));
  parts.value = WrappingAdd(column.number, delta);
  parts.aux = at.kind == kInteger ? 0 : static_cast<uint8_t>(column.aux);
  value->number = parts.value;
  value->aux = parts.aux;
  std::array<char, kMaxNumber> rendered;
  const size_t size = RenderNumber(at.kind, parts, rendered.data());
  *coded = true;
  return Emit({rendered.data(), size});
}

template uint32_t RowModel::CodeSlot(Encoder& coder, const Place& at, uint32_t parsed);
template uint32_t RowModel::CodeSlot(Decoder& coder, const Place& at, uint32_t parsed);
template uint32_t RowModel::CodeSlot(MeteredDecoder& coder, const Place& at, uint32_t parsed);

}  // namespace logpress::mix
