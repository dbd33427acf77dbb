#include "support/shrink.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace logpress::testing {
namespace {

using Pieces = std::vector<ByteView>;  // of the input, which outlives them

Pieces SplitLines(ByteView input) {
  Pieces lines;
  while (!input.empty()) {
    const size_t size = std::min(input.find('\n'), input.size() - 1) + 1;
    lines.push_back(input.substr(0, size));
    input.remove_prefix(size);
  }
  return lines;
}

Pieces SplitBytes(ByteView input) {
  Pieces bytes;
  for (size_t i = 0; i < input.size(); ++i) bytes.push_back(input.substr(i, 1));
  return bytes;
}

std::string Join(const Pieces& pieces) {
  std::string joined;
  for (const ByteView piece : pieces) joined += piece;
  return joined;
}

class Shrinker {
 public:
  Shrinker(const std::function<bool(ByteView)>& fails, int max_calls)
      : fails_(fails), calls_left_(max_calls) {}

  bool Fails(ByteView input) { return calls_left_-- > 0 && fails_(input); }

  // Leaves out runs of pieces, long runs first.
  Pieces Remove(Pieces pieces) {
    for (size_t run = pieces.size(); run > 0; run /= 2) {
      for (size_t at = 0; at < pieces.size() && calls_left_ > 0;) {
        Pieces fewer(pieces.begin(), pieces.begin() + static_cast<std::ptrdiff_t>(at));
        const size_t rest = std::min(at + run, pieces.size());
        fewer.insert(fewer.end(), pieces.begin() + static_cast<std::ptrdiff_t>(rest), pieces.end());
        if (Fails(Join(fewer))) {
          pieces = std::move(fewer);
        } else {
          at += run;
        }
      }
    }
    return pieces;
  }

  std::string Plainer(std::string input) {
    for (char& byte : input) {
      for (const char plain : {'a', '0'}) {
        const char before = byte;
        if (before == plain) break;
        byte = plain;
        if (Fails(input)) break;
        byte = before;
      }
    }
    return input;
  }

 private:
  const std::function<bool(ByteView)>& fails_;
  int calls_left_;
};

}  // namespace

std::string Shrink(std::string input, const std::function<bool(ByteView)>& fails, int max_calls) {
  Shrinker shrinker(fails, max_calls);
  // Twice: bytes that are gone may make lines superfluous that were not.
  for (int round = 0; round < 2; ++round) {
    input = Join(shrinker.Remove(SplitLines(input)));
    input = Join(shrinker.Remove(SplitBytes(input)));
  }
  return shrinker.Plainer(std::move(input));
}

std::string AsLiteral(ByteView bytes, size_t max_bytes) {
  constexpr std::string_view kOctal = "01234567";
  std::string literal = "\"";
  for (size_t i = 0; i < std::min(bytes.size(), max_bytes); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte == '"' || byte == '\\') {
      literal += {'\\', bytes[i]};
    } else if (byte >= ' ' && byte < 0x7f) {
      literal += bytes[i];
    } else if (byte == '\n') {
      literal += i + 1 < bytes.size() ? "\\n\"\n\"" : "\\n";
    } else {  // octal, which ends after three digits whatever follows
      literal += {'\\', kOctal[byte >> 6], kOctal[byte >> 3 & 7], kOctal[byte & 7]};
    }
  }
  literal += '"';
  if (bytes.size() > max_bytes)
    literal += " and " + std::to_string(bytes.size() - max_bytes) + " more bytes";
  return literal;
}

}  // namespace logpress::testing
