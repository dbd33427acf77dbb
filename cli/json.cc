#include "cli/json.h"

#include "cli/text.h"

namespace logpress::cli {
namespace {

// How many bytes the UTF-8 character at the begin of `bytes` has (Unicode 15, table 3-7); 0 when
// there is none.
size_t CharacterSize(std::string_view bytes) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const size_t size = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (size == 0 || bytes.size() < size) return 0;
  for (size_t i = 1; i < size; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  const bool overlong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
  const bool beyond = (first == 0xed && byte(1) >= 0xa0) || (first == 0xf4 && byte(1) >= 0x90);
  return overlong || beyond ? 0 : size;
}

}  // namespace

bool IsUtf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const size_t size = CharacterSize(bytes);
    if (size == 0) return false;
    bytes.remove_prefix(size);
  }
  return true;
}

std::string JsonString(std::string_view bytes) {
  std::string text = "\"";
  while (!bytes.empty()) {
    const size_t size = CharacterSize(bytes);
    const char c = bytes[0];
    if (size == 0) {
      text += "\\ufffd";
    } else if (c == '"' || c == '\\') {
      Append(&text, "\\", bytes.substr(0, 1));
    } else if (size == 1 && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)) {
      text += Formatted("\\u%04x", static_cast<unsigned char>(c));
    } else {
      text += bytes.substr(0, size);
    }
    bytes.remove_prefix(size == 0 ? 1 : size);
  }
  return text + '"';
}

JsonObject& JsonObject::Add(std::string_view key, const std::string& json) {
  Append(&text_, text_.size() > 1 ? ", " : "", "\"", key, "\": ", json);
  return *this;
}

JsonObject& JsonObject::Text(std::string_view key, std::string_view value) {
  return Add(key, JsonString(value));
}

JsonObject& JsonObject::Number(std::string_view key, uint64_t value) {
  return Add(key, Cat(value));
}

JsonObject& JsonObject::Decimal(std::string_view key, double value) {
  return Add(key, Formatted("%.3f", value));
}

JsonObject& JsonObject::Flag(std::string_view key, bool value) {
  return Add(key, value ? "true" : "false");
}

JsonObject& JsonObject::Name(std::string_view key, std::string_view value) {
  Text(key, value);
  if (IsUtf8(value)) return *this;
  std::string hex;
  for (const char c : value) hex += Formatted("%02x", static_cast<unsigned char>(c));
  return Text(Cat(key, "_hex"), hex);
}

JsonObject& JsonObject::Ratio(uint64_t raw, uint64_t packed) {
  if (packed == 0) return *this;
  return Decimal("ratio", static_cast<double>(raw) / static_cast<double>(packed));
}

JsonObject& JsonObject::Array(std::string_view key, const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) Append(&text, text.empty() ? "" : ", ", value);
  return Add(key, Cat("[", text, "]"));
}

}  // namespace logpress::cli
