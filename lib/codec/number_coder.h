// Codes a sequence of integers as they are, as differences, or as differences of differences.
#ifndef LOGPRESS_CODEC_NUMBER_CODER_H_
#define LOGPRESS_CODEC_NUMBER_CODER_H_

#include <bit>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/hash.h"
#include "codec/bit_model.h"
#include "codec/number_series.h"

namespace logpress::codec {

// kPlain: numbers as they are, with their signs. kUnsigned: the same without, which saves a bit.
// The last two are for columns: a difference to the last number of the same series.
enum class Transform : uint8_t {
  kPlain = 0,
  kDelta = 1,
  kDeltaOfDelta = 2,
  kUnsigned = 3,
  kSeriesDelta = 4,
  kSeriesDeltaOfDelta = 5,
};
inline constexpr uint8_t kTransforms = 6;
constexpr bool HasSeries(Transform transform) { return transform >= Transform::kSeriesDelta; }

// Stands in the metadata where the radix of numbers does.
inline constexpr char kTimestampsRadix = 15;

// The transform whose residuals have the lowest estimated entropy on a sample of `values`. Unless
// it is null, *bits becomes that of a number, in units of 2^-12 bits.
Transform ChooseTransform(std::span<const int64_t> values, uint64_t* bits = nullptr);

// One sequence of integers. What is told of a number, its residual, is coded as its bit width in
// the context of the width before it, then the bits below the leading one: the first few modelled,
// the others as they are.
class NumberCoder {
 public:
  // Contexts of a sequence that has any beside the widths; a power of two.
  static constexpr uint32_t kContexts = 32;

  NumberCoder() = default;
  explicit NumberCoder(Transform transform) : transform_(transform) {
    if (HasSeries(transform)) series_.Start();
  }

  // Whether a residual is small depends on the context that Code is given. Before the first number.
  void UseContexts() { contexts_ = kContexts; }

  // Says what stands to the left of the next number. Before anything below.
  void Enter(uint64_t left) {
    if (series_.started()) series_.Enter(left, &last_, &delta_);
  }

  // The value that is most likely next.
  int64_t Expected() const {
    const bool plain = transform_ == Transform::kPlain || transform_ == Transform::kUnsigned;
    return static_cast<int64_t>(plain ? last_ : Prediction());
  }

  // What is told of `value`, and the value of which that is told.
  uint64_t ResidualOf(int64_t value) const {
    if (transform_ == Transform::kUnsigned) return static_cast<uint64_t>(value);
    return ZigZag(static_cast<int64_t>(static_cast<uint64_t>(value) - Prediction()));
  }
  int64_t ValueOf(uint64_t residual) const {
    if (transform_ == Transform::kUnsigned) return static_cast<int64_t>(residual);
    return static_cast<int64_t>(static_cast<uint64_t>(UnZigZag(residual)) + Prediction());
  }

  // Which models are this sequence's: the first place of a window, or what else tells them apart.
  uint32_t* window() { return &window_; }

  // Notes that `value` came.
  void Learn(int64_t value) {
    delta_ = static_cast<uint64_t>(value) - last_;
    last_ = static_cast<uint64_t>(value);
  }

  // Codes `value` and returns it; a decoder ignores it. `context` is below kContexts.
  template <typename Coder>
  int64_t Code(Coder& coder, ModelTable& models, int64_t value, uint32_t context = 0) {
    const uint64_t residual =
        CodeMagnitude(coder, models, ResidualOf(value), context & (contexts_ - 1));
    const int64_t result = ValueOf(residual);
    Learn(result);
    return result;
  }

  // The same for a number behind a gap: how far it is from the last one tells nothing of the next.
  template <typename Coder>
  int64_t CodeBehindGap(Coder& coder, ModelTable& models, int64_t value, uint32_t context = 0) {
    const Pace before = pace();
    const int64_t result = Code(coder, models, value, context);
    set_pace(before);
    return result;
  }

  // How fast the numbers go, which one behind a gap does not tell.
  struct Pace {
    uint64_t delta;
    uint32_t width;
  };
  Pace pace() const { return {delta_, last_width_}; }
  void set_pace(const Pace& pace) {
    delta_ = pace.delta;
    last_width_ = pace.width;
  }

 private:
  static constexpr uint32_t kNoWindow = ~uint32_t{0};
  static constexpr int kModelledBits = 3;
  static constexpr uint32_t kSteps = 3;
  // The models of a window: for each context and each class of the width before kSteps, in four
  // places; for each class a tree of kTreeBits; for each width the modelled bits.
  static constexpr uint32_t kWidthClasses = 16;
  static constexpr uint32_t kStepModels = 4;
  static constexpr int kTreeBits = 6;
  static constexpr uint32_t kTrees = kWidthClasses << kTreeBits;
  static constexpr uint32_t kBelowModels = 65u << kModelledBits;

  // Small widths are told apart, large ones in pairs and then in fours.
  static uint32_t WidthClass(uint32_t width) {
    if (width < 6) return width;
    return width < 14 ? 3 + width / 2 : std::min<uint32_t>(kWidthClasses - 1, 6 + width / 4);
  }

  // All arithmetic wraps: a difference of two 64-bit numbers may not fit one.
  uint64_t Prediction() const {
    switch (transform_) {
      case Transform::kPlain:
      case Transform::kUnsigned:
        return 0;
      case Transform::kDelta:
      case Transform::kSeriesDelta:
        return last_;
      case Transform::kDeltaOfDelta:
      case Transform::kSeriesDeltaOfDelta:
        return last_ + delta_;
    }
    return 0;
  }

  template <typename Coder>
  uint64_t CodeMagnitude(Coder& coder, ModelTable& models, uint64_t magnitude, uint32_t context) {
    const uint32_t steps = contexts_ * kWidthClasses * kStepModels;
    if (window_ == kNoWindow) window_ = models.NewWindow(steps + kTrees + kBelowModels);
    // Most residuals are small and many are zero: the width is coded in steps of one up to kSteps.
    const uint32_t width_class = WidthClass(last_width_);
    const uint32_t place = window_ + (context * kWidthClasses + width_class) * kStepModels;
    const auto target = static_cast<uint32_t>(std::bit_width(magnitude));
    uint32_t width = 0;
    while (width < kSteps && models.Code(coder, place + width, target > width) != 0) ++width;
    if (width == kSteps) {
      // A damaged stream may say more than 64.
      width = std::min<uint32_t>(
          64, kSteps + models.CodeTree(coder, window_ + steps + (width_class << kTreeBits),
                                       target - kSteps, kTreeBits));
    }
    last_width_ = width;
    if (width < 2) return width;
    const auto below = static_cast<int>(width) - 1;
    const int modelled = std::min(below, kModelledBits);
    const uint32_t below_place = window_ + steps + kTrees + (width << kModelledBits);
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
  uint32_t contexts_ = 1;
  Transform transform_ = Transform::kPlain;
  NumberSeries series_;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_NUMBER_CODER_H_
