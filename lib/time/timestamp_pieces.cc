#include "time/timestamp_pieces.h"

#include <array>
#include <string_view>
#include <utility>

#include "time/timestamp_internal.h"

namespace logpress::time {
namespace {

// %d and %m stand for the paddings as well, %b for the other writings of a month's name.
constexpr auto kDates = std::to_array<std::string_view>({
    "%Y-%m-%d",  "%Y/%m/%d", "%Y.%m.%d", "%Y-%b-%d", "%Y %b %d", "%Y%m%d",   "%b %d %Y",
    "%b %d, %Y", "%b %d",    "%b-%d-%Y", "%b-%d-%y", "%b/%d/%Y", "%d/%b/%Y", "%d-%b-%Y",
    "%d %b %Y",  "%d-%b-%y", "%d %b",    "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y",
    "%m-%d-%Y",  "%y/%m/%d", "%y-%m-%d", "%y.%m.%d", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y",
    "%y%m%d",    "%m-%d",    "%m/%d",    "%m.%d",    "%m%d",
});
constexpr auto kMonthWritings = std::to_array<std::string_view>({"%b", "%B", "%^b", "%#b"});
constexpr auto kTimes = std::to_array<std::string_view>({
    "%H:%M:%S",
    "%_H:%M:%S",
    "%-H:%M:%S",
    "%-H:%-M:%-S",
    "%H.%M.%S",
    "%H-%M-%S",
    "%H%M%S",
    "%H:%M",
    "%_H:%M",
    "%-H:%M",
});

// Dates that begin alike, in all their writings.
constexpr size_t kMostPieces = 64;

// How a date begins: with a name or a number, and what divides that from the rest. In digits alone
// nothing does.
struct Beginning {
  bool name;
  char divider;
};
constexpr char kUndivided = '%';
constexpr auto kBeginnings = std::to_array<Beginning>({
    {true, ' '},
    {true, '-'},
    {true, '/'},
    {false, '-'},
    {false, '/'},
    {false, '.'},
    {false, ' '},
    {false, kUndivided},
});

Beginning BeginningOf(std::string_view date) { return {date.starts_with("%b"), date[2]}; }

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string Replaced(std::string_view pattern, std::string_view from, std::string_view to) {
  const size_t at = pattern.find(from);
  if (at == std::string_view::npos) return std::string(pattern);
  std::string result(pattern.substr(0, at));
  result += to;
  result += pattern.substr(at + from.size());
  return result;
}

void AddPiece(const std::string& pattern, Pieces* pieces) {
  TimestampFormat format;
  if (TimestampFormat::FromPattern(pattern, &format)) pieces->push_back({pattern, format});
}

// All writings of a date. syslog and ctime pad the day after a month's name with a space.
void AddDate(std::string_view date, Pieces* pieces) {
  const bool name = Contains(date, "%b");
  const bool compact = Contains(date, "%m%d");
  for (size_t i = 0; i < (name ? kMonthWritings.size() : 1); ++i) {
    const std::string zero = Replaced(date, "%b", kMonthWritings[i]);
    const std::string space = Replaced(zero, "%d", "%_d");
    const bool space_first = Contains(date, "%b %d");
    if (space_first) AddPiece(space, pieces);
    AddPiece(zero, pieces);
    if (compact) continue;
    AddPiece(Replaced(Replaced(zero, "%d", "%-d"), "%m", "%-m"), pieces);
    if (!space_first) AddPiece(space, pieces);
  }
}

const Pieces* NewDates(Beginning wanted) {
  auto* const pieces = new Pieces;
  pieces->reserve(kMostPieces);
  for (const std::string_view date : kDates) {
    const Beginning beginning = BeginningOf(date);
    // Digits alone may be followed by what divides others.
    if (beginning.name == wanted.name &&
        (beginning.divider == wanted.divider || beginning.divider == kUndivided)) {
      AddDate(date, pieces);
    }
  }
  return pieces;
}

template <size_t kPlace>
const Pieces& DatesWith() {
  static const Pieces* const kPieces = NewDates(kBeginnings[kPlace]);
  return *kPieces;
}

using GetPieces = const Pieces& (*)();
template <size_t... kPlaces>
constexpr auto Table(std::index_sequence<kPlaces...> /*places*/) {
  return std::array<GetPieces, sizeof...(kPlaces)>{DatesWith<kPlaces>...};
}
constexpr auto kTable = Table(std::make_index_sequence<kBeginnings.size()>());

}  // namespace

const Pieces& DatesLike(const char* p, const char* end) {
  static const Pieces kNone;
  if (p != end && *p == ' ') ++p;  // the padding of a day or month
  const bool name = p != end && !IsDigit(*p);
  const char* const begin = p;
  if (name) {
    while (p != end && IsLetter(*p)) ++p;
  } else {
    while (p != end && IsDigit(*p)) ++p;
    // A year at most.
    if (p - begin > 4) return kTable.back()();
  }
  const char divider = p == end ? kUndivided : *p;
  for (size_t i = 0; i < kBeginnings.size(); ++i)
    if (kBeginnings[i].name == name && kBeginnings[i].divider == divider) return kTable[i]();
  return name ? kNone : kTable.back()();
}

const Pieces& Times() {
  static const Pieces* const kPieces = [] {
    auto* const pieces = new Pieces;
    pieces->reserve(kTimes.size());
    for (const std::string_view time : kTimes) AddPiece(std::string(time), pieces);
    return pieces;
  }();
  return *kPieces;
}

}  // namespace logpress::time
