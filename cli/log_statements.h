// The statements of the logs that a command line names.
#ifndef LOGPRESS_CLI_LOG_STATEMENTS_H_
#define LOGPRESS_CLI_LOG_STATEMENTS_H_

#include <string>

#include "absl/status/status.h"
#include "base/io.h"
#include "cli/console.h"
#include "cli/options.h"
#include "statement/log_feed.h"

namespace logpress::cli {

// Feeds options.part of the log in `path`, of whatever kind it is. With `copy`, which may be null,
// its bytes go there too.
absl::Status FeedLog(const Options& options, const std::string& path, statement::LogFeed* feed,
                     ByteSink* copy, Console* console);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_LOG_STATEMENTS_H_
