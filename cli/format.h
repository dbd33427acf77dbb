// Sizes, ratios, times and names as people read them; how they write them is in values.h.
#ifndef LOGPRESS_CLI_FORMAT_H_
#define LOGPRESS_CLI_FORMAT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace logpress::cli {

// "812 B", "4.25 MiB", "17.3 GiB": three digits and a unit.
std::string HumanSize(uint64_t bytes);

// "25.1": how many times `packed` goes into `raw`; "-" when there is nothing to compare.
std::string Ratio(uint64_t raw, uint64_t packed);

// "8 s", "3 min 20 s", "2 h 5 min".
std::string HumanDuration(double seconds);

// A file name as it can be printed: control characters as \n, \t or \xHH, so that a name can
// neither break a line nor talk to the terminal. "-" is for the caller to replace.
std::string Printable(std::string_view name);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_FORMAT_H_
