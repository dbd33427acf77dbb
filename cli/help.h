// What --help and --version print.
#ifndef LOGPRESS_CLI_HELP_H_
#define LOGPRESS_CLI_HELP_H_

#include <string>
#include <string_view>

namespace logpress::cli {

// 80 columns at most, made from the table that the parser reads.
std::string HelpText();

// A row of --help: "  -x, --name=VALUE  help". `letter` 0, `name` or `value` empty: there is none;
// `help` may have several lines.
void AppendOption(char letter, std::string_view name, std::string_view value, std::string_view help,
                  std::string* text);

// The program, the libraries that it runs with, and the formats that it reads.
std::string VersionText();

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_HELP_H_
