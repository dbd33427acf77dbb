#include "cli/archiving/rotated_names.h"

#include <chrono>
#include <optional>

#include "absl/strings/ascii.h"
#include "cli/packer.h"

namespace logpress::cli::archiving {
namespace {

using Days = std::chrono::sys_days;

constexpr std::string_view kUnfinished[] = {".tmp",      ".temp", ".part", ".partial",
                                            ".filepart", ".swp",  ".new"};
constexpr std::string_view kNoLogs[] = {".lock", ".pid", ".sock"};
constexpr std::string_view kRotatedSuffixes[] = {".old", ".prev", ".O"};
// ".bak" may be any file's; it is a log's behind one of these.
constexpr std::string_view kLogEnds[] = {".log", ".out", ".err", ".txt"};

bool EndsIn(std::string_view name, std::string_view suffix) {
  return name.size() > suffix.size() && name.ends_with(suffix);
}

template <size_t kSize>
bool EndsInAny(std::string_view name, const std::string_view (&suffixes)[kSize]) {
  for (const std::string_view suffix : suffixes)
    if (EndsIn(name, suffix)) return true;
  return false;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }
bool IsSeparator(char c) { return c == '-' || c == '.' || c == '_'; }

size_t CountDigits(std::string_view text) {
  size_t count = 0;
  while (count < text.size() && IsDigit(text[count])) ++count;
  return count;
}

// The `digits` digits at `at`; -1 when there is something else.
int NumberAt(std::string_view name, size_t at, size_t digits) {
  if (at > name.size() || CountDigits(name.substr(at, digits)) != digits) return -1;
  int number = 0;
  for (size_t i = at; i < at + digits; ++i) number = number * 10 + (name[i] - '0');
  return number;
}

// True when neither a digit nor a letter stands at `at`.
bool IsBoundary(std::string_view name, size_t at) {
  return at >= name.size() || (!IsDigit(name[at]) && !IsLetter(name[at]));
}

bool IsYear(int year) { return year >= 1900 && year < 2100; }
bool IsMonth(int month) { return month >= 1 && month <= 12; }
bool IsDay(int day) { return day >= 1 && day <= 31; }

// What stands behind a date.
enum class Rest { kNothing, kExtension, kOther };

// Takes an extension (".log", ".log.txt"), and before it, with `counters`, numbers as in "_001".
Rest RestOf(std::string_view rest, bool counters) {
  while (counters && rest.size() > 1 && IsSeparator(rest[0]) && IsDigit(rest[1]))
    rest.remove_prefix(1 + CountDigits(rest.substr(1)));
  if (rest.empty()) return Rest::kNothing;
  while (rest.size() > 1 && rest[0] == '.' && IsLetter(rest[1])) {
    size_t size = 2;
    while (!IsBoundary(rest, size)) ++size;
    rest.remove_prefix(size);
  }
  return rest.empty() ? Rest::kExtension : Rest::kOther;
}

// ".1" to ".9999" at the end.
bool EndsInNumber(std::string_view name) {
  size_t digits = 0;
  while (digits < name.size() && IsDigit(name[name.size() - 1 - digits])) ++digits;
  return digits >= 1 && digits <= 4 && digits + 1 < name.size() &&
         name[name.size() - 1 - digits] == '.';
}

// The size of "20240531", "2024-05-31" and with '_' or '.', of this or the last century; else 0.
size_t SizeOfDay(std::string_view name, size_t at) {
  size_t end = at + 4;
  const int year = NumberAt(name, at, 4);
  const auto next = [&] {
    if (end < name.size() && IsSeparator(name[end])) ++end;
    const int number = NumberAt(name, end, 2);
    end += 2;
    return number;
  };
  const int month = next();
  const int day = next();
  return IsYear(year) && IsMonth(month) && IsDay(day) ? end - at : 0;
}

// "31-05-2024" and with '_' or '.', also the American way round.
bool IsDayFirst(std::string_view name, size_t at) {
  const int first = NumberAt(name, at, 2);
  const int second = NumberAt(name, at + 3, 2);
  return ((IsDay(first) && IsMonth(second)) || (IsMonth(first) && IsDay(second))) &&
         IsYear(NumberAt(name, at + 6, 4)) && IsSeparator(name[at + 2]) &&
         name[at + 2] == name[at + 5] && IsBoundary(name, at + 10);
}

// A week, a month or a year.
struct Period {
  size_t size;  // of its name
  Days end;
  bool counters;  // may follow
};

Days FirstOf(int year, int month) {
  return std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / 1;
}

Days EndOfMonth(int year, int month) {
  return month == 12 ? FirstOf(year + 1, 1) : FirstOf(year, month + 1);
}

// "202405", "2024-05", "2024-W22", "2024-22" (log4j's week), "2024".
std::optional<Period> PeriodAt(std::string_view name, size_t at) {
  const int year = NumberAt(name, at, 4);
  if (!IsYear(year)) return std::nullopt;
  const std::string_view rest = name.substr(at + 4);
  const size_t separator = !rest.empty() && IsSeparator(rest[0]) ? 1 : 0;
  const bool week = separator < rest.size() && (rest[separator] == 'W' || rest[separator] == 'w');
  const size_t digits = separator + (week ? 1 : 0);
  const int number = NumberAt(rest, digits, 2);
  if (number > 0 && IsBoundary(rest, digits + 2)) {
    const size_t size = 4 + digits + 2;
    if (!week && IsMonth(number)) return Period{size, EndOfMonth(year, number), true};
    // The first week begins on 4 January at the latest.
    const Days week_end = FirstOf(year, 1) + std::chrono::days(3) + std::chrono::weeks(number);
    if (digits > 0 && number <= 53) return Period{size, week_end, true};
  }
  if (!IsBoundary(rest, 0)) return std::nullopt;
  return Period{4, FirstOf(year + 1, 1), false};
}

// True when the period that ended before `end` is over wherever on earth its program runs.
bool IsOver(Days end, int64_t now) {
  return std::chrono::seconds(now) >= (end + std::chrono::days(1)).time_since_epoch();
}

// u_ex240531.log and its like: by month, day or hour.
NameKind KindOfIis(std::string_view name, int64_t now) {
  if (name.starts_with("u_")) name.remove_prefix(2);
  if (!name.starts_with("ex") && !name.starts_with("in") && !name.starts_with("nc"))
    return NameKind::kOther;
  name.remove_prefix(2);
  const size_t digits = CountDigits(name);
  const std::string_view rest = name.substr(digits);
  if (rest != ".log" && rest != "_x.log") return NameKind::kOther;
  const int year = 2000 + NumberAt(name, 0, 2);
  const int month = NumberAt(name, 2, 2);
  if (digits < 4 || !IsMonth(month)) return NameKind::kOther;
  if (digits == 4)
    return IsOver(EndOfMonth(year, month), now) ? NameKind::kRotated : NameKind::kNotOver;
  const bool day = IsDay(NumberAt(name, 4, 2));
  const bool hour = digits == 6 || (digits == 8 && NumberAt(name, 6, 2) < 24);
  return day && hour ? NameKind::kRotated : NameKind::kOther;
}

// What multilog, svlogd and s6-log make: '@', a time in TAI64N, and ".s", or ".u" after a crash.
bool IsTai64n(std::string_view name) {
  constexpr size_t kHexDigits = 24;
  if (name.size() != kHexDigits + 3 || name[0] != '@') return false;
  for (const char c : name.substr(1, kHexDigits))
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return false;
  return EndsIn(name, ".s") || EndsIn(name, ".u");
}

// By the date at `at`, where digits begin.
NameKind KindOfDate(std::string_view name, size_t at, int64_t now) {
  const bool alone = at == 0 || IsSeparator(name[at - 1]);
  if (const size_t size = SizeOfDay(name, at); size > 0) {
    // Letters in front are no word of a program ("log20240531.txt") only before an extension.
    if (alone ||
        (IsLetter(name[at - 1]) && RestOf(name.substr(at + size), true) == Rest::kExtension))
      return NameKind::kRotated;
  }
  if (!alone) return NameKind::kOther;
  if (IsDayFirst(name, at)) return NameKind::kRotated;
  // Seconds since 1970, of this century.
  if (CountDigits(name.substr(at)) == 10 && name[at] == '1')
    return RestOf(name.substr(at + 10), false) == Rest::kOther ? NameKind::kOther
                                                               : NameKind::kRotated;
  const std::optional<Period> period = PeriodAt(name, at);
  if (!period) return NameKind::kOther;
  switch (RestOf(name.substr(at + period->size), period->counters)) {
    case Rest::kNothing:
      return NameKind::kRotated;  // was put behind the name when that was rotated
    case Rest::kExtension:
      return IsOver(period->end, now) ? NameKind::kRotated : NameKind::kNotOver;
    case Rest::kOther:
      break;
  }
  return NameKind::kOther;
}

bool IsCoreOrLibrary(std::string_view name) {
  const std::string_view stem = name.substr(0, name.rfind('.'));
  return stem == "core" || EndsIn(stem, ".so");
}

}  // namespace

NameKind KindOfName(std::string_view name, int64_t now) {
  if (EndsInAny(name, kUnfinished)) return NameKind::kUnfinished;
  name.remove_suffix(PackerSuffix(name).size());
  if (name.empty() || name[0] == '.' || EndsInAny(name, kNoLogs)) return NameKind::kOther;
  if (EndsInAny(name, kUnfinished)) return NameKind::kUnfinished;
  if (EndsInAny(name, kRotatedSuffixes) || IsCurrentOfJvm(name) || IsTai64n(name))
    return NameKind::kRotated;
  if (EndsIn(name, ".bak") && EndsInAny(name.substr(0, name.size() - 4), kLogEnds))
    return NameKind::kRotated;
  if (EndsInNumber(name)) return IsCoreOrLibrary(name) ? NameKind::kOther : NameKind::kRotated;
  NameKind kind = KindOfIis(name, now);
  for (size_t at = 0; at < name.size() && kind != NameKind::kRotated; ++at) {
    if (!IsDigit(name[at]) || (at > 0 && IsDigit(name[at - 1]))) continue;
    const NameKind dated = KindOfDate(name, at, now);
    if (dated != NameKind::kOther) kind = dated;
  }
  return kind;
}

bool IsCurrentOfJvm(std::string_view name) {
  constexpr std::string_view kCurrent = ".current";
  return EndsIn(name, kCurrent) && EndsInNumber(name.substr(0, name.size() - kCurrent.size()));
}

}  // namespace logpress::cli::archiving
