#include <lzma.h>

#include <algorithm>
#include <array>
#include <bit>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "backend/byte_packer.h"
#include "base/memory.h"
#include "base/status.h"

namespace logpress::backend {
namespace {

void* Allocate(void* /*opaque*/, size_t count, size_t size) {
  return count != 0 && size > SIZE_MAX / count ? nullptr : TryAllocateMemory(count * size);
}
void Free(void* /*opaque*/, void* address) { FreeMemory(address); }
constexpr lzma_allocator kMemory = {Allocate, Free, nullptr};

// Raw LZMA2 without the .xz container, whose header, index and checksums (some 70 bytes) the frame
// has already. The dictionary is as large as the data, rounded up: both sides derive it from the
// size.
class XzPacker : public BytePacker {
 public:
  absl::Status Pack(ByteView bytes, int level, ByteBuffer* out) override {
    lzma_options_lzma options;
    if (!SetOptions(bytes.size(), level, &options))
      return absl::InternalError("xz: preset not supported by this liblzma");
    const std::array<lzma_filter, 2> filters = {
        {{LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, nullptr}}};
    const size_t start = out->size();
    out->resize(start + bytes.size() + bytes.size() / 1024 + 1024);
    size_t position = start;
    const lzma_ret result =
        lzma_raw_buffer_encode(filters.data(), &kMemory, AsBytes(bytes.data()), bytes.size(),
                               reinterpret_cast<uint8_t*>(out->data()), &position, out->size());
    if (result != LZMA_OK) {
      out->resize(start);
      if (result == LZMA_MEM_ERROR) return OutOfMemory("no memory for xz");
      return absl::InternalError(absl::StrCat("xz: error ", static_cast<int>(result)));
    }
    out->resize(position);
    return absl::OkStatus();
  }

  absl::Status Unpack(ByteView packed, uint64_t size, ByteBuffer* out) override {
    lzma_options_lzma options = {};
    options.dict_size = DictionarySize(size);
    const std::array<lzma_filter, 2> filters = {
        {{LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, nullptr}}};
    const size_t start = out->size();
    out->resize(start + size);
    size_t in = 0;
    size_t position = start;
    const lzma_ret result =
        lzma_raw_buffer_decode(filters.data(), &kMemory, AsBytes(packed.data()), &in, packed.size(),
                               reinterpret_cast<uint8_t*>(out->data()), &position, out->size());
    if (result == LZMA_MEM_ERROR) {
      out->resize(start);
      return OutOfMemory("no memory for xz");
    }
    if (result != LZMA_OK || position != out->size() || in != packed.size()) {
      out->resize(start);
      return absl::DataLossError("xz: the packed bytes are damaged");
    }
    return absl::OkStatus();
  }

  uint64_t PackMemory(uint64_t size, int level) const override {
    lzma_options_lzma options;
    if (!SetOptions(size, level, &options)) return 0;
    const std::array<lzma_filter, 2> filters = {
        {{LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, nullptr}}};
    return lzma_raw_encoder_memusage(filters.data());
  }

  uint64_t UnpackMemory(uint64_t size) const override {
    return DictionarySize(size) + (uint64_t{128} << 10);
  }

 private:
  static const uint8_t* AsBytes(const char* p) { return reinterpret_cast<const uint8_t*>(p); }

  static bool SetOptions(uint64_t size, int level, lzma_options_lzma* options) {
    static constexpr std::array<uint32_t, 10> kPresets = {
        0, 1, 2, 3, 4, 5, 6, 6, 9 | LZMA_PRESET_EXTREME, 9 | LZMA_PRESET_EXTREME};
    if (lzma_lzma_preset(options, kPresets[static_cast<size_t>(std::clamp(level, 1, 9))]))
      return false;
    options->dict_size = DictionarySize(size);
    // In text a byte follows from those before it and not from where it stands.
    if (level >= 7) options->pb = 0;
    if (level == 7) options->nice_len = 128;
    if (level >= 8) options->nice_len = 273;
    return true;
  }

  static uint32_t DictionarySize(uint64_t size) {
    const uint64_t rounded = std::bit_ceil(std::max<uint64_t>(size, LZMA_DICT_SIZE_MIN));
    return static_cast<uint32_t>(std::min<uint64_t>(rounded, uint64_t{1} << 28));
  }
};

}  // namespace

std::unique_ptr<BytePacker> NewXzPacker() { return std::make_unique<XzPacker>(); }

}  // namespace logpress::backend
