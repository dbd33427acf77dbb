// What RowCoder asks when it decodes: to append literals and values.
#ifndef LOGPRESS_PRIMER_DECODE_SIDE_H_
#define LOGPRESS_PRIMER_DECODE_SIDE_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

#include "base/bytes.h"
#include "base/memory.h"
#include "codec/decoded_table.h"
#include "codec/render_sink.h"
#include "primer/matcher.h"
#include "primer/shape.h"
#include "primer/values.h"
#include "time/timestamp_run.h"

namespace logpress::primer {

// One thread at a time. Kept from block to block for its memory.
class DecodeSide : public InMemory {
 public:
  // Behind texts there must be so many bytes more.
  static constexpr size_t kSlack = 64;

  DecodeSide(const Shape& shape, const char* base_text, const ValueLists& base)
      : shape_(shape), base_text_(base_text), base_(base), added_(shape.dictionaries) {}

  // Begins a block of `size` bytes, for which, and kSlack, there is room at `out`.
  // Long strings are taken from the front of `long_text`.
  void Start(char* out, uint32_t size, ByteView long_text) {
    long_text_ = long_text;
    begin_ = at_ = out;
    end_ = out + size;
    for (Vector<Slice>& values : added_) values.clear();
  }
  // Notes the first row of each template, of any table, there.
  void KeepExamples(Vector<Example>* examples) {
    examples_ = examples;
    for (uint32_t t = 0; t < shape_.tables.size(); ++t) {
      first_template_.push_back(static_cast<uint32_t>(noted_.size()));
      noted_.resize(noted_.size() + shape_.tables[t].table.templates.size(), false);
    }
    slots_.resize(shape_.tables.size());
  }

  ByteView long_text() const { return long_text_; }
  uint32_t position() const { return static_cast<uint32_t>(at_ - begin_); }
  // The values that are not of the base.
  ValueLists TakeValues() { return std::move(added_); }

  bool Literal(ByteView bytes) { return Append(bytes.data(), bytes.size()); }
  bool Value(uint32_t dictionary, uint32_t id) {
    const Vector<Slice>& known = base_[dictionary];
    if (id < known.size()) return Append(base_text_ + known[id].offset, known[id].size);
    const Vector<Slice>& added = added_[dictionary];
    id -= static_cast<uint32_t>(known.size());
    return id < added.size() && Append(begin_ + added[id].offset, added[id].size);
  }
  bool Number(const codec::NumberKind& kind, int64_t number, int64_t extra) {
    char bytes[codec::kMaxRendered];
    size_t size;
    if (kind.timestamps == nullptr) {
      size = ir::Render(kind.format, number, bytes);
    } else {
      std::unique_ptr<time::TimestampRenderer>& renderer = timestamps_[&kind];
      if (renderer == nullptr)
        renderer = std::make_unique<time::TimestampRenderer>(kind.timestamps->format);
      size = renderer->Render(number, extra, bytes);
    }
    if (size == 0 || size > room()) return false;
    std::memcpy(at_, bytes, size);
    at_ += size;
    return true;
  }
  bool Byte(uint8_t byte) {
    if (room() == 0) return false;
    *at_++ = static_cast<char>(byte);
    return true;
  }
  bool Text(uint64_t size) {
    if (size > long_text_.size() || !Bytes(long_text_.substr(0, size))) return false;
    long_text_.remove_prefix(size);
    return true;
  }
  // Of any text.
  bool Bytes(ByteView bytes) {
    if (bytes.size() > room()) return false;
    std::memcpy(at_, bytes.data(), bytes.size());
    at_ += bytes.size();
    return true;
  }

  void Add(uint32_t dictionary, Slice value) { added_[dictionary].push_back(value); }

  void NoteSlot(uint32_t table, uint32_t t, uint32_t begin) {
    if (examples_ == nullptr || noted_[first_template_[table] + t]) return;
    slots_[table].push_back({begin, position() - begin});
  }
  void NoteRow(uint32_t table, uint32_t t, uint32_t begin) {
    if (examples_ == nullptr || noted_[first_template_[table] + t]) return;
    noted_[first_template_[table] + t] = true;
    Example example = {table, t, {begin_ + begin, position() - begin}, {}};
    for (const Slice& slot : slots_[table])
      example.slots.push_back({slot.offset - begin, slot.size});
    examples_->push_back(std::move(example));
    slots_[table].clear();
  }

 private:
  static constexpr size_t kStride = 16;
  static_assert(kSlack >= 2 * kStride);

  size_t room() const { return static_cast<size_t>(end_ - at_); }

  // Bytes behind which some more may be read.
  bool Append(const char* bytes, size_t size) {
    if (size > room()) return false;
    if (size > 4 * kStride) {
      std::memmove(at_, bytes, size);
    } else {
      // Through a register: what is copied too much may be bytes that are written here.
      for (size_t done = 0; done < size; done += kStride) {
        std::array<char, kStride> some;
        std::memcpy(some.data(), bytes + done, kStride);
        std::memcpy(at_ + done, some.data(), kStride);
      }
    }
    at_ += size;
    return true;
  }

  const Shape& shape_;
  const char* const base_text_;
  const ValueLists& base_;
  ByteView long_text_;
  char* begin_ = nullptr;
  char* at_ = nullptr;
  char* end_ = nullptr;
  ValueLists added_;
  HashMap<const codec::NumberKind*, std::unique_ptr<time::TimestampRenderer>> timestamps_;
  Vector<Example>* examples_ = nullptr;
  Vector<uint32_t> first_template_;  // per table
  Vector<uint8_t> noted_;
  ValueLists slots_;  // per table, of the row that is being decoded
};

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_DECODE_SIDE_H_
