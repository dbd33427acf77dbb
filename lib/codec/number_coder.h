// Codes a sequence of integers as they are, as differences, or as differences of differences.
#ifndef LOGPRESS_CODEC_NUMBER_CODER_H_
#define LOGPRESS_CODEC_NUMBER_CODER_H_

#include <bit>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/hash.h"
#include "codec/bit_model.h"

namespace logpress::codec {

enum class Transform : uint8_t { kPlain = 0, kDelta = 1, kDeltaOfDelta = 2 };
inline constexpr uint8_t kTransforms = 3;

// Stands in the metadata where the radix of numbers does.
inline constexpr char kTimestamps = 15;

// The transform whose residuals have the lowest estimated entropy on a sample of `values`.
Transform ChooseTransform(std::span<const int64_t> values);

// One sequence of integers. The residual is coded as its bit width in the context of the width
// before it, then the bits below the leading one: the first few modelled, the others as they are.
class NumberCoder {
 public:
  NumberCoder() = default;
  explicit NumberCoder(Transform transform) : transform_(transform) {}

  // The value that is most likely next, and what a value that is not it is told as the difference
  // to. A plain number repeats the last one or is told as it is.
  int64_t Expected() const {
    return static_cast<int64_t>(transform_ == Transform::kPlain ? last_ : Prediction());
  }
  uint64_t Base() const { return Prediction(); }

  // Notes that `value` came.
  void Learn(int64_t value) {
    delta_ = static_cast<uint64_t>(value) - last_;
    last_ = static_cast<uint64_t>(value);
  }

  // Codes `value` and returns it; a decoder ignores it.
  template <typename Coder>
  int64_t Code(Coder& coder, ModelTable& models, int64_t value) {
    const auto prediction = static_cast<int64_t>(Prediction());
    const int64_t residual =
        static_cast<int64_t>(static_cast<uint64_t>(value) - static_cast<uint64_t>(prediction));
    const uint64_t coded = CodeMagnitude(coder, models, ZigZag(residual));
    const auto result = static_cast<int64_t>(static_cast<uint64_t>(UnZigZag(coded)) +
                                             static_cast<uint64_t>(prediction));
    Learn(result);
    return result;
  }

 private:
  static constexpr uint32_t kNoWindow = ~uint32_t{0};
  static constexpr int kModelledBits = 3;
  static constexpr uint32_t kSteps = 3;
  // The models of a window: for each class of the width before, kSteps and a tree of six bits; then
  // for each width the modelled bits.
  static constexpr uint32_t kWidthClasses = 16;
  static constexpr uint32_t kWidthModels = 4 + 64;
  static constexpr uint32_t kBelowModels = kWidthClasses * kWidthModels;
  static constexpr uint32_t kWindow = kBelowModels + (65u << kModelledBits);

  // Small widths are told apart, large ones in pairs and then in fours.
  static uint32_t WidthClass(uint32_t width) {
    if (width < 6) return width;
    return width < 14 ? 3 + width / 2 : std::min<uint32_t>(kWidthClasses - 1, 6 + width / 4);
  }

  // All arithmetic wraps: a difference of two 64-bit numbers may not fit one.
  uint64_t Prediction() const {
    switch (transform_) {
      case Transform::kPlain:
        return 0;
      case Transform::kDelta:
        return last_;
      case Transform::kDeltaOfDelta:
        return last_ + delta_;
    }
    return 0;
  }

  template <typename Coder>
  uint64_t CodeMagnitude(Coder& coder, ModelTable& models, uint64_t magnitude) {
    if (window_ == kNoWindow) window_ = models.NewWindow(kWindow);
    // Most residuals are small and many are zero: the width is coded in steps of one up to kSteps.
    const uint32_t place = window_ + WidthClass(last_width_) * kWidthModels;
    const auto target = static_cast<uint32_t>(std::bit_width(magnitude));
    uint32_t width = 0;
    while (width < kSteps && models.Code(coder, place + width, target > width) != 0) ++width;
    if (width == kSteps) {
      // A damaged stream may say more than 64.
      width =
          std::min<uint32_t>(64, kSteps + models.CodeTree(coder, place + 4, target - kSteps, 6));
    }
    last_width_ = width;
    if (width < 2) return width;
    const auto below = static_cast<int>(width) - 1;
    const int modelled = std::min(below, kModelledBits);
    const uint32_t below_place = window_ + kBelowModels + (width << kModelledBits);
    uint64_t result = 1;
    const int rest = below - modelled;
    result = result << modelled |
             models.CodeTree(coder, below_place,
                             static_cast<uint32_t>(magnitude >> rest) & ((1u << modelled) - 1),
                             modelled);
    if (rest == 0) return result;
    return result << rest | coder.CodeRaw(magnitude & ((uint64_t{1} << rest) - 1), rest);
  }

  uint32_t window_ = kNoWindow;  // of the models, made when the first value is coded
  uint64_t last_ = 0;
  uint64_t delta_ = 0;
  uint32_t last_width_ = 0;
  Transform transform_ = Transform::kPlain;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_NUMBER_CODER_H_
