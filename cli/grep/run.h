// `logpress grep`, from its command line to its exit status.
#ifndef LOGPRESS_CLI_GREP_RUN_H_
#define LOGPRESS_CLI_GREP_RUN_H_

#include <span>
#include <string>

#include "search/parse.h"

namespace logpress::cli::grep {

// `syntax` is what the patterns are in unless an option says otherwise. 0: lines were selected,
// 1: none was, 2: an error.
int GrepMain(std::span<const std::string> arguments, search::Syntax syntax);

}  // namespace logpress::cli::grep

#endif  // LOGPRESS_CLI_GREP_RUN_H_
