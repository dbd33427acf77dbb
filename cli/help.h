// What --help and --version print.
#ifndef LOGPRESS_CLI_HELP_H_
#define LOGPRESS_CLI_HELP_H_

#include <string>

namespace logpress::cli {

// 80 columns at most, made from the table that the parser reads.
std::string HelpText();

// The program, the libraries that it runs with, and the formats that it reads.
std::string VersionText();

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_HELP_H_
