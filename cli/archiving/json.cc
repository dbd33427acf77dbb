#include "cli/archiving/json.h"

#include <cstdint>
#include <cstdio>

#include "cli/archiving/report.h"
#include "cli/json.h"

namespace logpress::cli::archiving {
namespace {

void Print(const JsonObject& object) {
  const std::string line = object.Done() + "\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

}  // namespace

void PrintJsonFile(const FileResult& result, std::string_view policy, bool dry_run) {
  JsonObject object;
  object.Text("type", "file").Text("policy", policy).Name("path", result.path);
  object.Text("outcome", OutcomeName(result.outcome));
  if (dry_run) object.Flag("dry_run", true);
  if (result.outcome == Outcome::kSkipped || result.outcome == Outcome::kIgnored)
    object.Text("reason", ReasonName(result.reason));
  if (!result.message.empty()) object.Text("message", result.message);
  if (result.packer != Packer::kNone) object.Text("repacked_from", PackerName(result.packer));
  if (result.outcome == Outcome::kDeleted) {
    object.Number("archive_bytes", result.source_bytes);
  } else if (result.outcome == Outcome::kPacked || result.outcome == Outcome::kFinished) {
    object.Text("chosen", result.chosen).Number("source_bytes", result.source_bytes);
    if (!result.due.empty()) object.Text("due", result.due);
    if (!dry_run) {
      object.Name("archive", result.archive).Number("raw_bytes", result.raw_bytes);
      object.Number("archive_bytes", result.archive_bytes);
      object.Ratio(result.source_bytes, result.archive_bytes);
      object.Flag("removed_source", result.removed_source).Decimal("seconds", result.seconds);
    }
  }
  Print(object);
}

void PrintJsonMessage(std::string_view type, std::string_view path, std::string_view message) {
  Print(JsonObject().Text("type", type).Name("path", path).Text("message", message));
}

void PrintJsonSummary(const PolicyTotals& totals, double seconds, std::string_view stopped,
                      bool dry_run) {
  JsonObject object;
  object.Text("type", "summary");
  if (dry_run) object.Flag("dry_run", true);
  for (size_t i = 0; i < kOutcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    object.Number(OutcomeName(outcome), totals.count(outcome));
  }
  JsonObject reasons;
  for (const auto& [reason, count] : totals.skipped) reasons.Number(reason, count);
  object.Add("skipped_for", reasons.Done());
  object.Number("errors", totals.errors).Number("warnings", totals.warnings);
  object.Number("source_bytes", totals.source_bytes).Number("raw_bytes", totals.raw_bytes);
  object.Number("archive_bytes", totals.archive_bytes);
  object.Ratio(totals.source_bytes, totals.archive_bytes);
  object.Number("deleted_bytes", totals.deleted_bytes)
      .Number("due", totals.due)
      .Decimal("seconds", seconds);
  if (!stopped.empty()) object.Text("stopped", stopped);
  Print(object);
}

}  // namespace logpress::cli::archiving
