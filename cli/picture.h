// Small pictures of bars and labels, as PNG.
#ifndef LOGPRESS_CLI_PICTURE_H_
#define LOGPRESS_CLI_PICTURE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace logpress::cli {

enum class Color : uint8_t { kWhite, kBlue, kBlack };

// White at first. What is beyond its edges is not drawn.
class Picture {
 public:
  Picture(size_t width, size_t height);

  void Fill(size_t x, size_t y, size_t width, size_t height, Color color);
  // In black, one line whose upper left corner is at x, y, of letters as labels of plots need them:
  // digits, '-', ':' and a few letters; what else there is stays blank.
  void Write(size_t x, size_t y, std::string_view text);
  static size_t WidthOf(std::string_view text) { return text.size() * kAdvance; }

  // kResourceExhausted where memory is short.
  absl::StatusOr<std::string> Png() const;

 private:
  static constexpr size_t kScale = 2;  // pixels of the picture for one of a letter
  static constexpr size_t kAdvance = 6 * kScale;

  const size_t width_;
  const size_t height_;
  std::string rows_;  // of pixels, each with the byte before that PNG has there
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_PICTURE_H_
