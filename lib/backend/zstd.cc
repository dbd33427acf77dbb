// For its allocators, which the shared library exports too.
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "backend/byte_packer.h"
#include "base/memory.h"
#include "base/status.h"

namespace logpress::backend {
namespace {

constexpr ZSTD_customMem kMemory = {
    [](void* /*opaque*/, size_t size) { return TryAllocateMemory(size); },
    [](void* /*opaque*/, void* address) { FreeMemory(address); }, nullptr};

class ZstdPacker : public BytePacker {
 public:
  absl::Status Pack(ByteView bytes, int level, ByteBuffer* out) override {
    const int strong = LevelFor(bytes.size(), level);
    if (strong <= kMaxUntried) return Append(bytes, strong, out);
    // Where nothing repeats but by chance, the matches that a stronger level finds cost more than
    // they save: hexadecimal digits became 5 to 26 % larger than they are without.
    const size_t start = out->size();
    if (absl::Status status = Append(bytes, kFastest, out); !status.ok()) return status;
    const size_t fast_size = out->size() - start;
    if (bytes.size() > kTrial) {
      bool better;
      if (absl::Status status = TryOnSample(bytes, fast_size, strong, &better); !status.ok())
        return status;
      if (!better) return absl::OkStatus();
    }
    trial_.resize(fast_size);
    size_t size;
    absl::Status status = Compress(bytes, strong, trial_.data(), fast_size, &size);
    if (!status.ok() || size == 0) return status;
    out->resize(start);
    out->append(trial_.data(), size);
    return absl::OkStatus();
  }

  absl::Status Unpack(ByteView packed, uint64_t size, ByteBuffer* out) override {
    if (decompress_ == nullptr) decompress_.reset(ZSTD_createDCtx_advanced(kMemory));
    if (decompress_ == nullptr) return OutOfMemory("no memory for zstd");
    const size_t start = out->size();
    out->resize(start + size);
    const size_t got = ZSTD_decompressDCtx(decompress_.get(), out->data() + start, size,
                                           packed.data(), packed.size());
    if (ZSTD_isError(got) != 0 || got != size) {
      out->resize(start);
      if (ZSTD_getErrorCode(got) == ZSTD_error_memory_allocation)
        return OutOfMemory("no memory for zstd");
      return absl::DataLossError(absl::StrCat(
          "zstd: ", ZSTD_isError(got) != 0 ? ZSTD_getErrorName(got) : "fewer bytes than promised"));
    }
    return absl::OkStatus();
  }

  uint64_t PackMemory(uint64_t size, int level) const override {
    // The parameters of a level are others for small sizes, and need not take less.
    constexpr uint64_t kSmallest = uint64_t{16} << 10;
    uint64_t most = 0;
    for (uint64_t some = std::min(kSmallest, size);; some = std::min(2 * some, size)) {
      most = std::max<uint64_t>(most, MemoryFor(some, StrongLevel(level)));
      // With what a trial gave.
      if (some == size) return most + size;
    }
  }

  uint64_t UnpackMemory(uint64_t size) const override { return size + (uint64_t{128} << 10); }

 private:
  // Levels up to here are fast ones themselves.
  static constexpr int kMaxUntried = 3;
  static constexpr int kFastest = 1;
  // Of more bytes than these a sample is tried first.
  static constexpr size_t kTrial = size_t{1} << 20;
  static constexpr size_t kSample = size_t{128} << 10;
  // What the strong level must make of what the fastest makes, in per cent, to be worth its time:
  // of numbers and short words by chance it makes 99 to 112 in ten times as long.
  static constexpr unsigned kWorthwhile = 98;
  // All bytes became smaller than so many per cent of what the sample promised: by repetitions that
  // the sample did not see.
  static constexpr unsigned kMaxOfSample = 97;

  // Appends what the level makes of `bytes` to *out.
  absl::Status Append(ByteView bytes, int level, ByteBuffer* out) {
    const size_t start = out->size();
    const size_t room = ZSTD_compressBound(bytes.size());
    out->resize(start + room);
    size_t size = 0;
    absl::Status status = Compress(bytes, level, out->data() + start, room, &size);
    out->resize(start + size);
    return status;
  }

