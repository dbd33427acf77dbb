// Whether a line meets what it must to match, by looking at it.
#ifndef LOGPRESS_TESTS_SEARCH_MEETS_H_
#define LOGPRESS_TESTS_SEARCH_MEETS_H_

#include <algorithm>
#include <string>

#include "search/needs.h"

namespace logpress::search {

inline bool Meets(const Needs& needs, const std::string& line) {
  const auto meets = [&line](const Needs& part) { return Meets(part, line); };
  switch (needs.kind) {
    case Needs::Kind::kNothing:
      return true;
    case Needs::Kind::kLiteral:
      return line.find(needs.literal) != std::string::npos;
    case Needs::Kind::kSets:
      for (size_t at = 0; at + needs.sets.size() <= line.size(); ++at) {
        size_t i = 0;
        while (i < needs.sets.size() && needs.sets[i][static_cast<unsigned char>(line[at + i])])
          ++i;
        if (i == needs.sets.size()) return true;
      }
      return false;
    case Needs::Kind::kAll:
      return std::all_of(needs.parts.begin(), needs.parts.end(), meets);
    case Needs::Kind::kAny:
      return std::any_of(needs.parts.begin(), needs.parts.end(), meets);
  }
  return true;
}

inline std::string LowerCase(std::string line) {
  for (char& c : line) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return line;
}

inline bool Meets(const Query& query, const std::string& line) {
  return Meets(query.needs, query.ignore_case ? LowerCase(line) : line);
}

}  // namespace logpress::search

#endif  // LOGPRESS_TESTS_SEARCH_MEETS_H_
