// `logpress grep`, from its command line to its exit status.
#ifndef LOGPRESS_CLI_GREP_RUN_H_
#define LOGPRESS_CLI_GREP_RUN_H_

#include <cstdint>
#include <span>
#include <string>

#include "base/io.h"
#include "cli/grep/options.h"
#include "search/parse.h"
#include "search/pattern.h"

namespace logpress::cli::grep {

// `syntax` is what the patterns are in unless an option says otherwise. 0: lines were selected,
// 1: none was, 2: an error.
int GrepMain(std::span<const std::string> arguments, search::Syntax syntax);

// Searches the files that `options` name and prints to `out` what they ask for. Returns the same,
// and in *lines_selected (may be null) how many lines were.
int SearchFiles(const GrepOptions& options, const search::Pattern& pattern, ByteSink* out,
                uint64_t* lines_selected);

}  // namespace logpress::cli::grep

#endif  // LOGPRESS_CLI_GREP_RUN_H_
