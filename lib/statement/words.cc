#include "statement/words.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace logpress::statement {
namespace {

constexpr std::string_view kLevels[] = {
    "trace",   "debug",   "info",   "information", "notice",   "warn",   "warning",
    "error",   "err",     "severe", "fatal",       "critical", "crit",   "alert",
    "emerg",   "failure", "panic",  "audit",       "log",      "detail", "hint",
    "verbose", "v",       "d",      "i",           "w",        "e",      "f"};
constexpr std::string_view kCalendarNames[] = {
    "mon",      "tue",       "wed",     "thu",      "fri",     "sat",       "sun",      "jan",
    "feb",      "mar",       "apr",     "may",      "jun",     "jul",       "aug",      "sep",
    "oct",      "nov",       "dec",     "monday",   "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday",    "january", "february", "march",   "april",     "june",     "july",
    "august",   "september", "october", "november", "december"};
constexpr std::string_view kZones[] = {"UTC", "GMT", "PDT", "PST",  "EST", "EDT", "CST", "CDT",
                                       "MST", "MDT", "CET", "CEST", "BST", "AM",  "PM"};
constexpr std::string_view kUnits[] = {"b",   "kb",   "mb",  "gb",  "tb",   "kib",   "mib", "gib",
                                       "tib", "ms",   "us",  "ns",  "msec", "msecs", "sec", "secs",
                                       "min", "mins", "hrs", "khz", "mhz",  "ghz"};
constexpr std::string_view kAnnouncers[] = {"user", "username", "host", "hostname"};

// Words in lower case, looked up in whatever case. Of most that are none of them the first letter
// and the length say so.
class WordList {
 public:
  constexpr explicit WordList(std::span<const std::string_view> words) : words_(words) {
    for (const std::string_view word : words) sizes_[word[0] & kLetter] |= 1U << word.size();
  }
  bool Has(std::string_view word) const {
    return !word.empty() && word.size() < 32 &&
           (sizes_[word[0] & kLetter] >> word.size() & 1U) != 0 && IsOneOf(word, words_);
  }

 private:
  static constexpr char kLetter = 0x1f;

  std::span<const std::string_view> words_;
  std::array<uint32_t, kLetter + 1> sizes_{};
};

constexpr WordList kLevelList(kLevels);
constexpr WordList kCalendarList(kCalendarNames);
constexpr WordList kUnitList(kUnits);
constexpr WordList kAnnouncerList(kAnnouncers);

std::string_view Without(std::string_view word, const ByteSet& marks) {
  while (!word.empty() && marks(word.back())) word.remove_suffix(1);
  return word;
}

char Lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte | 0x20) : byte; }

}  // namespace

bool IsOneOf(std::string_view word, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [word](std::string_view other) {
    return word.size() == other.size() &&
           std::equal(word.begin(), word.end(), other.begin(),
                      [](char byte, char lower) { return Lower(byte) == lower; });
  });
}

bool IsLevel(std::string_view word) {
  if (word.size() > 2 && word.front() == '<' && word.back() == '>')
    word = word.substr(1, word.size() - 2);
  static constexpr ByteSet kMarks(":,");
  word = Without(word, kMarks);
  if (word.size() == 1 && word[0] >= 'a') return false;
  return kLevelList.Has(word);
}

bool IsCalendarName(std::string_view word) {
  static constexpr ByteSet kMarks(",");
  return kCalendarList.Has(Without(word, kMarks));
}

bool IsZoneName(std::string_view word) {
  return std::find(std::begin(kZones), std::end(kZones), word) != std::end(kZones);
}

bool IsUnit(std::string_view word) { return kUnitList.Has(word); }
bool AnnouncesName(std::string_view word) { return kAnnouncerList.Has(word); }

bool IsDottedName(std::string_view word) {
  if (word.empty() || word.back() == '.') return false;
  if (std::count(word.begin(), word.end(), '.') < 2) return false;
  return std::all_of(word.begin(), word.end(), [](char byte) {
    return IsNameByte(byte) || byte == '.' || byte == '-' || byte == '$' || byte == '@';
  });
}

bool IsIdentifier(std::string_view word) {
  static constexpr ByteSet kJoins("._@$/\\*#&~+-");
  static constexpr ByteSet kMarks("_@$/\\*#&~+");
  for (size_t i = 0; i + 1 < word.size(); ++i) {
    const char next = word[i + 1];
    if (kJoins(word[i]) && IsNameByte(next)) return true;
    if (IsNameByte(word[i]) && kMarks(next)) return true;
    if (word[i] >= 'a' && word[i] <= 'z' && next >= 'A' && next <= 'Z') return true;
  }
  return false;
}

}  // namespace logpress::statement
