#include "statement/value_types.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace logpress::statement {
namespace {

// The slot of "text <*> text" with these values.
ValueType TypeIn(std::string_view text, const std::vector<std::string>& values) {
  const size_t at = text.find("<*>");
  Vector<ByteBuffer> seen;
  for (const std::string& value : values) seen.emplace_back(value);
  return TypeOf({text.substr(0, at), text.substr(at + 3), seen});
}

TEST_CASE("every rule names its example, and no rule before it does") {
  for (const ValueRule& rule : ValueRules()) {
    INFO(rule.text << " with " << rule.value);
    const size_t at = rule.text.find("<*>");
    REQUIRE(at != std::string_view::npos);
    const Vector<ByteBuffer> values = {ByteBuffer(rule.value)};
    const Slot slot{rule.text.substr(0, at), rule.text.substr(at + 3), values};
    CHECK(rule.holds(slot));
    for (const ValueRule& before : ValueRules()) {
      if (&before == &rule) break;
      CHECK(!before.holds(slot));
    }
    CHECK(TypeOf(slot) == rule.type);
  }
}

TEST_CASE("all values have to be of a kind") {
  CHECK(TypeIn("got <*>", {"10.0.0.1", "10.0.0.2"}) == ValueType::kLocation);
  CHECK(TypeIn("got <*>", {"10.0.0.1", "12"}) == ValueType::kOther);
  CHECK(TypeIn("got <*>", {}) == ValueType::kOther);
  CHECK(TypeIn("got <*>", {"12"}) == ValueType::kOther);
}

TEST_CASE("hexadecimal numbers, sizes and versions are no ids") {
  CHECK(TypeIn("got <*>", {"0x91318000"}) == ValueType::kOther);
  CHECK(TypeIn("got <*>", {"1.5Gb/s"}) == ValueType::kOther);
  CHECK(TypeIn("got <*>", {"container_1445144423722_0"}) == ValueType::kObjectId);
}

TEST_CASE("the last part of a name counts") {
  CHECK(TypeIn("maxWaitTime=<*>", {"12"}) == ValueType::kTime);
  CHECK(TypeIn("sessionId: <*>", {"12"}) == ValueType::kObjectId);
  CHECK(TypeIn("TIMEOUT=<*>", {"12"}) == ValueType::kTime);
}

}  // namespace
}  // namespace logpress::statement
