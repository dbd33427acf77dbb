// Putting text together. Not absl::StrCat: the Abseil of Debian 12 has a string_view of its own,
// which does not take std::string_view.
#ifndef LOGPRESS_CLI_TEXT_H_
#define LOGPRESS_CLI_TEXT_H_

#include <concepts>
#include <string>
#include <string_view>

#include "absl/status/status.h"

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

// The message of `status`, which keeps it.
inline std::string_view Message(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_TEXT_H_
