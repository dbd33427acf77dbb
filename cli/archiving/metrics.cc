#include "cli/archiving/metrics.h"

#include <fcntl.h>

#include <cerrno>
#include <optional>

#include "base/status.h"
#include "cli/file_io.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

// A label's value: backslash, quote and newline are escaped. It must be UTF-8, or the collector
// takes none of the file; of what is not, the bytes are shown as in \xff.
std::string Label(std::string_view value) {
  std::string text;
  const bool utf8 = IsUtf8(value);
  for (const char c : value) {
    if (const auto byte = static_cast<unsigned char>(c); !utf8 && byte >= 0x80) {
      text += Formatted("\\\\x%02x", byte);
      continue;
    }
    if (c == '\\' || c == '"') text += '\\';
    if (c == '\n') {
      text += "\\n";
    } else {
      text += c;
    }
  }
  return text;
}

class Metrics {
 public:
  void Begin(std::string_view name, std::string_view help) {
    name_ = Cat("logpress_archive_", name);
    Append(&text_, "# HELP ", name_, " ", help, "\n# TYPE ", name_, " gauge\n");
  }
  void Value(const std::string& labels, const std::string& value) {
    Append(&text_, name_, labels.empty() ? "" : "{", labels, labels.empty() ? "" : "}", " ", value,
           "\n");
  }
  const std::string& text() const { return text_; }

 private:
  std::string name_;
  std::string text_;
};

void AddInventories(const std::vector<NamedInventory>& inventories, Metrics* metrics) {
  struct Gauge {
    std::string_view name;
    std::string_view help;
    std::optional<int64_t> (*value)(const Stock& stock);
  };
  static constexpr Gauge kGauges[] = {
      {"stored_archives", "Archives that are there, by the folder that was named.",
       [](const Stock& stock) { return std::optional(stock.archives); }},
      {"stored_unreadable_archives", "Archives that are there without a whole index.",
       [](const Stock& stock) { return std::optional(stock.unreadable); }},
      {"stored_raw_bytes", "Bytes of log in the archives that are there.",
       [](const Stock& stock) { return std::optional(stock.raw_bytes); }},
      {"stored_archive_bytes", "Bytes of the archives that are there.",
       [](const Stock& stock) { return std::optional(stock.archive_bytes); }},
      {"stored_oldest_line_timestamp_seconds",
       "Time of the oldest line in the archives that are there, in seconds since 1970.",
       [](const Stock& stock) { return stock.oldest_line; }},
      {"stored_newest_line_timestamp_seconds",
       "Time of the newest line in the archives that are there, in seconds since 1970.",
       [](const Stock& stock) { return stock.newest_line; }},
  };
  for (const Gauge& gauge : kGauges) {
    metrics->Begin(gauge.name, gauge.help);
    for (const auto& [policy, folders] : inventories) {
      for (const auto& [folder, stock] : folders) {
        const std::optional<int64_t> value = gauge.value(stock);
        if (!value) continue;
        metrics->Value(Cat("policy=\"", Label(policy), "\",folder=\"", Label(folder), "\""),
                       Cat(*value));
      }
    }
  }
}

}  // namespace

std::string MetricsText(const Report& report, const std::vector<NamedInventory>& inventories,
                        double seconds, bool stopped, int64_t finished) {
  Metrics metrics;
  metrics.Begin("last_run_timestamp_seconds", "When the last run ended, in seconds since 1970.");
  metrics.Value("", Cat(finished));
  metrics.Begin("last_run_duration_seconds", "How long the last run took.");
  metrics.Value("", Formatted("%.3f", seconds));
  metrics.Begin("last_run_success", "1 when nothing failed in the last run, else 0.");
  metrics.Value("", report.totals().failed() ? "0" : "1");
  metrics.Begin("last_run_stopped", "1 when the last run ended early (SIGTERM, --max-runtime).");
  metrics.Value("", stopped ? "1" : "0");

  const auto policy_label = [](const Report::Named& policy) {
    return Cat("policy=\"", Label(policy.name), "\"");
  };
  metrics.Begin("files", "Files of the last run by what came of them.");
  for (const Report::Named& policy : report.policies()) {
    for (size_t i = 0; i < kOutcomes; ++i) {
      const auto outcome = static_cast<Outcome>(i);
      metrics.Value(Cat(policy_label(policy), ",outcome=\"", OutcomeName(outcome), "\""),
                    Cat(policy.totals.count(outcome)));
    }
  }
  metrics.Begin("skipped_files", "Files that the last run left alone, by the reason.");
  for (const Report::Named& policy : report.policies())
    for (const auto& [reason, count] : policy.totals.skipped)
      metrics.Value(Cat(policy_label(policy), ",reason=\"", reason, "\""), Cat(count));
  struct Number {
    std::string_view name;
    std::string_view help;
    uint64_t PolicyTotals::*value;
  };
  static constexpr Number kNumbers[] = {
      {"source_bytes", "Bytes of the files that the last run packed.", &PolicyTotals::source_bytes},
      {"raw_bytes", "Bytes of log in these files.", &PolicyTotals::raw_bytes},
      {"archive_bytes", "Bytes of the archives made of them.", &PolicyTotals::archive_bytes},
      {"deleted_bytes", "Bytes of the archives that the last run deleted.",
       &PolicyTotals::deleted_bytes},
      {"errors", "Errors beside those of files: folders that cannot be read and the like.",
       &PolicyTotals::errors},
      {"warnings", "Warnings of the last run.", &PolicyTotals::warnings},
  };
  for (const Number& number : kNumbers) {
    metrics.Begin(number.name, number.help);
    for (const Report::Named& policy : report.policies())
      metrics.Value(policy_label(policy), Cat(policy.totals.*number.value));
  }
  AddInventories(inventories, &metrics);
  return metrics.text();
}

absl::Status WriteMetrics(FileOps* ops, const std::string& path, const std::string& text) {
  const std::string name = Printable(path);
  // The collector takes *.prom only, so not this.
  const std::string temporary = Cat(path, ".new");
  const auto failed = [&](std::string_view what) {
    const absl::Status status = ErrnoStatus(errno, what);
    ops->Unlink(AT_FDCWD, temporary.c_str());
    return absl::Status(status.code(), Cat(name, ": ", Message(status),
                                           "; name a file that can be written with --metrics"));
  };
  Fd fd = OpenFile(ops, AT_FDCWD, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0644);
  if (!fd.ok()) return failed("cannot write metrics");
  OpsSink sink(ops, fd.get(), name);
  if (const absl::Status status = sink.Write(text); !status.ok()) {
    errno = StatusErrno(status);
    return failed("cannot write metrics");
  }
  if (ops->ChangeMode(fd.get(), 0644) != 0 || fd.Reset() != 0 ||
      ops->Rename(AT_FDCWD, temporary.c_str(), path.c_str(), 0) != 0)
    return failed("cannot write metrics");
  return absl::OkStatus();
}

}  // namespace logpress::cli::archiving
