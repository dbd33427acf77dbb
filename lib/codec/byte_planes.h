// Numbers as planes of bytes: the lowest byte of each, then the next byte of each, and so on, as
// many planes as the largest needs. So a byte packer sees bytes of one kind together, and nobody
// pays a decision a bit.
//
//   meta    count (varint)  and, unless that is 0, planes (u8, 0 to 8)
//   bytes   count * planes
#ifndef LOGPRESS_CODEC_BYTE_PLANES_H_
#define LOGPRESS_CODEC_BYTE_PLANES_H_

#include <bit>
#include <cstdint>
#include <span>

#include "base/bytes.h"

namespace logpress::codec {

inline constexpr uint8_t kMaxPlanes = 8;

// Appends the planes of `values`, which are unsigned, to *bytes, and what a reader has to know of
// them to *meta.
template <typename T>
void PutPlanes(std::span<const T> values, ByteBuffer* meta, ByteBuffer* bytes) {
  PutVarint(meta, values.size());
  if (values.empty()) return;
  T all = 0;
  for (const T value : values) all = static_cast<T>(all | value);
  const auto planes = static_cast<size_t>(std::bit_width(all) + 7) / 8;
  meta->push_back(static_cast<char>(planes));
  const size_t start = bytes->size();
  bytes->resize(start + planes * values.size());
  char* to = bytes->data() + start;
  for (size_t plane = 0; plane < planes; ++plane) {
    for (const T value : values) *to++ = static_cast<char>(value >> (8 * plane));
  }
}

// Goes over what PutPlanes put into meta. False if that is cut off.
inline bool SkipPlaneHead(ByteReader* meta) {
  uint64_t count;
  ByteView planes;
  return meta->GetVarint(&count) && (count == 0 || meta->GetBytes(1, &planes));
}

// Reads what PutPlanes wrote, value after value. Borrows the bytes. One thread at a time.
class PlaneReader {
 public:
  // Takes the planes from the front of both. False if they are not all there, or are no planes.
  bool Start(ByteReader* meta, ByteReader* bytes) {
    uint64_t count;
    ByteView taken;
    if (!meta->GetVarintUpTo(~uint32_t{0}, &count)) return false;
    left_ = count_ = static_cast<uint32_t>(count);
    if (count == 0) return true;
    if (!meta->GetBytes(1, &taken)) return false;
    planes_ = static_cast<uint8_t>(taken[0]);
    if (planes_ > kMaxPlanes || !bytes->GetBytes(count * planes_, &taken)) return false;
    at_ = reinterpret_cast<const uint8_t*>(taken.data());
    return true;
  }

  uint32_t count() const { return count_; }  // of all values

  // The next value; false when there are no more.
  bool Next(uint64_t* value) {
    if (left_ == 0) return false;
    --left_;
    uint64_t result = 0;
    if (planes_ != 0) {
      result = *at_;
      for (size_t plane = 1; plane < planes_; ++plane)
        result |= uint64_t{at_[plane * size_t{count_}]} << (8 * plane);
      ++at_;
    }
    *value = result;
    return true;
  }

 private:
  const uint8_t* at_ = nullptr;  // the lowest byte of the next value
  uint32_t count_ = 0;
  uint32_t left_ = 0;
  uint8_t planes_ = 0;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_BYTE_PLANES_H_
