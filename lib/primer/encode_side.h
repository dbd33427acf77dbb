// What RowCoder asks when it encodes: templates, ids and numbers of values that stand in a text.
#ifndef LOGPRESS_PRIMER_ENCODE_SIDE_H_
#define LOGPRESS_PRIMER_ENCODE_SIDE_H_

#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/memory.h"
#include "codec/decoded_table.h"
#include "ir/number_format.h"
#include "primer/matcher.h"
#include "primer/shape.h"
#include "primer/values.h"
#include "time/timestamp_run.h"

namespace logpress::primer {

// One thread at a time. Kept from block to block for its memory.
class EncodeSide : public InMemory {
 public:
  // Values of `base_text` are known in every block. `seed`: see ValueIndex::Reset.
  EncodeSide(const Shape& shape, const Matcher& matcher, const char* base_text,
             const ValueLists& base, const ValueIndex& base_index, uint64_t seed)
      : shape_(shape),
        matcher_(matcher),
        base_text_(base_text),
        base_(base),
        base_index_(base_index),
        seed_(seed),
        scratch_(shape.tables.size()),
        added_(shape.dictionaries) {}

  // Begins a block with this text; long strings are appended to *long_text.
  void Start(ByteView text, ByteBuffer* long_text) {
    text_ = text;
    long_text_ = long_text;
    for (Vector<Slice>& values : added_) values.clear();
    index_.Reset(seed_);
  }

  uint32_t Match(uint32_t table, Slice value, const Slice** slots) {
    Matcher::Scratch& scratch = scratch_[table];
    const uint32_t t = matcher_.Find(table, text_, value, &scratch);
    if (t == kNone) return static_cast<uint32_t>(shape_.tables[table].table.templates.size());
    *slots = scratch.slots.data();
    return t;
  }

  uint32_t IdOf(uint32_t dictionary, Slice value) const {
    const ByteView bytes = Bytes(value);
    const auto known = static_cast<uint32_t>(base_[dictionary].size());
    uint32_t id = base_index_.Find(base_, base_text_, dictionary, bytes);
    if (id != ValueIndex::kNotThere) return id;
    id = index_.Find(added_, text_.data(), dictionary, bytes);
    return known +
           (id != ValueIndex::kNotThere ? id : static_cast<uint32_t>(added_[dictionary].size()));
  }

  // Whether `value` has this id.
  bool Is(uint32_t dictionary, uint32_t id, Slice value) const {
    const Vector<Slice>& base = base_[dictionary];
    const Vector<Slice>& added = added_[dictionary];
    const bool in_base = id < base.size();
    if (!in_base && id - base.size() >= added.size()) return false;
    const Slice known = in_base ? base[id] : added[id - base.size()];
    const char* const bytes = (in_base ? base_text_ : text_.data()) + known.offset;
    return known.size == value.size && SameRun(bytes, text_.data() + value.offset, value.size);
  }

  void Add(uint32_t dictionary, Slice value) {
    index_.Add(dictionary, static_cast<uint32_t>(added_[dictionary].size()), Bytes(value));
    added_[dictionary].push_back(value);
  }

  bool Number(const codec::NumberKind& kind, Slice value, int64_t* number, int64_t* extra) {
    if (kind.timestamps == nullptr) return ir::Parse(kind.format, Bytes(value), number);
    std::unique_ptr<time::TimestampMatcher>& matcher = timestamps_[&kind];
    if (matcher == nullptr)
      matcher = std::make_unique<time::TimestampMatcher>(kind.timestamps->format);
    size_t size;
    const char* const begin = text_.data() + value.offset;
    return matcher->Match(begin, begin + value.size, number, extra, &size) && size == value.size;
  }

  uint8_t Byte(uint32_t offset) const { return static_cast<uint8_t>(text_[offset]); }

  void Text(Slice value) { long_text_->append(Bytes(value)); }

 private:
  ByteView Bytes(Slice slice) const { return text_.substr(slice.offset, slice.size); }

  const Shape& shape_;
  const Matcher& matcher_;
  const char* const base_text_;
  const ValueLists& base_;
  const ValueIndex& base_index_;
  const uint64_t seed_;
  ByteView text_;
  ByteBuffer* long_text_ = nullptr;
  Vector<Matcher::Scratch> scratch_;  // per table
  ValueLists added_;                  // values of this block alone
  ValueIndex index_;
  HashMap<const codec::NumberKind*, std::unique_ptr<time::TimestampMatcher>> timestamps_;
};

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_ENCODE_SIDE_H_
