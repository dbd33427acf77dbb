// zstd over bytes that resemble others, which both sides have: those of a trained dictionary, or
// phrases that logs of all kinds use.
#ifndef LOGPRESS_BACKEND_ZSTD_PREFIX_H_
#define LOGPRESS_BACKEND_ZSTD_PREFIX_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "base/memory.h"

struct ZSTD_CCtx_s;  // zstd's ZSTD_CCtx

namespace logpress::backend {

// Bytes with what zstd finds in them, made once. Any number of threads.
class ZstdPrefix : public InMemory {
 public:
  // Which of zstd's levels pack behind it: up to logpress's level `quick_levels` that of `quick`,
  // at the others that of `strong`. Where they are the same, tables are made once.
  struct Levels {
    int quick = 3;
    int strong = 19;
    int quick_levels = 1;
  };
  // For unpacking alone.
  static constexpr Levels kNone{0, 0, 0};
  // Borrows `bytes`, which may be empty.
  ZstdPrefix(ByteView bytes, const Levels& levels);
  explicit ZstdPrefix(ByteView bytes) : ZstdPrefix(bytes, Levels()) {}
  ~ZstdPrefix();

  // What packing behind `size` bytes at zstd's level `level` takes at most, in bytes.
  static uint64_t PackMemory(size_t size, int level);

 private:
  friend class ZstdPrefixPacker;
  struct State;
  std::unique_ptr<State> state_;
};

// Packs and unpacks behind such bytes; the prefix must outlive it. Frames have no magic number and
// no size, so that some hundred bytes lose nothing to them. One thread at a time.
class ZstdPrefixPacker : public InMemory {
 public:
  explicit ZstdPrefixPacker(const ZstdPrefix& prefix);
  ~ZstdPrefixPacker();

  // Appends the packed form of `bytes` to *out; `level` is logpress's, 1 to 9.
  absl::Status Pack(ByteView bytes, int level, ByteBuffer* out);
  // The same by level `zstd_level` of zstd and behind nothing: bytes that resemble no others may
  // become smaller so, and Unpack() takes them all the same.
  absl::Status PackAlone(ByteView bytes, int zstd_level, ByteBuffer* out);
  // Appends exactly `size` bytes to *out. `packed` may be hostile: kDataLoss if it does not hold so
  // many.
  absl::Status Unpack(ByteView packed, uint64_t size, ByteBuffer* out);

 private:
  struct Contexts;
  // Null when there is no memory; ready but for what tells it how to pack.
  ZSTD_CCtx_s* StartPacking();
  const ZstdPrefix& prefix_;
  std::unique_ptr<Contexts> contexts_;
};

}  // namespace logpress::backend

#endif  // LOGPRESS_BACKEND_ZSTD_PREFIX_H_
