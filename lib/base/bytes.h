// Bytes as every stage hands them on: a view for input, an appending buffer for output, and a
// reader that cannot run past the end of what it was given.
#ifndef LOGPRESS_BASE_BYTES_H_
#define LOGPRESS_BASE_BYTES_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/memory.h"

namespace logpress {

// Bytes owned by somebody else. Logs are bytes, not text: any value may occur, NUL included.
using ByteView = std::string_view;
// Bytes that a stage appends its output to. The caller owns it and reuses it, so that its capacity
// is paid once.
using ByteBuffer = std::basic_string<char, std::char_traits<char>, Allocator<char>>;
inline bool operator==(const ByteBuffer& a, const std::string& b) {
  const ByteView bytes = a;
  return bytes == b;
}

// Appends `value` as a little-endian base-128 varint (LEB128): 1 to 10 bytes.
inline void PutVarint(ByteBuffer* out, uint64_t value) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
}

// Appends `value` in four bytes, little-endian.
inline void PutFixed32(ByteBuffer* out, uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out->push_back(static_cast<char>(value >> shift));
}

// Appends `value` in eight bytes, little-endian.
inline void PutFixed64(ByteBuffer* out, uint64_t value) {
  for (int shift = 0; shift < 64; shift += 8) out->push_back(static_cast<char>(value >> shift));
}

// Maps signed to unsigned so that small magnitudes stay small: 0, -1, 1, -2 become 0, 1, 2, 3.
inline uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}
inline int64_t UnZigZag(uint64_t value) {
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

// Reads a ByteView from the front. Every call checks the bytes that are left: on a failure it
// returns false, the result is untouched and the reader stays where it was. Not thread-safe;
// borrows the bytes.
class ByteReader {
 public:
  explicit ByteReader(ByteView bytes)
      : begin_(bytes.data()), at_(begin_), end_(begin_ + bytes.size()) {}

  size_t position() const { return static_cast<size_t>(at_ - begin_); }
  size_t remaining() const { return static_cast<size_t>(end_ - at_); }
  bool empty() const { return at_ == end_; }

  // False when the bytes end inside the varint or it does not fit 64 bits.
  bool GetVarint(uint64_t* value) {
    uint64_t result = 0;
    const char* p = at_;
    for (int shift = 0; shift < 64 && p != end_; shift += 7) {
      const auto byte = static_cast<uint8_t>(*p++);
      if (shift == 63 && byte > 1) return false;
      result |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) {
        *value = result;
        at_ = p;
        return true;
      }
    }
    return false;
  }

  // A varint that must not exceed `limit`: the way to read a length or a count before memory is
  // taken for it.
  bool GetVarintUpTo(uint64_t limit, uint64_t* value) {
    const char* const start = at_;
    uint64_t result = 0;
    if (!GetVarint(&result)) return false;
    if (result > limit) {
      at_ = start;
      return false;
    }
    *value = result;
    return true;
  }

  bool GetFixed32(uint32_t* value) {
    if (remaining() < 4) return false;
    uint32_t result = 0;
    for (int i = 0; i < 4; ++i)
      result |= static_cast<uint32_t>(static_cast<uint8_t>(at_[i])) << (8 * i);
    *value = result;
    at_ += 4;
    return true;
  }

  bool GetFixed64(uint64_t* value) {
    if (remaining() < 8) return false;
    uint64_t result = 0;
    for (int i = 0; i < 8; ++i)
      result |= static_cast<uint64_t>(static_cast<uint8_t>(at_[i])) << (8 * i);
    *value = result;
    at_ += 8;
    return true;
  }

  bool GetBytes(uint64_t size, ByteView* bytes) {
    if (remaining() < size) return false;
    *bytes = ByteView(at_, static_cast<size_t>(size));
    at_ += size;
    return true;
  }

 private:
  const char* begin_;
  const char* at_;
  const char* end_;
};

}  // namespace logpress

#endif  // LOGPRESS_BASE_BYTES_H_
