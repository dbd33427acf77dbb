#include "cli/fleet/fields.h"

#include "cli/text.h"

namespace logpress::cli::fleet {

std::vector<std::string_view> SplitFields(std::string_view line, size_t most) {
  std::vector<std::string_view> fields;
  while (fields.size() + 1 < most) {
    const size_t end = line.find('\t');
    if (end == std::string_view::npos) break;
    fields.push_back(line.substr(0, end));
    line.remove_prefix(end + 1);
  }
  fields.push_back(line);
  return fields;
}

std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\') {
      escaped += "\\\\";
    } else if (c == '\n') {
      escaped += "\\n";
    } else if (c == '\t') {
      escaped += "\\t";
    } else if (byte < 0x20 || byte == 0x7f) {
      escaped += Formatted("\\x%02x", byte);
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::optional<std::string> Unescape(std::string_view text) {
  std::string plain;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      plain += text[at];
      continue;
    }
    if (++at == text.size()) return std::nullopt;
    if (text[at] == 'x') {
      if (text.size() - at < 3) return std::nullopt;
      const auto byte = ReadNumber<uint8_t>(text.substr(at + 1, 2), 16);
      if (!byte) return std::nullopt;
      plain += static_cast<char>(*byte);
      at += 2;
    } else if (text[at] == 'n' || text[at] == 't' || text[at] == '\\') {
      plain += text[at] == 'n' ? '\n' : text[at] == 't' ? '\t' : '\\';
    } else {
      return std::nullopt;
    }
  }
  return plain;
}

std::string HashText(const XXH128_hash_t& hash) {
  return Formatted("%016x%016x", hash.high64, hash.low64);
}

std::optional<XXH128_hash_t> ReadHash(std::string_view text) {
  if (text.size() != 32) return std::nullopt;
  const auto high = ReadNumber<uint64_t>(text.substr(0, 16), 16);
  const auto low = ReadNumber<uint64_t>(text.substr(16), 16);
  if (!high || !low) return std::nullopt;
  return XXH128_hash_t{.low64 = *low, .high64 = *high};
}

}  // namespace logpress::cli::fleet
