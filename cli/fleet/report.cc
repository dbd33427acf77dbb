#include "cli/fleet/report.h"

#include "cli/format.h"
#include "cli/json.h"
#include "cli/text.h"

namespace logpress::cli::fleet {
namespace {

std::string_view NameOf(WorkKind work) {
  return work == WorkKind::kPack ? "pack" : work == WorkKind::kVerify ? "verify" : "grep";
}

double Seconds(uint64_t milliseconds) { return static_cast<double>(milliseconds) / 1000; }

std::string Row(std::string_view name, std::string_view value) {
  std::string row(name);
  row.resize(10, ' ');
  return Cat(row, value, "\n");
}

}  // namespace

std::string ReportText(const Report& report) {
  std::string text = Row("work", NameOf(report.work));
  text += Row("files", Cat(report.files_done, " of ", report.files, " done"));
  if (report.work != WorkKind::kGrep) text += Row("log", HumanSize(report.bytes));
  if (report.work == WorkKind::kPack) {
    text += Row("archives", Cat(HumanSize(report.archive_bytes), ", ratio ",
                                Ratio(report.bytes, report.archive_bytes)));
    text += Row("lines", Cat(report.lines));
  } else if (report.work == WorkKind::kGrep) {
    text += Row("lines", Cat(report.lines, " selected, in ", report.files_with_lines, " files"));
  }
  text += Row("tasks", Cat(report.tasks - report.open.size(), " of ", report.tasks, " done, in ",
                           report.runs, " runs"));
  std::string failures;
  for (const auto& [kind, count] : report.failures)
    Append(&failures, failures.empty() ? "" : ", ", kind, " ", count);
  if (!failures.empty()) text += Row("failures", failures);
  std::string slowest;
  for (const auto& [milliseconds, task] : report.slowest)
    Append(&slowest, slowest.empty() ? "" : ", ", "task ", task, " ",
           Formatted("%.1f s", Seconds(milliseconds)));
  if (!slowest.empty()) text += Row("slowest", slowest);
  return text;
}

std::string ReportJson(const Report& report) {
  JsonObject object;
  object.Text("work", NameOf(report.work)).Name("plan", report.plan);
  object.Flag("complete", report.complete());
  object.Number("files", report.files).Number("files_done", report.files_done);
  if (report.work == WorkKind::kGrep) {
    object.Number("lines_selected", report.lines);
    object.Number("files_with_lines", report.files_with_lines);
    if (!report.first_file.empty()) object.Name("first_file", report.first_file);
  } else {
    object.Number("bytes", report.bytes);
  }
  if (report.work == WorkKind::kPack) {
    object.Number("archive_bytes", report.archive_bytes).Number("lines", report.lines);
    object.Ratio(report.bytes, report.archive_bytes);
  }
  object.Number("tasks", report.tasks).Number("runs", report.runs);
  std::vector<std::string> open;
  for (const OpenTask& task : report.open) {
    open.push_back(JsonObject()
                       .Number("task", task.task)
                       .Text("what", task.what)
                       .Text("command", task.command)
                       .Done());
  }
  object.Array("open_tasks", open);
  JsonObject failures;
  for (const auto& [kind, count] : report.failures) failures.Number(kind, count);
  object.Add("failures", failures.Done());
  std::vector<std::string> slowest;
  for (const auto& [milliseconds, task] : report.slowest) {
    slowest.push_back(
        JsonObject().Number("task", task).Decimal("seconds", Seconds(milliseconds)).Done());
  }
  object.Array("slowest", slowest);
  return object.Done() + "\n";
}

}  // namespace logpress::cli::fleet
