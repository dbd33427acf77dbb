// The logs that a command line names, line by line, each with what it was written with.
#ifndef LOGPRESS_CLI_LOG_ROWS_H_
#define LOGPRESS_CLI_LOG_ROWS_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "cli/console.h"
#include "cli/options.h"
#include "statement/log_feed.h"
#include "statement/patterns.h"
#include "statement/row_maker.h"
#include "statement/statements.h"

namespace logpress::cli {

// Reads logs twice: once for their statements, and again for their lines. What cannot be read twice
// is kept in a temporary file meanwhile.
class LogRows {
 public:
  // Reads options.part of all logs once. What cannot be read is told, and left out from there on.
  // Borrows both.
  LogRows(const Options& options, Console* console);
  ~LogRows();

  size_t size() const { return logs_.size(); }
  const statement::StatementSet& statements() const { return *statements_; }
  const Vector<statement::HeaderFrom>& headers() const { return collector_.headers(); }

  struct Line {
    size_t log;          // its place among the logs
    ByteView bytes;      // without its newline
    bool ends;           // with a newline
    logpress_time time;  // its own, or that of the line before it in the log that has one
  };
  // Calls `take` for the lines of all logs in their order that `wants` wants, or of these only
  // those of the statement that options.template_id names, if that is set.

  using Wants = std::function<bool(ByteView line)>;
  using Take = std::function<void(const statement::Row& row, const Line& line)>;
  void ForEach(const Wants& wants, const Take& take);
  void ForEach(const Take& take) {
    ForEach([](ByteView) { return true; }, take);
  }

 private:
  class Spool;
  class Cutter;
  // A log that was looked at once.
  struct Log {
    std::string path;
    std::unique_ptr<Spool> spool;  // null: it is read again
    bool told;                     // that it is damaged
  };

  absl::Status Learn(const std::string& path, statement::LogFeed* feed);
  absl::Status Read(const Log& log, ByteSink* sink);

  const Options& options_;
  Console* const console_;
  statement::PatternCollector collector_;
  std::optional<statement::StatementSet> statements_;
  std::vector<Log> logs_;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_LOG_ROWS_H_
