#include "cli/archiving/json.h"

#include <cstdint>

#include "cli/archiving/report.h"
#include "cli/json.h"

namespace logpress::cli::archiving {
namespace {

std::string Line(const JsonObject& object) { return object.Done() + "\n"; }

}  // namespace

std::string FileJson(const FileResult& result, std::string_view policy, bool dry_run) {
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
  return Line(object);
}

std::string MessageJson(std::string_view type, std::string_view path, std::string_view message) {
  return Line(JsonObject().Text("type", type).Name("path", path).Text("message", message));
}

std::string SummaryJson(const PolicyTotals& totals, double seconds, std::string_view stopped,
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
  return Line(object);
}

}  // namespace logpress::cli::archiving
