#include "search/bracket.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "base/status.h"

namespace logpress::search {
namespace {

constexpr size_t kLetters = 26;

absl::Status Unfinished() {
  return absl::InvalidArgumentError("'[' without its ']'; write \\[ or [[] for the byte itself");
}

// One of the classes of bytes in the C locale, as <ctype.h> has them there.
struct NamedClass {
  std::string_view name;
  bool (*holds)(uint8_t c);
};

bool IsUpper(uint8_t c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(uint8_t c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(uint8_t c) { return c >= '0' && c <= '9'; }
bool IsAlpha(uint8_t c) { return IsUpper(c) || IsLower(c); }
bool IsAlnum(uint8_t c) { return IsAlpha(c) || IsDigit(c); }
bool IsBlank(uint8_t c) { return c == ' ' || c == '\t'; }
bool IsSpace(uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsGraph(uint8_t c) { return c > ' ' && c < 0x7f; }
bool IsPrint(uint8_t c) { return c >= ' ' && c < 0x7f; }
bool IsPunct(uint8_t c) { return IsGraph(c) && !IsAlnum(c); }
bool IsCntrl(uint8_t c) { return c < ' ' || c == 0x7f; }
bool IsXdigit(uint8_t c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

constexpr NamedClass kClasses[] = {
    {"upper", IsUpper}, {"lower", IsLower}, {"digit", IsDigit}, {"alpha", IsAlpha},
    {"alnum", IsAlnum}, {"blank", IsBlank}, {"space", IsSpace}, {"graph", IsGraph},
    {"print", IsPrint}, {"punct", IsPunct}, {"cntrl", IsCntrl}, {"xdigit", IsXdigit},
};

class BracketReader {
 public:
  BracketReader(std::string_view pattern, size_t at) : pattern_(pattern), at_(at + 1) {}

  absl::StatusOr<ByteSet> Read(bool ignore_case) {
    const size_t begin = at_ - 1;
    const bool negated = Take('^');
    ByteSet bytes;
    for (bool first = true; first || !Take(']'); first = false)
      LOGPRESS_RETURN_IF_ERROR(ReadItem(&bytes));
    // What people write who mean [[:space:]].
    const std::string_view all = pattern_.substr(begin, at_ - begin);
    if (all.size() > 4 && all[1] == ':' && all[all.size() - 2] == ':') {
      return absl::InvalidArgumentError(
          "a class of bytes stands in brackets of its own; write [[:space:]] and not [:space:]");
    }
    if (ignore_case) AddOtherCase(&bytes);
    if (negated) bytes.flip();
    bytes.reset('\n');
    return bytes;
  }
  size_t at() const { return at_; }

 private:
  bool Take(char c) {
    if (at_ == pattern_.size() || pattern_[at_] != c) return false;
    ++at_;
    return true;
  }

  // A byte, a range of bytes or a class.
  absl::Status ReadItem(ByteSet* bytes) {
    if (at_ == pattern_.size()) return Unfinished();
    if (pattern_.substr(at_, 2) == "[:") {
      LOGPRESS_ASSIGN_OR_RETURN(const std::string_view name, ReadNamed());
      const ByteSet named = ByteClass(name);
      if (named.none())
        return absl::InvalidArgumentError(
            "no such class of bytes; there are alnum, alpha, blank, cntrl, digit, graph, lower, "
            "print, punct, space, upper and xdigit");
      *bytes |= named;
      return absl::OkStatus();
    }
    LOGPRESS_ASSIGN_OR_RETURN(const uint8_t low, ReadByte());
    uint8_t high = low;
    // A '-' before the end is itself.
    if (at_ + 1 < pattern_.size() && pattern_[at_] == '-' && pattern_[at_ + 1] != ']') {
      ++at_;
      LOGPRESS_ASSIGN_OR_RETURN(high, ReadByte());
      if (high < low)
        return absl::InvalidArgumentError(
            "a range in brackets ends before it begins; the byte with the lower value comes first");
    }
    for (size_t byte = low; byte <= high; ++byte) bytes->set(byte);
    return absl::OkStatus();
  }

  // A byte, as itself or as [.c.] or [=c=].
  absl::StatusOr<uint8_t> ReadByte() {
    if (at_ == pattern_.size()) return Unfinished();
    const std::string_view two = pattern_.substr(at_, 2);
    if (two != "[." && two != "[=") return static_cast<uint8_t>(pattern_[at_++]);
    LOGPRESS_ASSIGN_OR_RETURN(const std::string_view name, ReadNamed());
    if (name.size() != 1) {
      return absl::InvalidArgumentError(
          "no such collating element in the C locale; write the byte itself");
    }
    return static_cast<uint8_t>(name[0]);
  }

  // The name in [:name:], [.name.] or [=name=].
  absl::StatusOr<std::string_view> ReadNamed() {
    const char end[] = {pattern_[at_ + 1], ']'};
    const size_t begin = at_ + 2;
    // The first byte of the name may look like its end: [.].]
    const size_t found = pattern_.find(std::string_view(end, 2), begin);
    if (found == std::string_view::npos) return Unfinished();
    at_ = found + 2;
    return pattern_.substr(begin, found - begin);
  }

  const std::string_view pattern_;
  size_t at_;
};

}  // namespace

void AddOtherCase(ByteSet* bytes) {
  for (size_t i = 0; i < kLetters; ++i) {
    const bool either = (*bytes)['a' + i] || (*bytes)['A' + i];
    (*bytes)['a' + i] = (*bytes)['A' + i] = either;
  }
}

ByteSet ByteClass(std::string_view name) {
  ByteSet bytes;
  for (const NamedClass& known : kClasses) {
    if (known.name != name) continue;
    for (size_t byte = 0; byte < bytes.size(); ++byte)
      bytes[byte] = known.holds(static_cast<uint8_t>(byte));
  }
  return bytes;
}

absl::StatusOr<ByteSet> ParseBracket(std::string_view pattern, bool ignore_case, size_t* at) {
  BracketReader reader(pattern, *at);
  absl::StatusOr<ByteSet> bytes = reader.Read(ignore_case);
  *at = reader.at();
  return bytes;
}

}  // namespace logpress::search
