// Lines of fields between tabs, as plans and records have them.
#ifndef LOGPRESS_CLI_FLEET_FIELDS_H_
#define LOGPRESS_CLI_FLEET_FIELDS_H_

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/archiving/contents.h"

namespace logpress::cli::fleet {

// At most `most` fields; the last has what is left.
std::vector<std::string_view> SplitFields(std::string_view line, size_t most);

// All of `text` as a number; nothing when it is none or too large.
template <typename Number>
std::optional<Number> ReadNumber(std::string_view text, int base = 10) {
  Number number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

// Control characters and \ as \n, \t, \\ and \xHH, and back; nothing when an escape is none of
// these.
std::string Escape(std::string_view text);
std::optional<std::string> Unescape(std::string_view text);

// A hash as 32 hexadecimal digits, and back.
std::string HashText(const XXH128_hash_t& hash);
std::optional<XXH128_hash_t> ReadHash(std::string_view text);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_FIELDS_H_
