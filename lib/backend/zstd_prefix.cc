// For its allocators, which the shared library exports too.
#define ZSTD_STATIC_LINKING_ONLY
#include "backend/zstd_prefix.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <bit>
#include <new>

#include "absl/strings/str_cat.h"
#include "base/status.h"

namespace logpress::backend {
namespace {

constexpr ZSTD_customMem kMemory = {
    [](void* /*opaque*/, size_t size) { return TryAllocateMemory(size); },
    [](void* /*opaque*/, void* address) { FreeMemory(address); }, nullptr};

struct Free {
  void operator()(void* memory) const { FreeMemory(memory); }
  void operator()(ZSTD_DDict* tables) const { ZSTD_freeDDict(tables); }
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

absl::Status ErrorOf(size_t result) {
  if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation)
    return OutOfMemory("no memory for zstd");
  return absl::DataLossError(absl::StrCat("zstd: ", ZSTD_getErrorName(result)));
}

// Appends a frame of `bytes` to *out.
absl::Status Compress(ZSTD_CCtx* context, ByteView bytes, ByteBuffer* out) {
  const size_t start = out->size();
  const size_t room = ZSTD_compressBound(bytes.size());
  out->resize(start + room);
  const size_t size =
      ZSTD_compress2(context, out->data() + start, room, bytes.data(), bytes.size());
  out->resize(start + (ZSTD_isError(size) != 0 ? 0 : size));
  return ZSTD_isError(size) != 0 ? ErrorOf(size) : absl::OkStatus();
}

// In smaller windows zstd finds other matches without vector instructions.
constexpr unsigned kWindowLog = 18;

ZSTD_compressionParameters ParametersFor(size_t size, int level) {
  ZSTD_compressionParameters parameters = ZSTD_getCParams(level, ZSTD_CONTENTSIZE_UNKNOWN, size);
  parameters.windowLog = std::max(parameters.windowLog, kWindowLog);
  // More than two entries a byte take time to clear and find next to nothing.
  const auto enough = static_cast<unsigned>(std::bit_width(size) + 1);
  parameters.hashLog = std::clamp<unsigned>(enough, ZSTD_HASHLOG_MIN, parameters.hashLog);
  return parameters;
}

}  // namespace

// What a level of zstd finds in the bytes.
class Tables {
 public:
  // In memory of its own: ZSTD_createCDict_advanced ends the process when there is none (1.5.4).
  void Make(ByteView bytes, int level) {
    const ZSTD_compressionParameters parameters = ParametersFor(bytes.size(), level);
    const size_t size = ZSTD_estimateCDictSize_advanced(bytes.size(), parameters, ZSTD_dlm_byRef);
    memory_.reset(TryAllocateMemory(size));
    if (memory_ != nullptr) {
      tables_ = ZSTD_initStaticCDict(memory_.get(), size, bytes.data(), bytes.size(),
                                     ZSTD_dlm_byRef, ZSTD_dct_rawContent, parameters);
    }
    if (tables_ == nullptr) throw std::bad_alloc();
  }
  const ZSTD_CDict* get() const { return tables_; }

 private:
  std::unique_ptr<void, Free> memory_;
  const ZSTD_CDict* tables_ = nullptr;
};

struct ZstdPrefix::State : InMemory {
  int quick_levels;
  Tables quick;
  Tables strong;  // none: quick is as strong
  std::unique_ptr<ZSTD_DDict, Free> decompress;

  const ZSTD_CDict* Compress(int level) const {
    return level > quick_levels && strong.get() != nullptr ? strong.get() : quick.get();
  }
};

ZstdPrefix::ZstdPrefix(ByteView bytes, const Levels& levels) : state_(new State) {
  state_->quick_levels = levels.quick_levels;
  if (levels.quick != 0) state_->quick.Make(bytes, levels.quick);
  if (levels.strong != levels.quick) state_->strong.Make(bytes, levels.strong);
  state_->decompress.reset(ZSTD_createDDict_advanced(bytes.data(), bytes.size(), ZSTD_dlm_byRef,
                                                     ZSTD_dct_rawContent, kMemory));
  if (state_->decompress == nullptr) throw std::bad_alloc();
}

ZstdPrefix::~ZstdPrefix() = default;

uint64_t ZstdPrefix::PackMemory(size_t size, int level) {
  const ZSTD_compressionParameters parameters = ParametersFor(size, level);
  return ZSTD_estimateCDictSize_advanced(size, parameters, ZSTD_dlm_byRef) +
         ZSTD_estimateCCtxSize_usingCParams(parameters);
}

struct ZstdPrefixPacker::Contexts : InMemory {
  std::unique_ptr<ZSTD_CCtx, Free> compress;
  std::unique_ptr<ZSTD_DCtx, Free> decompress;
};

ZstdPrefixPacker::ZstdPrefixPacker(const ZstdPrefix& prefix)
    : prefix_(prefix), contexts_(new Contexts) {}
ZstdPrefixPacker::~ZstdPrefixPacker() = default;

ZSTD_CCtx* ZstdPrefixPacker::StartPacking() {
  std::unique_ptr<ZSTD_CCtx, Free>& context = contexts_->compress;
  if (context == nullptr) context.reset(ZSTD_createCCtx_advanced(kMemory));
  if (context == nullptr) return nullptr;
  ZSTD_CCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_format, ZSTD_f_zstd1_magicless);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
  return context.get();
}

absl::Status ZstdPrefixPacker::Pack(ByteView bytes, int level, ByteBuffer* out) {
  ZSTD_CCtx* const context = StartPacking();
  if (context == nullptr) return OutOfMemory("no memory for zstd");
  // Copied tables keep something of what was packed before (1.5.4), so that it could be seen in
  // what is packed next.
  ZSTD_CCtx_setParameter(context, ZSTD_c_forceAttachDict, ZSTD_dictForceAttach);
  ZSTD_CCtx_refCDict(context, prefix_.state_->Compress(level));
  return Compress(context, bytes, out);
}

absl::Status ZstdPrefixPacker::PackAlone(ByteView bytes, int zstd_level, ByteBuffer* out) {
  ZSTD_CCtx* const context = StartPacking();
  if (context == nullptr) return OutOfMemory("no memory for zstd");
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, zstd_level);
  return Compress(context, bytes, out);
}

absl::Status ZstdPrefixPacker::Unpack(ByteView packed, uint64_t size, ByteBuffer* out) {
  std::unique_ptr<ZSTD_DCtx, Free>& context = contexts_->decompress;
  if (context == nullptr) context.reset(ZSTD_createDCtx_advanced(kMemory));
  if (context == nullptr) return OutOfMemory("no memory for zstd");
  ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_format, ZSTD_f_zstd1_magicless);
  ZSTD_DCtx_refDDict(context.get(), prefix_.state_->decompress.get());
  const size_t start = out->size();
  out->resize(start + size);
  const size_t got =
      ZSTD_decompressDCtx(context.get(), out->data() + start, size, packed.data(), packed.size());
  if (ZSTD_isError(got) == 0 && got == size) return absl::OkStatus();
  out->resize(start);
  return ZSTD_isError(got) != 0 ? ErrorOf(got)
                                : absl::DataLossError("zstd: fewer bytes than promised");
}

}  // namespace logpress::backend
