// JSON, written: objects on one line each, so that a run's output is JSON Lines.
#ifndef LOGPRESS_CLI_JSON_H_
#define LOGPRESS_CLI_JSON_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logpress::cli {

bool IsUtf8(std::string_view bytes);

// `bytes` as a JSON string. What is not UTF-8 becomes U+FFFD, as JSON cannot say it.
std::string JsonString(std::string_view bytes);

// An object, member by member.
class JsonObject {
 public:
  JsonObject& Add(std::string_view key, const std::string& json);
  JsonObject& Text(std::string_view key, std::string_view value);
  JsonObject& Number(std::string_view key, uint64_t value);
  JsonObject& Decimal(std::string_view key, double value);
  JsonObject& Flag(std::string_view key, bool value);
  // A name; where it is not UTF-8, its bytes follow in hex.
  JsonObject& Name(std::string_view key, std::string_view value);
  // How many times `packed` goes into `raw`, if it is more than nothing.
  JsonObject& Ratio(uint64_t raw, uint64_t packed);
  // Of values that are JSON already.
  JsonObject& Array(std::string_view key, const std::vector<std::string>& values);

  std::string Done() const { return text_ + "}"; }

 private:
  std::string text_ = "{";
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_JSON_H_
