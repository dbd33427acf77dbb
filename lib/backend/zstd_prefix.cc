// For its allocators, which the shared library exports too.
#define ZSTD_STATIC_LINKING_ONLY
#include "backend/zstd_prefix.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <array>
#include <new>

#include "absl/strings/str_cat.h"
#include "base/status.h"

namespace logpress::backend {
namespace {

constexpr ZSTD_customMem kMemory = {
    [](void* /*opaque*/, size_t size) { return TryAllocateMemory(size); },
    [](void* /*opaque*/, void* address) { FreeMemory(address); }, nullptr};

// Tables are made for two levels of zstd: where speed counts, and for all others.
constexpr int kQuickLevels = 1;
constexpr std::array<int, 2> kZstdLevels = {3, 19};

struct Free {
  void operator()(ZSTD_CDict* tables) const { ZSTD_freeCDict(tables); }
  void operator()(ZSTD_DDict* tables) const { ZSTD_freeDDict(tables); }
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

absl::Status ErrorOf(size_t result) {
  if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation)
    return OutOfMemory("no memory for zstd");
  return absl::DataLossError(absl::StrCat("zstd: ", ZSTD_getErrorName(result)));
}

}  // namespace

struct ZstdPrefix::State : InMemory {
  std::array<std::unique_ptr<ZSTD_CDict, Free>, kZstdLevels.size()> compress;
  std::unique_ptr<ZSTD_DDict, Free> decompress;
};

ZstdPrefix::ZstdPrefix(ByteView bytes) : state_(new State) {
  for (size_t i = 0; i < kZstdLevels.size(); ++i) {
    state_->compress[i].reset(ZSTD_createCDict_advanced(
        bytes.data(), bytes.size(), ZSTD_dlm_byRef, ZSTD_dct_rawContent,
        ZSTD_getCParams(kZstdLevels[i], ZSTD_CONTENTSIZE_UNKNOWN, bytes.size()), kMemory));
    if (state_->compress[i] == nullptr) throw std::bad_alloc();
  }
  state_->decompress.reset(ZSTD_createDDict_advanced(bytes.data(), bytes.size(), ZSTD_dlm_byRef,
                                                     ZSTD_dct_rawContent, kMemory));
  if (state_->decompress == nullptr) throw std::bad_alloc();
}

ZstdPrefix::~ZstdPrefix() = default;

struct ZstdPrefixPacker::Contexts : InMemory {
  std::unique_ptr<ZSTD_CCtx, Free> compress;
  std::unique_ptr<ZSTD_DCtx, Free> decompress;
};

ZstdPrefixPacker::ZstdPrefixPacker(const ZstdPrefix& prefix)
    : prefix_(prefix), contexts_(new Contexts) {}
ZstdPrefixPacker::~ZstdPrefixPacker() = default;

absl::Status ZstdPrefixPacker::Pack(ByteView bytes, int level, ByteBuffer* out) {
  std::unique_ptr<ZSTD_CCtx, Free>& context = contexts_->compress;
  if (context == nullptr) context.reset(ZSTD_createCCtx_advanced(kMemory));
  if (context == nullptr) return OutOfMemory("no memory for zstd");
  ZSTD_CCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_format, ZSTD_f_zstd1_magicless);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
  ZSTD_CCtx_refCDict(context.get(), prefix_.state_->compress[level > kQuickLevels ? 1 : 0].get());
  const size_t start = out->size();
  const size_t room = ZSTD_compressBound(bytes.size());
  out->resize(start + room);
  const size_t size =
      ZSTD_compress2(context.get(), out->data() + start, room, bytes.data(), bytes.size());
  out->resize(start + (ZSTD_isError(size) != 0 ? 0 : size));
  return ZSTD_isError(size) != 0 ? ErrorOf(size) : absl::OkStatus();
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
