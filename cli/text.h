// Putting text together. Not absl::StrCat: the Abseil of Debian 12 has a string_view of its own,
// which does not take std::string_view.
#ifndef LOGPRESS_CLI_TEXT_H_
#define LOGPRESS_CLI_TEXT_H_

#include <algorithm>
#include <array>
#include <concepts>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"

namespace logpress::cli {

inline void AppendPart(std::string* text, std::string_view part) { text->append(part); }
inline void AppendPart(std::string* text, std::integral auto number) {
  text->append(std::to_string(number));
}

// Appends texts and integers to `text`.
template <typename... Parts>
void Append(std::string* text, const Parts&... parts) {
  (AppendPart(text, parts), ...);
}

// Texts and integers as one string.
template <typename... Parts>
std::string Cat(const Parts&... parts) {
  std::string text;
  Append(&text, parts...);
  return text;
}

// As absl::StrFormat has it, but cut to kMaxFormatted bytes: that one appends to its result in a
// destructor, and so ends the process where there is no memory for it.
inline constexpr int kMaxFormatted = 1023;
template <typename... Parts>
std::string Formatted(const absl::FormatSpec<Parts...>& format, const Parts&... parts) {
  std::array<char, kMaxFormatted + 1> text;
  const int size = absl::SNPrintF(text.data(), text.size(), format, parts...);
  return std::string(text.data(), static_cast<size_t>(std::clamp(size, 0, kMaxFormatted)));
}

// The message of `status`, which keeps it. Where memory is short there may be none.
inline std::string_view Message(const absl::Status& status) {
  if (status.message().empty()) return "out of memory";
  return {status.message().data(), status.message().size()};
}

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_TEXT_H_
