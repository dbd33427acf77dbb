// The two checksums of the format. Both are XXH64 with seed 0, by xxHash, whose definition is
// https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md (and docs/format.md). XXH64 and
// not the younger XXH3: it is a page of code for whoever writes a decoder, and at several GB/s its
// time is lost beside that of decoding.
//
// They find accidents, not attacks: whoever can write an archive can write its checksums.
#ifndef LOGPRESS_BASE_CHECKSUM_H_
#define LOGPRESS_BASE_CHECKSUM_H_

// So that the state of a running checksum can be a member, and takes no memory of its own.
#define XXH_STATIC_LINKING_ONLY
#include <xxhash.h>

#include <cstdint>

#include "base/bytes.h"

namespace logpress {

// XXH64 of `bytes`: what raw content is checked against.
inline uint64_t Checksum64(ByteView bytes) { return XXH64(bytes.data(), bytes.size(), 0); }

// The low 32 bits of XXH64: what headers and payloads are checked against.
inline uint32_t Checksum32(ByteView bytes) { return static_cast<uint32_t>(Checksum64(bytes)); }

// Checksum32 of bytes that come in pieces. Not thread-safe.
class RunningChecksum32 {
 public:
  RunningChecksum32() { Clear(); }
  void Clear() { XXH64_reset(&state_, 0); }
  void Add(ByteView bytes) { XXH64_update(&state_, bytes.data(), bytes.size()); }
  uint32_t value() const { return static_cast<uint32_t>(XXH64_digest(&state_)); }

 private:
  XXH64_state_t state_;
};

}  // namespace logpress

#endif  // LOGPRESS_BASE_CHECKSUM_H_
