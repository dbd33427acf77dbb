// The checks of this folder seen to fail: each coder here loses bytes in a way in which log
// compressors have lost them, and the search must find an input that shows it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <string>
#include <vector>

#include "property/coder.h"
#include "property/property.h"

namespace logpress::testing {
namespace {

// `text` with every `from` replaced by `to`, from left to right.
std::string Replaced(ByteView text, ByteView from, ByteView to) {
  std::string result;
  size_t at = 0;
  for (size_t found; (found = text.find(from, at)) != ByteView::npos; at = found + from.size())
    result.append(text.substr(at, found - at)).append(to);
  return result.append(text.substr(at));
}

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

// `text` with every run of digits replaced by what `change` makes of it.
template <typename Change>
std::string NumbersChanged(ByteView text, Change change) {
  std::string result;
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    while (end < text.size() && IsDigit(text[end])) ++end;
    if (end == i) {
      result.push_back(text[i++]);
    } else {
      result.append(change(std::string(text.substr(i, end - i))));
      i = end;
    }
  }
  return result;
}

std::string WithoutLeadingZeros(ByteView text) {
  return NumbersChanged(text, [](const std::string& digits) {
    const size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    return digits.substr(first);
  });
}

std::string NumbersAs64Bits(ByteView text) {
  return NumbersChanged(text, [](const std::string& digits) {
    if (digits.size() < 20) return digits;
    uint64_t value = 0;
    for (const char digit : digits) value = value * 10 + static_cast<uint64_t>(digit - '0');
    return std::to_string(value);
  });
}

std::string FirstTwoLinesSwapped(ByteView text) {
  const size_t first = text.find('\n') + 1;
  const size_t second = text.find('\n', first) + 1;
  if (first == 0 || second == 0) return std::string(text);
  return std::string(text.substr(first, second - first))
      .append(text.substr(0, first))
      .append(text.substr(second));
}

std::string WithoutFinalNewline(ByteView text) {
  return std::string(text.ends_with('\n') ? text.substr(0, text.size() - 1) : text);
}

std::string WithFinalNewline(ByteView text) {
  return std::string(text).append(text.ends_with('\n') || text.empty() ? "" : "\n");
}

std::string InLowerCaseHex(ByteView text) {
  std::string result(text);
  for (size_t at = 0; (at = result.find("0x", at)) != std::string::npos; ++at) {
    for (size_t i = at + 2;
         i < result.size() && std::isxdigit(static_cast<unsigned char>(result[i])); ++i)
      result[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(result[i])));
  }
  return result;
}

std::string LastByteOfALongLineLost(ByteView text) {
  std::string result;
  size_t column = 0;
  for (const char byte : text) {
    column = byte == '\n' ? 0 : column + 1;
    if (column != 8192) result.push_back(byte);
  }
  return result;
}

struct Fault {
  const char* name;
  std::string (*damage)(ByteView);
  size_t smallest;  // bytes of the smallest input that shows it
};

const std::vector<Fault>& Faults() {
  static const auto* const faults = new std::vector<Fault>{
      {"strips CR", [](ByteView text) { return Replaced(text, "\r", ""); }, 1},
      {"drops leading zeros", WithoutLeadingZeros, 2},
      {"keeps 64 bits of a number", NumbersAs64Bits, 20},
      {"loses the final newline", WithoutFinalNewline, 1},
      {"adds a final newline", WithFinalNewline, 1},
      {"swaps two lines", FirstTwoLinesSwapped, 3},
      {"merges double spaces", [](ByteView text) { return Replaced(text, "  ", " "); }, 2},
      {"strips trailing spaces", [](ByteView text) { return Replaced(text, " \n", "\n"); }, 2},
      {"drops blank lines", [](ByteView text) { return Replaced(text, "\n\n", "\n"); }, 2},
      {"ends at NUL", [](ByteView text) { return std::string(text.substr(0, text.find('\0'))); },
       1},
      {"takes its own separator from the data",
       [](ByteView text) { return Replaced(text, "\x01", "\x02"); }, 1},
      {"takes <*> for a slot", [](ByteView text) { return Replaced(text, "<*>", ""); }, 3},
      {"writes -0 as 0", [](ByteView text) { return Replaced(text, "-0", "0"); }, 2},
      {"writes hex in lower case", InLowerCaseHex, 3},
      {"loses a byte of a long line", LastByteOfALongLineLost, 8192},
  };
  return *faults;
}

TEST_CASE(
    "a coder that loses bytes is found out and the smallest input that shows it is reported") {
  const block::BlockOptions options{1, block::BackendId::kStore};
  for (const Fault& fault : Faults()) {
    DYNAMIC_SECTION(fault.name) {
      const std::unique_ptr<Coder> coder = MakeBrokenCoder(MakeBlockCoder(options), fault.damage);
      const std::optional<Failure> failure = FindFailure(
          {1, 400}, 256 << 10, [&](ByteView raw) { return CheckRoundTrip(coder.get(), raw); });
      REQUIRE(failure.has_value());
      CHECK(failure->smallest.size() <= fault.smallest + fault.smallest / 2);
      CHECK(fault.damage(failure->smallest) != failure->smallest);
      CHECK(failure->message.find("LOGPRESS_PROPERTY_SEED=" + std::to_string(failure->seed)) == 0);
    }
  }
}

TEST_CASE("a payload that is larger than its input by more than 64 bytes is found out") {
  class Bloated : public Coder {
   public:
    absl::Status Encode(ByteView raw, Packed* packed) override {
      packed->payload.assign(raw);
      if (raw.size() > 100) packed->payload.append(65, '\0');
      packed->summary.lines = static_cast<uint64_t>(std::count(raw.begin(), raw.end(), '\n')) +
                              (!raw.empty() && raw.back() != '\n');
      packed->raw_size = raw.size();
      return absl::OkStatus();
    }
    absl::Status Decode(const Packed& packed, ByteBuffer* raw) override {
      raw->assign(packed.payload, 0, packed.raw_size);
      return absl::OkStatus();
    }
  } bloated;
  const std::optional<Failure> failure =
      FindFailure({1, 50}, 4096, [&](ByteView raw) { return CheckRoundTrip(&bloated, raw); });
  REQUIRE(failure.has_value());
  CHECK(failure->smallest.size() == 101);
}

}  // namespace
}  // namespace logpress::testing
