// Shows the statements of logs: what their lines were written with, and how often.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "api/times.h"
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

void WriteCsv(const std::vector<const Statement*>& statements, Console* console) {
  std::string text;
  CsvWriter csv(&text);
  csv.Cell("EventId").Cell("EventTemplate").Cell("Occurrences").EndRecord();
  for (const Statement* each : statements) {
    csv.Cell(each->id()).Cell(each->text()).Cell(Cat(each->lines)).EndRecord();
    console->OutputIfLong(&text);
  }
  console->Output(text);
}

std::string Json(const Statement& statement, uint64_t lines) {
  JsonObject object;
  object.Text("type", "template").Text("id", statement.id()).Text("template", statement.text());
  object.Number("lines", statement.lines);
  object.Decimal("share", static_cast<double>(statement.lines) / static_cast<double>(lines));
  if (statement.first.kind != time::TimeKind::kNone) {
    object.Text("first_time", LineTimeText(api::TimeOf(statement.first)));
    object.Text("last_time", LineTimeText(api::TimeOf(statement.last)));
  }
  std::vector<std::string> slots;
  for (const auto& examples : statement.examples) {
    std::string values;
    for (const ByteBuffer& value : examples)
      Append(&values, values.empty() ? "" : ", ", JsonString(value));
    slots.push_back(Cat("[", values, "]"));
  }
  std::vector<std::string> types;
  for (const statement::ValueType type : statement.form().types)
    types.push_back(JsonString(statement::NameOf(type)));
  object.Array("types", types).Array("examples", slots);
  return object.Done() + "\n";
}

void WriteJson(const std::vector<const Statement*>& statements, uint64_t lines, Console* console) {
  std::string text;
  for (const Statement* each : statements) {
    text += Json(*each, lines);
    console->OutputIfLong(&text);
  }
  JsonObject summary;
  summary.Text("type", "summary").Number("templates", statements.size()).Number("lines", lines);
  console->Output(text + summary.Done() + "\n");
}

// The cells before the template.
std::vector<std::string> CellsOf(const Statement& statement, uint64_t lines) {
  const double share = 100 * static_cast<double>(statement.lines) / static_cast<double>(lines);
  return {Cat(statement.lines), Formatted("%.1f%%", share), statement.id(),
          LineTimeText(api::TimeOf(statement.first)), LineTimeText(api::TimeOf(statement.last))};
}

void WriteText(const std::vector<const Statement*>& statements, uint64_t lines, bool examples,
               Console* console) {
  const std::vector<std::string> head = {"lines", "share", "id", "first", "last", "template"};
  Columns columns(4);
  columns.Fit(std::span(head).first(head.size() - 1));
  for (const Statement* each : statements) columns.Fit(CellsOf(*each, lines));
  std::string text;
  columns.AppendLine(head, &text);
  for (const Statement* each : statements) {
    std::vector<std::string> cells = CellsOf(*each, lines);
    cells.push_back(Printable(each->text()));
    columns.AppendLine(cells, &text);
    for (size_t slot = 0; examples && slot < each->examples.size(); ++slot) {
      std::string values;
      for (const ByteBuffer& value : each->examples[slot])
        Append(&values, values.empty() ? "" : "  ", Printable(value));
      const std::string shown =
          Cat("  <", slot + 1, "> ", NameOf(each->form().types[slot]), ": ", values);
      columns.AppendLine(std::vector<std::string>{"", "", "", "", "", shown}, &text);
    }
    console->OutputIfLong(&text);
  }
  console->Output(text);
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
      return WriteCsv(sorted, console);
    case Layout::kJson:
      return WriteJson(sorted, collector.lines(), console);
    default:
      if (sorted.empty()) return;
      return WriteText(sorted, collector.lines(), options.verbosity > 0, console);
  }
}

}  // namespace logpress::cli
