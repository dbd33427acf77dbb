// Every option once: how it is spelled, what it takes, what --help says of it, where it applies and
// what it does. The parser, --help and through it the completions all read this table.
#ifndef LOGPRESS_CLI_OPTION_TABLE_H_
#define LOGPRESS_CLI_OPTION_TABLE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "cli/options.h"

namespace logpress::cli {

// Where an option applies: a bit for each Mode that it is for, and kDefaults for what changes
// nothing but speed, size and messages and so may stand in LOGPRESS_OPT.
using Where = uint16_t;
inline constexpr Where kCompress = 1 << static_cast<int>(Mode::kCompress);
inline constexpr Where kDecompress = 1 << static_cast<int>(Mode::kDecompress);
inline constexpr Where kTest = 1 << static_cast<int>(Mode::kTest);
inline constexpr Where kList = 1 << static_cast<int>(Mode::kList);
inline constexpr Where kRepair = 1 << static_cast<int>(Mode::kRepair);
inline constexpr Where kTemplates = 1 << static_cast<int>(Mode::kTemplates);
inline constexpr Where kExport = 1 << static_cast<int>(Mode::kExport);
inline constexpr Where kStats = 1 << static_cast<int>(Mode::kStats);
inline constexpr Where kQuery = 1 << static_cast<int>(Mode::kQuery);
inline constexpr Where kDiff = 1 << static_cast<int>(Mode::kDiff);
inline constexpr Where kTrain = 1 << static_cast<int>(Mode::kTrain);
inline constexpr Where kLooking = kTemplates | kExport | kStats | kQuery | kDiff;
inline constexpr Where kFileModes = kCompress | kDecompress | kTest | kList | kRepair;
inline constexpr Where kAnywhere = kFileModes | kLooking | kTrain;
inline constexpr Where kDefaults = 1 << 15;

struct OptionSpec {
  std::string_view group;  // heading in --help
  char short_name;         // 0: none
  std::string_view names;  // the long name; behind it, after spaces, other spellings of it
  std::string_view value;  // what --help calls its value; empty: a flag; in []: may be left out
  std::string_view help;   // lines separated by '\n'; empty: not shown there
  Where where;
  // Reads `value` into its place. kInvalidArgument with "what; what to do" when it makes no sense.
  absl::Status (*apply)(const std::string& value, Options* options);

  std::string_view name() const { return names.substr(0, names.find(' ')); }
  bool value_required() const { return !value.empty() && value[0] != '['; }
};

// In the order of --help. The levels -1 to -9 are --level.
std::span<const OptionSpec> OptionTable();

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_OPTION_TABLE_H_
