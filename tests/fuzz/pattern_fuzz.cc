// Patterns and lines, both from the fuzzer: whatever the pattern, it compiles or is refused, and
// no line that matches misses what it needs to match.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "search/meets.h"
#include "search/pattern.h"

using logpress::search::Pattern;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  logpress::search::PatternOptions options;
  options.syntax = static_cast<logpress::search::Syntax>(data[0] % 3);
  options.ignore_case = (data[0] & 4) != 0;
  options.whole_words = (data[0] & 8) != 0;
  options.whole_lines = (data[0] & 16) != 0;
  const size_t length = std::min<size_t>(data[1], size - 2);
  const auto* const bytes = reinterpret_cast<const char*>(data);
  const std::vector<std::string> patterns = {std::string(bytes + 2, length)};
  const auto pattern = Pattern::Compile(patterns, options);
  if (!pattern.ok()) return 0;

  const std::string lines(bytes + 2 + length, size - 2 - length);
  for (size_t begin = 0; begin < lines.size();) {
    const size_t end = std::min(lines.find('\n', begin), lines.size());
    const std::string line = lines.substr(begin, end - begin);
    const bool matches = pattern->FindLine(line + '\n', 0) == 0;
    const auto& query = pattern->query();
    const bool meets = Meets(query, line);
    if (matches && !meets) abort();
    if (query.exact && meets != matches) abort();
    const auto found = pattern->Find(line, 0);
    if (found && found->begin + found->size > line.size()) abort();
    if (!options.whole_words && found.has_value() != matches) abort();
    begin = end + 1;
  }
  return 0;
}
