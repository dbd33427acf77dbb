// Small logs of kinds that log compressors find hard, each with what is hard about it.
#ifndef LOGPRESS_TESTS_SUPPORT_ODD_LOGS_H_
#define LOGPRESS_TESTS_SUPPORT_ODD_LOGS_H_

#include <string>
#include <vector>

namespace logpress::testing {

struct OddLog {
  std::string kind;
  std::string bytes;
};

// The same ones every time, 100 to 500 KB each.
std::vector<OddLog> OddLogs();

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_SUPPORT_ODD_LOGS_H_
