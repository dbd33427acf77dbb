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
    if (compress_ == nullptr) compress_.reset(ZSTD_createCCtx_advanced(kMemory));
    if (compress_ == nullptr) return OutOfMemory("no memory for zstd");
    ZSTD_CCtx_reset(compress_.get(), ZSTD_reset_session_and_parameters);
    ZSTD_CCtx_setParameter(compress_.get(), ZSTD_c_compressionLevel, LevelFor(bytes.size(), level));
    // The frame around the payload knows both sizes and has checksums of its own.
    ZSTD_CCtx_setParameter(compress_.get(), ZSTD_c_contentSizeFlag, 0);
    const size_t start = out->size();
    out->resize(start + ZSTD_compressBound(bytes.size()));
    const size_t size = ZSTD_compress2(compress_.get(), out->data() + start, out->size() - start,
                                       bytes.data(), bytes.size());
    if (ZSTD_isError(size) != 0) {
      out->resize(start);
      if (ZSTD_getErrorCode(size) == ZSTD_error_memory_allocation)
        return OutOfMemory("no memory for zstd");
      return absl::InternalError(absl::StrCat("zstd: ", ZSTD_getErrorName(size)));
    }
    out->resize(start + size);
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
      const ZSTD_compressionParameters parameters = ZSTD_getCParams(StrongLevel(level), some, 0);
      most = std::max<uint64_t>(most, ZSTD_estimateCCtxSize_usingCParams(parameters));
      if (some == size) return most;
    }
  }

  uint64_t UnpackMemory(uint64_t size) const override { return size + (uint64_t{256} << 10); }

 private:
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
    static constexpr std::array<int, 10> kLevels = {0, 3, 6, 9, 12, 15, 19, 19, 19, 19};
    return kLevels[static_cast<size_t>(std::clamp(level, 1, 9))];
  }

  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  std::unique_ptr<ZSTD_CCtx, Free> compress_;
  std::unique_ptr<ZSTD_DCtx, Free> decompress_;
};

}  // namespace

std::unique_ptr<BytePacker> NewZstdPacker() { return std::make_unique<ZstdPacker>(); }

}  // namespace logpress::backend
