// Rates as pictures: of characters, and SVG.

#include <algorithm>
#include <string_view>

#include "cli/listing.h"
#include "cli/rate.h"
#include "cli/text.h"

namespace logpress::cli {

uint64_t MostLines(const Rate& rate) {
  return rate.lines.empty() ? 0 : *std::max_element(rate.lines.begin(), rate.lines.end());
}

std::string RateTitle(const Rate& rate) { return Cat("lines in each ", WidthText(rate.width)); }

std::string WidthText(int64_t micros) {
  constexpr struct {
    int64_t seconds;
    const char* name;
  } kUnits[] = {{86400, " d"}, {3600, " h"}, {60, " min"}};
  const int64_t seconds = micros / 1'000'000;
  for (const auto& unit : kUnits)
    if (seconds % unit.seconds == 0) return Cat(seconds / unit.seconds, unit.name);
  return Cat(seconds, " s");
}

std::string RateText(const Rate& rate) {
  constexpr size_t kRows = 5;
  constexpr size_t kEighths = 8;
  constexpr std::string_view kBlocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const uint64_t most = MostLines(rate);
  if (most == 0) return "";
  const std::string label = Cat(most);
  const std::string margin(label.size(), ' ');
  std::string text = Cat(RateTitle(rate), ":\n");
  for (size_t row = kRows; row-- > 0;) {
    std::string line;
    size_t end = 0;  // of what is not blank
    for (const uint64_t lines : rate.lines) {
      // Whatever is there is seen.
      const double share = static_cast<double>(lines) / static_cast<double>(most);
      const auto height = static_cast<size_t>(share * (kRows * kEighths - 1) + 1);
      const size_t above = lines == 0 || height <= row * kEighths ? 0 : height - row * kEighths;
      line += kBlocks[std::min(above, kEighths)];
      if (above > 0) end = line.size();
    }
    const bool labelled = row + 1 == kRows || row == 0;
    Append(&text,
           row + 1 == kRows ? label
           : row == 0       ? margin.substr(1) + "0"
                            : margin,
           labelled ? " ┤" : " │", line.substr(0, end), "\n");
  }
  const std::string first = LineTimeText(rate.TimeOf(0));
  const std::string last = LineTimeText(rate.TimeOf(rate.lines.size() - 1));
  const size_t both = first.size() + last.size();
  const size_t gap = rate.lines.size() > both ? rate.lines.size() - both : 2;
  Append(&text, margin, "  ", first);
  if (rate.lines.size() > 1) Append(&text, std::string(gap, ' '), last);
  return text + "\n";
}

std::string RateSvg(const Rate& rate) {
  constexpr double kWidth = 720;
  constexpr double kHeight = 200;
  constexpr double kLeft = 70;
  constexpr double kTop = 40;
  std::string svg = Formatted(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
      "font-family=\"sans-serif\" font-size=\"12\">\n"
      "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
      kLeft + kWidth + 30, kTop + kHeight + 40);
  const auto text = [&](double x, double y, const char* anchor, const std::string& what) {
    svg +=
        Formatted("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, what);
  };
  const uint64_t most = MostLines(rate);
  const double bar = kWidth / static_cast<double>(std::max<size_t>(rate.lines.size(), 1));
  for (size_t i = 0; i < rate.lines.size(); ++i) {
    if (rate.lines[i] == 0) continue;
    const double height = kHeight * static_cast<double>(rate.lines[i]) / static_cast<double>(most);
    svg += Formatted(
        "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#3a6ea5\">"
        "<title>%s: %d</title></rect>\n",
        kLeft + bar * static_cast<double>(i), kTop + kHeight - height, bar * 0.9, height,
        LineTimeText(rate.TimeOf(i)), rate.lines[i]);
  }
  svg += Formatted("<path d=\"M%.0f %.0fV%.0fH%.0f\" fill=\"none\" stroke=\"black\"/>\n", kLeft,
                   kTop, kTop + kHeight, kLeft + kWidth);
  if (most > 0) {
    text(kLeft, kTop - 20, "start", RateTitle(rate));
    text(kLeft - 8, kTop + 10, "end", Cat(most));
    text(kLeft - 8, kTop + kHeight, "end", "0");
    text(kLeft, kTop + kHeight + 20, "start", LineTimeText(rate.TimeOf(0)));
    text(kLeft + kWidth, kTop + kHeight + 20, "end",
         LineTimeText(rate.TimeOf(rate.lines.size() - 1)));
  } else {
    text(kLeft, kTop - 20, "start", "no line has a time");
  }
  return svg + "</svg>\n";
}

}  // namespace logpress::cli