  // Sets *size to what the level makes of `bytes` at `out`; 0 if that is more than `room`.
  absl::Status Compress(ByteView bytes, int level, char* out, size_t room, size_t* size) {
    *size = 0;
    if (!MakeRoom(MemoryFor(bytes.size(), level))) return OutOfMemory("no memory for zstd");
    ZSTD_CCtx_reset(compress_, ZSTD_reset_session_and_parameters);
    ZSTD_CCtx_setParameter(compress_, ZSTD_c_compressionLevel, level);
    // The frame around the payload knows both sizes and has checksums of its own.
    ZSTD_CCtx_setParameter(compress_, ZSTD_c_contentSizeFlag, 0);
#ifdef ZSTD_c_useRowMatchFinder
    // As zstd chooses where there are vector instructions. Elsewhere it has larger windows wait for
    // it, and would find other matches there.
    constexpr unsigned kRowsAboveWindow = 14;
    const bool rows = ZSTD_getCParams(level, bytes.size(), 0).windowLog > kRowsAboveWindow;
    ZSTD_CCtx_setParameter(compress_, ZSTD_c_useRowMatchFinder,
                           rows ? ZSTD_ps_enable : ZSTD_ps_disable);
#endif
    const size_t result = ZSTD_compress2(compress_, out, room, bytes.data(), bytes.size());
    if (ZSTD_isError(result) == 0) {
      *size = result;
      return absl::OkStatus();
    }
    switch (ZSTD_getErrorCode(result)) {
      case ZSTD_error_dstSize_tooSmall:
        return absl::OkStatus();
      case ZSTD_error_memory_allocation:
        return OutOfMemory("no memory for zstd");
      default:
        return absl::InternalError(absl::StrCat("zstd: ", ZSTD_getErrorName(result)));
    }
  }

  static size_t MemoryFor(uint64_t size, int level) {
    return ZSTD_estimateCCtxSize_usingCParams(ZSTD_getCParams(level, size, 0));
  }

  // Sees that the context has so much memory. One with memory of its own would give some back after
  // many small pieces, and ask for it again.
  bool MakeRoom(size_t size) {
    if (size <= memory_size_) return true;
    compress_ = nullptr;
    memory_size_ = 0;
    memory_.reset();
    memory_.reset(TryAllocateMemory(size));
    if (memory_ == nullptr) return false;
    memory_size_ = size;
    compress_ = ZSTD_initStaticCCtx(memory_.get(), size);
    return compress_ != nullptr;
  }

  // Sets *better to whether the strong level may make less of `bytes` than `fast_size`: it does so
  // with a sample, by enough, or far repetitions that no sample shows helped the fastest level too.
  absl::Status TryOnSample(ByteView bytes, size_t fast_size, int strong, bool* better) {
    const ByteView sample = bytes.substr((bytes.size() - kSample) / 2, kSample);
    trial_.clear();
    if (absl::Status status = Append(sample, kFastest, &trial_); !status.ok()) return status;
    const size_t fast_sample = trial_.size();
    trial_.clear();
    if (absl::Status status = Append(sample, strong, &trial_); !status.ok()) return status;
    const bool far_repetitions =
        uint64_t{100} * fast_size * kSample < uint64_t{kMaxOfSample} * fast_sample * bytes.size();
    *better = trial_.size() * 100 < fast_sample * kWorthwhile || far_repetitions;
    return absl::OkStatus();
  }

  // zstd's level for `size` bytes at logpress's `level`.
  static int LevelFor(uint64_t size, int level) {
    // What reaches a byte backend is a tenth of the log or less, so that strong levels cost little.
    static constexpr size_t kMuch = size_t{3} << 20;
    static constexpr std::array<int, 10> kLevelsForMuch = {0, 2, 3, 5, 6, 9, 12, 19, 19, 19};
    // Unless there is nothing to understand: then the speed of the level counts.
    if (size > kMuch) return kLevelsForMuch[static_cast<size_t>(std::clamp(level, 1, 9))];
    return StrongLevel(level);
  }
  static int StrongLevel(int level) {
    static constexpr std::array<int, 10> kLevels = {0, 2, 3, 6, 9, 13, 19, 19, 19, 19};
    return kLevels[static_cast<size_t>(std::clamp(level, 1, 9))];
  }

  struct Free {
    void operator()(void* memory) const { FreeMemory(memory); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  std::unique_ptr<void, Free> memory_;
  size_t memory_size_ = 0;
  ZSTD_CCtx* compress_ = nullptr;  // in memory_
  ByteBuffer trial_;
  std::unique_ptr<ZSTD_DCtx, Free> decompress_;
};

}  // namespace

std::unique_ptr<BytePacker> NewZstdPacker() { return std::make_unique<ZstdPacker>(); }

}  // namespace logpress::backend
