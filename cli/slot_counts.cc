#include "cli/slot_counts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>
#include <system_error>

#include "base/hash.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

// The power of two above a number without its sign. No number: none.
std::optional<int> MagnitudeOf(ByteView value) {
  if (value.starts_with('-')) value.remove_prefix(1);
  const bool digit = !value.empty() && value[0] >= '0' && value[0] <= '9';
  double number = 0;
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), number, std::chars_format::fixed);
  if (!digit || error != std::errc() || end != value.data() + value.size()) return std::nullopt;
  int exponent = 0;
  if (number != 0) std::frexp(number, &exponent);
  return number == 0 ? INT16_MIN : exponent;
}

std::string MagnitudeText(int magnitude) {
  if (magnitude == INT16_MIN) return "0";
  return Formatted("%.6g to %.6g", std::ldexp(1, magnitude - 1), std::ldexp(1, magnitude));
}

uint64_t Sum(const auto& lines) { return std::accumulate(lines.begin(), lines.end(), uint64_t{0}); }

}  // namespace

void SlotCounts::Add(ByteView value, bool newer, size_t* room) {
  const size_t side = newer ? 1 : 0;
  Log& log = logs_[side];
  if (log.lines == kSpans * log.width) Widen(side);
  const size_t span = log.lines++ / log.width;
  AddValue(value, side, span, room);
  AddMagnitude(value, side, span);
}

// Makes one span of each two.
void SlotCounts::Widen(size_t log) {
  logs_[log].width *= 2;
  for (std::vector<Entry>* const entries : {&values_, &magnitudes_}) {
    for (Entry& entry : *entries) {
      SpanLines& lines = entry.lines[log];
      for (size_t i = 0; i < kSpans; ++i)
        lines[i] = i < kSpans / 2 ? lines[2 * i] + lines[2 * i + 1] : 0;
    }
  }
}

void SlotCounts::AddValue(ByteView value, size_t log, size_t span, size_t* room) {
  if (many_) return;
  const uint64_t key = HashBytes(value.data(), value.size(), 0);
  auto found = std::find_if(values_.begin(), values_.end(), [&](const Entry& each) {
    return each.key == key && each.text == value;
  });
  if (found == values_.end()) {
    if (values_.size() == kMost || *room == 0 || value.size() > kMostBytes) {
      many_ = true;
      *room += values_.size();
      values_ = {};
      return;
    }
    --*room;
    found = values_.insert(found, {key, std::string(value), {}});
  }
  ++found->lines[log][span];
}

void SlotCounts::AddMagnitude(ByteView value, size_t log, size_t span) {
  if (!numbers_) return;
  const std::optional<int> magnitude = MagnitudeOf(value);
  numbers_ = magnitude.has_value();
  if (!numbers_) {
    magnitudes_ = {};
    return;
  }
  const auto key = static_cast<uint64_t>(*magnitude);
  auto found = std::find_if(magnitudes_.begin(), magnitudes_.end(),
                            [&](const Entry& each) { return each.key == key; });
  if (found == magnitudes_.end()) found = magnitudes_.insert(found, {key, {}, {}});
  ++found->lines[log][span];
}

// Variance by mean of its lines in the spans of a log: 1 if lines are independent.
double SlotCounts::DispersionOf(const Entry& entry, size_t log) const {
  const auto all = static_cast<double>(logs_[log].lines);
  const double share = static_cast<double>(Sum(entry.lines[log])) / all;
  if (share == 0 || share == 1) return 1;
  double sum = 0;
  size_t spans = 0;
  for (uint64_t begin = 0; begin < logs_[log].lines; begin += logs_[log].width) {
    const auto lines = static_cast<double>(std::min(logs_[log].width, logs_[log].lines - begin));
    const double more = static_cast<double>(entry.lines[log][spans++]) - lines * share;
    sum += more * more / (lines * share * (1 - share));
  }
  return spans < 2 ? 1 : sum / static_cast<double>(spans - 1);
}

std::vector<ValueCount> SlotCounts::Compare(bool told_apart) const {
  std::vector<ValueCount> counts;
  if (logs_[0].lines == 0 || logs_[1].lines == 0) return counts;
  const bool values = told_apart && !many_;
  if (!values && !numbers_) return counts;
  const auto before = static_cast<double>(logs_[0].lines);
  const auto after = static_cast<double>(logs_[1].lines);
  for (const Entry& entry : values ? values_ : magnitudes_) {
    ValueCount count{entry.text, Sum(entry.lines[0]), Sum(entry.lines[1]), 0, {}};
    // In every line of both it tells nothing.
    if (count.before == logs_[0].lines && count.after == logs_[1].lines) continue;
    if (!values) count.value = MagnitudeText(static_cast<int>(entry.key));
    count.ratio = static_cast<double>(count.after) / after * before /
                  static_cast<double>(std::max<uint64_t>(count.before, 1));
    const double worth = 1 / std::max({1.0, DispersionOf(entry, 0), DispersionOf(entry, 1)});
    count.effective = {static_cast<uint64_t>(static_cast<double>(count.before) * worth),
                       static_cast<uint64_t>(static_cast<double>(count.after) * worth),
                       before / (before + after)};
    counts.push_back(std::move(count));
  }
  return counts;
}

}  // namespace logpress::cli
