// Rates as pictures of pixels.

#include <algorithm>

#include "cli/listing.h"
#include "cli/picture.h"
#include "cli/rate.h"
#include "cli/text.h"

namespace logpress::cli {

absl::StatusOr<std::string> RatePng(const Rate& rate) {
  constexpr size_t kWidth = 720;
  constexpr size_t kHeight = 200;
  constexpr size_t kLeft = 110;
  constexpr size_t kTop = 40;
  constexpr size_t kBottom = kTop + kHeight;
  constexpr size_t kGap = 10;  // between the plot and what is written beside it
  Picture picture(kLeft + kWidth + 30, kBottom + 40);
  const auto write_left_of = [&](size_t right, size_t y, const std::string& text) {
    const size_t width = Picture::WidthOf(text);
    picture.Write(width < right ? right - width : 0, y, text);
  };
  const uint64_t most = MostLines(rate);
  if (most == 0) {
    picture.Write(kLeft, kTop - 25, "no line has a time");
    return picture.Png();
  }
  const size_t count = rate.lines.size();
  for (size_t i = 0; i < count; ++i) {
    if (rate.lines[i] == 0) continue;
    // Whatever is there is seen.
    const double share = static_cast<double>(rate.lines[i]) / static_cast<double>(most);
    const auto height = std::max<size_t>(1, static_cast<size_t>(share * kHeight));
    const size_t x = kWidth * i / count;
    const size_t next = kWidth * (i + 1) / count;
    const size_t width = next - x;
    picture.Fill(kLeft + x, kBottom - height, width > 2 ? width - 1 : width, height, Color::kBlue);
  }
  picture.Fill(kLeft - 1, kTop, 1, kHeight + 1, Color::kBlack);
  picture.Fill(kLeft - 1, kBottom, kWidth + 1, 1, Color::kBlack);
  picture.Write(kLeft, kTop - 25, RateTitle(rate));
  write_left_of(kLeft - kGap, kTop, Cat(most));
  write_left_of(kLeft - kGap, kBottom - kGap, "0");
  picture.Write(kLeft, kBottom + kGap, LineTimeText(rate.TimeOf(0)));
  if (count > 1)
    write_left_of(kLeft + kWidth, kBottom + kGap, LineTimeText(rate.TimeOf(count - 1)));
  return picture.Png();
}

}  // namespace logpress::cli
