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
    Vector<ByteBuffer> previous;
    if (!rule.previous.empty()) previous.emplace_back(rule.previous);
    const Slot slot{rule.text.substr(0, at), rule.text.substr(at + 3), values, previous};
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

TEST_CASE("a number behind a colon is a port where an address stands before it") {
  const Vector<ByteBuffer> ports = {"80", "8443"};
  const Vector<ByteBuffer> hosts = {"a.example.org", "10.0.0.1"};
  const Vector<ByteBuffer> words = {"one", "two"};
  CHECK(TypeOf({":", " left", ports, hosts}) == ValueType::kLocation);
  CHECK(TypeOf({":", " left", ports, words}) == ValueType::kOther);
  CHECK(TypeOf({" ", " left", ports, hosts}) == ValueType::kOther);
}

TEST_CASE("times, versions, hosts and packages are told by their form") {
  CHECK(TypeIn("on <*>", {"2024-05-17"}) == ValueType::kTime);
  CHECK(TypeIn("on <*>", {"17/05/2024"}) == ValueType::kTime);
  CHECK(TypeIn("on <*>", {"20240-5-17"}) == ValueType::kOther);
  CHECK(TypeIn("on <*>:", {"10", "59"}) == ValueType::kTime);
  CHECK(TypeIn("on <*>:", {"10", "60"}) == ValueType::kOther);
  CHECK(TypeIn("on <*>", {"v0.97", "go1.19.3"}) == ValueType::kType);
  CHECK(TypeIn("on <*>", {"1.2"}) == ValueType::kOther);
  CHECK(TypeIn("on <*>", {"db.example.org"}) == ValueType::kLocation);
  CHECK(TypeIn("class <*>", {"org.example.Main"}) == ValueType::kObjectName);
  CHECK(TypeIn("cxid <*>", {"12"}) == ValueType::kObjectId);
  CHECK(TypeIn("invalid <*>", {"12"}) == ValueType::kOther);
}

}  // namespace
}  // namespace logpress::statement
