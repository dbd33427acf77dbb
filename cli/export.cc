// Writes lines of logs as tables: what each was written with, and its values.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/fd_io.h"
#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/commands.h"
#include "cli/log_bytes.h"
#include "cli/log_statements.h"
#include "cli/operands.h"
#include "cli/record_writer.h"
#include "cli/text.h"
#include "statement/log_feed.h"
#include "statement/row_maker.h"
#include "statement/statements.h"

namespace logpress::cli {
namespace {

constexpr size_t kWriteSize = size_t{256} << 10;
constexpr size_t kCopySize = size_t{64} << 10;

// Takes the bytes of logs, one after the other, and hands a record for each line to a writer.
class LineExporter : public ByteSink {
 public:
  // Borrows all but the writer.
  LineExporter(std::unique_ptr<RecordWriter> writer, std::string id,
               const statement::StatementSet* statements,
               const Vector<statement::HeaderFrom>* headers, Console* console)
      : writer_(std::move(writer)),
        id_(std::move(id)),
        rows_(statements, headers),
        console_(console) {
    Vector<std::string> names;
    for (const statement::HeaderFrom& each : *headers) {
      for (const std::string& name : each.header.names()) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      }
    }
    writer_->Begin(names, &out_);
  }

  absl::Status Write(ByteView bytes) override {
    while (!bytes.empty()) {
      const size_t newline = bytes.find('\n');
      if (newline == ByteView::npos) {
        pending_.append(bytes);
        return absl::OkStatus();
      }
      if (pending_.empty()) {
        WriteLine(bytes.substr(0, newline));
      } else {
        pending_.append(bytes.substr(0, newline));
        WriteLine(pending_);
        pending_.clear();
      }
      bytes.remove_prefix(newline + 1);
    }
    return absl::OkStatus();
  }

  // The end of a log.
  void EndLog() {
    if (!pending_.empty()) WriteLine(pending_);
    pending_.clear();
    console_->Output(out_);
    out_.clear();
  }

 private:
  void WriteLine(ByteView line) {
    const statement::Row& row = rows_.Make(line, lines_++);
    if (!id_.empty() && row.statement->id() != id_) return;
    writer_->Write(row, &out_);
    if (out_.size() < kWriteSize) return;
    console_->Output(out_);
    out_.clear();
  }

  const std::unique_ptr<RecordWriter> writer_;
  const std::string id_;  // of the lines to write; empty: all
  statement::RowMaker rows_;
  Console* const console_;
  uint64_t lines_ = 0;
  ByteBuffer pending_;
  std::string out_;
};

// What cannot be read twice is kept in a file without a name meanwhile.
class Spool : public ByteSink {
 public:
  Spool() : file_(std::tmpfile(), std::fclose) {}

  bool ok() const { return file_ != nullptr; }
  absl::Status Write(ByteView bytes) override {
    return FdSink(fileno(file_.get()), "a temporary file").Write(bytes);
  }
  absl::Status CopyTo(ByteSink* sink) {
    std::rewind(file_.get());
    FdSource source(fileno(file_.get()), "a temporary file");
    std::vector<char> buffer(kCopySize);
    for (;;) {
      LOGPRESS_ASSIGN_OR_RETURN(const size_t size, source.Read(buffer.data(), buffer.size()));
      if (size == 0) return absl::OkStatus();
      LOGPRESS_RETURN_IF_ERROR(sink->Write(ByteView(buffer.data(), size)));
    }
  }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

// A log that was looked at once.
struct Log {
  std::string path;
  std::unique_ptr<Spool> spool;  // null: it is read again
};

absl::StatusOr<Log> Learn(const Options& options, const std::string& path, statement::LogFeed* feed,
                          Console* console) {
  Log log{path, nullptr};
  LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(path, InputKind::kAnything));
  if (!input.is_regular() || input.is_stdin()) {
    log.spool = std::make_unique<Spool>();
    if (!log.spool->ok()) {
      return absl::UnavailableError(
          Cat(input.name(),
              ": no temporary file can be made to keep it in; set TMPDIR, or name a "
              "regular file"));
    }
  }
  LOGPRESS_RETURN_IF_ERROR(FeedLog(options, path, feed, log.spool.get(), console));
  return log;
}

absl::Status Export(const Options& options, const Log& log, ByteSink* sink, Console* console) {
  if (log.spool != nullptr) return log.spool->CopyTo(sink);
  LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(log.path, InputKind::kAnything));
  ArchiveSource source(input);
  archive::ReaderTotals totals;
  return ReadLog(options, Accept::kAnything, &source, input, sink, console, &totals);
}

}  // namespace

void ExportLines(const Options& options, Console* console) {
  statement::PatternCollector collector;
  statement::LogFeed feed(&collector);
  std::vector<Log> logs;
  for (const Operand& file : ExpandOperands(options, console)) {
    absl::StatusOr<Log> log = Learn(options, file.path, &feed, console);
    if (log.ok()) {
      logs.push_back(*std::move(log));
    } else {
      console->Error(log.status());
    }
  }
  const statement::StatementSet statements(collector.patterns());
  LineExporter exporter(NewRecordWriter(options.layout), options.template_id, &statements,
                        &collector.headers(), console);
  for (const Log& log : logs) {
    const absl::Status status = Export(options, log, &exporter, console);
    if (!status.ok()) console->Error(status);
    exporter.EndLog();
  }
}

}  // namespace logpress::cli
