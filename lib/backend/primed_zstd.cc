#include <array>
#include <optional>

#include "backend/byte_packer.h"
#include "backend/vocabulary.h"
#include "backend/zstd_prefix.h"
#include "base/status.h"

namespace logpress::backend {
namespace {

// Packs behind the phrases that logs of all kinds use, as if all had been given the same trained
// dictionary. Tables are made when they are first needed: some 30 us for the quick ones, 600 for
// the strong.
class PrimedPacker : public BytePacker {
 public:
  absl::Status Pack(ByteView bytes, int level, ByteBuffer* out) override {
    if (level <= kQuickLevels) return PackWith(kQuick, bytes, out);
    const size_t start = out->size();
    LOGPRESS_RETURN_IF_ERROR(PackWith(kMiddle, bytes, out));
    if (level <= kMiddleLevels) return absl::OkStatus();
    // A strong level of zstd takes little off a short text, and sometimes adds to it.
    trial_.clear();
    LOGPRESS_RETURN_IF_ERROR(PackWith(kStrong, bytes, &trial_));
    if (trial_.size() < out->size() - start) out->replace(start, out->size() - start, trial_);
    return absl::OkStatus();
  }

  absl::Status Unpack(ByteView packed, uint64_t size, ByteBuffer* out) override {
    if (!unpack_.has_value()) unpack_.emplace(ZstdPrefix::kNone);
    return unpack_->packer.Unpack(packed, size, out);
  }

  uint64_t PackMemory(uint64_t /*size*/, int level) const override {
    if (level <= kQuickLevels) return MemoryFor(kQuick);
    return MemoryFor(kMiddle) + (level > kMiddleLevels ? MemoryFor(kStrong) : 0);
  }

  uint64_t UnpackMemory(uint64_t /*size*/) const override { return uint64_t{160} << 10; }

 private:
  // Levels up to these pack with the first and the second strength.
  static constexpr int kQuickLevels = 1;
  static constexpr int kMiddleLevels = 5;
  enum Strength : size_t { kQuick, kMiddle, kStrong };
  static constexpr std::array<int, 3> kZstdLevels = {5, 9, 19};

  // The phrases and what packs behind them.
  struct Prefixed {
    explicit Prefixed(const ZstdPrefix::Levels& levels)
        : prefix(Phrases(), levels), packer(prefix) {}

    ZstdPrefix prefix;
    ZstdPrefixPacker packer;
  };

  absl::Status PackWith(Strength strength, ByteView bytes, ByteBuffer* out) {
    std::optional<Prefixed>& prefixed = pack_[strength];
    const int level = kZstdLevels[strength];
    if (!prefixed.has_value()) prefixed.emplace(ZstdPrefix::Levels{level, level});
    return prefixed->packer.Pack(bytes, 1, out);
  }

  static uint64_t MemoryFor(Strength strength) {
    return ZstdPrefix::PackMemory(Phrases().size(), kZstdLevels[strength]);
  }

  std::array<std::optional<Prefixed>, kZstdLevels.size()> pack_;
  std::optional<Prefixed> unpack_;
  ByteBuffer trial_;
};

}  // namespace

std::unique_ptr<BytePacker> NewPrimedPacker() { return std::make_unique<PrimedPacker>(); }

}  // namespace logpress::backend
