// What single words are, whatever log they stand in.
#ifndef LOGPRESS_STATEMENT_WORDS_H_
#define LOGPRESS_STATEMENT_WORDS_H_

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace logpress::statement {

// Some bytes, as a table: each byte of a log is looked up several times.
class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char byte : bytes) has_[static_cast<unsigned char>(byte)] = true;
  }
  constexpr bool operator()(char byte) const { return has_[static_cast<unsigned char>(byte)]; }

 private:
  std::array<bool, 256> has_{};
};

constexpr bool IsBlank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}
constexpr bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }
constexpr bool IsLetter(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}
// A byte of a name; all that are no ASCII are taken for letters of some script.
constexpr bool IsNameByte(char byte) {
  return IsLetter(byte) || IsDigit(byte) || byte == '_' || static_cast<unsigned char>(byte) >= 0x80;
}
constexpr bool IsHexDigit(char byte) {
  return IsDigit(byte) || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}
inline bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), IsDigit);
}
// Without the blanks around it.
inline std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// Whether the word is one of these, which are in lower case, in whatever case.
bool IsOneOf(std::string_view word, std::span<const std::string_view> words);

// INFO, warn:, E (a single letter only as a capital), ...
bool IsLevel(std::string_view word);
// Jan, January, Mon, Monday, with or without a comma.
bool IsCalendarName(std::string_view word);
// UTC, PDT, AM, ... in capitals.
bool IsZoneName(std::string_view word);
// What stands behind a number and says what it counts: KB, ms, secs, ...
bool IsUnit(std::string_view word);
// true, false, null: values in every language.
inline bool IsLiteral(std::string_view word) {
  static constexpr std::string_view kLiterals[] = {"true", "false", "null"};
  return (word.size() == 4 || word.size() == 5) && IsOneOf(word, kLiterals);
}
// user, host, ...: what follows is a name.
bool AnnouncesName(std::string_view word);

// a.b.c: the name of a host, a package, a class, a file.
bool IsDottedName(std::string_view word);
// The name of something rather than a word of a sentence: camelCase, snake_case, a.b, a/b, ...
bool IsIdentifier(std::string_view word);

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_WORDS_H_
