#include "cli/log_rows.h"

#include <cstdint>
#include <cstdio>
#include <utility>

#include "api/times.h"
#include "base/bytes.h"
#include "base/fd_io.h"
#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/input_file.h"
#include "cli/log_bytes.h"
#include "cli/log_statements.h"
#include "cli/operands.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

constexpr size_t kCopySize = size_t{64} << 10;

}  // namespace

class LogRows::Spool : public ByteSink {
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

// Cuts the bytes of logs, one after the other, into lines.
class LogRows::Cutter : public ByteSink {
 public:
  Cutter(const LogRows& logs, const Wants& wants, const Take& take)
      : id_(logs.options_.template_id),
        rows_(&logs.statements(), &logs.headers()),
        wants_(wants),
        take_(take) {}

  absl::Status Write(ByteView bytes) override {
    while (!bytes.empty()) {
      const size_t newline = bytes.find('\n');
      if (newline == ByteView::npos) {
        pending_.append(bytes);
        return absl::OkStatus();
      }
      if (pending_.empty()) {
        Give(bytes.substr(0, newline), true);
      } else {
        pending_.append(bytes.substr(0, newline));
        Give(pending_, true);
        pending_.clear();
      }
      bytes.remove_prefix(newline + 1);
    }
    return absl::OkStatus();
  }

  void EndLog() {
    if (!pending_.empty()) Give(pending_, false);
    pending_.clear();
    time_ = {};
    ++log_;
  }

 private:
  void Give(ByteView line, bool ends) {
    const time::LineTime& time = rows_.Begin(line, lines_++);
    if (time.kind != time::TimeKind::kNone) time_ = api::TimeOf(time);
    if (!wants_(line)) return;
    const statement::Row& row = rows_.Finish();
    if (id_.empty() || row.statement->id() == id_) take_(row, {log_, line, ends, time_});
  }

  const std::string& id_;
  statement::RowMaker rows_;
  const Wants& wants_;
  const Take& take_;
  size_t log_ = 0;
  uint64_t lines_ = 0;
  logpress_time time_{};
  ByteBuffer pending_;
};

LogRows::LogRows(const Options& options, Console* console) : options_(options), console_(console) {
  statement::LogFeed feed(&collector_);
  for (const Operand& file : ExpandOperands(options, console)) {
    const absl::Status status = Learn(file.path, &feed);
    if (!status.ok()) console->Error(status);
  }
  statements_.emplace(collector_);
}

LogRows::~LogRows() = default;

absl::Status LogRows::Learn(const std::string& path, statement::LogFeed* feed) {
  Log log{path, nullptr, false};
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
  absl::Status status = FeedLog(options_, path, feed, log.spool.get(), console_);
  // What stands before a damaged place is taken all the same.
  log.told = !status.ok();
  logs_.push_back(std::move(log));
  return status;
}

absl::Status LogRows::Read(const Log& log, ByteSink* sink) {
  if (log.spool != nullptr) return log.spool->CopyTo(sink);
  LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(log.path, InputKind::kAnything));
  ArchiveSource source(input);
  archive::ReaderTotals totals;
  return ReadLog(options_, Accept::kAnything, &source, input, sink, console_, &totals);
}

void LogRows::ForEach(const Wants& wants, const Take& take) {
  Cutter cutter(*this, wants, take);
  for (const Log& log : logs_) {
    const absl::Status status = Read(log, &cutter);
    if (!status.ok() && !log.told) console_->Error(status);
    cutter.EndLog();
  }
}

}  // namespace logpress::cli
