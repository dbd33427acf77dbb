// Shows the statements of logs: what their lines were written with, and how often.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/csv.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/listing.h"
#include "cli/log_statements.h"
#include "cli/operands.h"
#include "cli/table.h"
#include "cli/text.h"
#include "statement/log_feed.h"
#include "statement/statements.h"

namespace logpress::cli {
namespace {

using statement::Statement;

// The commonest first, then by their text; only that with the id, unless it is empty.
std::vector<const Statement*> Sorted(const statement::StatementSet& set, const std::string& id) {
  std::vector<const Statement*> sorted;
  for (const Statement& each : set.statements())
    if (id.empty() || each.id() == id) sorted.push_back(&each);
  std::sort(sorted.begin(), sorted.end(), [](const Statement* a, const Statement* b) {
    return a->lines != b->lines ? a->lines > b->lines : a->text() < b->text();
  });
  return sorted;
}

std::string Csv(const std::vector<const Statement*>& statements) {
  std::string text;
  CsvWriter csv(&text);
  csv.Cell("EventId").Cell("EventTemplate").Cell("Occurrences").EndRecord();
  for (const Statement* each : statements)
    csv.Cell(each->id()).Cell(each->text()).Cell(Cat(each->lines)).EndRecord();
  return text;
}

std::string Json(const std::vector<const Statement*>& statements, uint64_t lines) {
  std::string text;
  for (const Statement* each : statements) {
    JsonObject object;
    object.Text("type", "template").Text("id", each->id()).Text("template", each->text());
    object.Number("lines", each->lines);
    object.Decimal("share", static_cast<double>(each->lines) / static_cast<double>(lines));
    if (each->first.kind != time::TimeKind::kNone) {
      object.Text("first_time", LineTimeText(each->first));
      object.Text("last_time", LineTimeText(each->last));
    }
    std::vector<std::string> slots;
    for (const auto& examples : each->examples) {
      std::string values;
      for (const ByteBuffer& value : examples)
        Append(&values, values.empty() ? "" : ", ", JsonString(value));
      slots.push_back(Cat("[", values, "]"));
    }
    std::vector<std::string> types;
    for (const statement::ValueType type : each->form().types)
      types.push_back(JsonString(statement::NameOf(type)));
    object.Array("types", types).Array("examples", slots);
    Append(&text, object.Done(), "\n");
  }
  JsonObject summary;
  summary.Text("type", "summary").Number("templates", statements.size()).Number("lines", lines);
  return text + summary.Done() + "\n";
}

std::string Text(const std::vector<const Statement*>& statements, uint64_t lines, bool examples) {
  Table table;
  table.AddRow({"lines", "share", "id", "first", "last", "template"});
  for (const Statement* each : statements) {
    const double share = 100 * static_cast<double>(each->lines) / static_cast<double>(lines);
    table.AddRow({Cat(each->lines), Formatted("%.1f%%", share), each->id(),
                  LineTimeText(each->first), LineTimeText(each->last), Printable(each->text())});
    if (!examples) continue;
    for (size_t slot = 0; slot < each->examples.size(); ++slot) {
      std::string values;
      for (const ByteBuffer& value : each->examples[slot])
        Append(&values, values.empty() ? "" : "  ", Printable(value));
      table.AddRow({"", "", "", "", "",
                    Cat("  <", slot + 1, "> ", NameOf(each->form().types[slot]), ": ", values)});
    }
  }
  return table.Text(4);
}

}  // namespace

void ShowTemplates(const Options& options, Console* console) {
  statement::PatternCollector collector;
  statement::LogFeed feed(&collector);
  for (const Operand& file : ExpandOperands(options, console)) {
    const absl::Status status = FeedLog(options, file.path, &feed, nullptr, console);
    if (!status.ok()) console->Error(status);
  }
  const bool described =
      options.layout == Layout::kJson || (options.layout != Layout::kCsv && options.verbosity > 0);
  const statement::StatementSet set(collector, described ? statement::StatementDetail::kAll
                                                         : statement::StatementDetail::kCounts);
  const std::vector<const Statement*> sorted = Sorted(set, options.template_id);
  if (sorted.empty() && !options.template_id.empty()) {
    return console->Error(
        options.template_id,
        "no line is of such a statement; take an id that logpress templates shows");
  }
  switch (options.layout) {
    case Layout::kCsv:
      return console->Output(Csv(sorted));
    case Layout::kJson:
      return console->Output(Json(sorted, collector.lines()));
    default:
      if (sorted.empty()) return;
      return console->Output(Text(sorted, collector.lines(), options.verbosity > 0));
  }
}

}  // namespace logpress::cli
