// Words that no log has, and a log of few of them.
#ifndef LOGPRESS_TESTS_SUPPORT_WORDS_H_
#define LOGPRESS_TESTS_SUPPORT_WORDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "support/random.h"

namespace logpress::testing {

inline std::string MadeUpWord(Random* random, size_t size) {
  std::string word;
  while (word.size() < size) word += static_cast<char>('a' + random->Below(26));
  return word;
}

// Lines of words from a list of twenty, and digits that nobody packs well: 18 bytes of payload a
// line.
inline std::string WordyLog(uint64_t seed, int lines) {
  Random random(seed);
  std::array<std::string, 20> words;
  for (std::string& word : words) word = MadeUpWord(&random, 6);
  std::string log;
  for (int i = 0; i < lines; ++i) {
    log += "task of " + random.Pick(words) + " for " + random.Pick(words) + " was given ";
    for (int n = 0; n < 40; ++n) log += static_cast<char>('0' + random.Below(10));
    log += '\n';
  }
  return log;
}

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_SUPPORT_WORDS_H_
