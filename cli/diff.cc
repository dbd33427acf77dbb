// Says which statements of a log are new, gone, or come at another rate than in an older one.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/log_statements.h"
#include "cli/rate_test.h"
#include "cli/table.h"
#include "cli/text.h"
#include "statement/log_feed.h"
#include "statement/statements.h"

namespace logpress::cli {
namespace {

// A change that is certain may still be too small to be worth a look.
constexpr double kLeastRatio = 2;

// When the lines of a log were written, as far as patterns tell.
struct Span {
  bool known = false;
  int64_t first = 0;
  int64_t last = 0;

  void Add(const time::LineTime& first_time, const time::LineTime& last_time) {
    if (first_time.kind != time::TimeKind::kInstant || last_time.kind != time::TimeKind::kInstant)
      return;
    first = known ? std::min(first, first_time.begin) : first_time.begin;
    last = known ? std::max(last, last_time.begin) : last_time.begin;
    known = true;
  }
  double micros() const { return known ? static_cast<double>(last - first) : 0; }
};

struct Change {
  const statement::Statement* statement;
  Counts counts;
  double ratio;  // of the rates, new to old; meaningless if the statement is new
  double chance;

  std::string_view kind() const {
    if (counts.before == 0) return "new";
    if (counts.after == 0) return "gone";
    return ratio > 1 ? "more" : "less";
  }
};

// The least likely first.
std::vector<Change> FindChanges(const statement::StatementSet& set,
                                const std::vector<Counts>& counts, double share) {
  const double level = LevelOf(counts, share);
  std::vector<Change> changes;
  for (size_t i = 0; i < counts.size(); ++i) {
    Change change{&set.statements()[i], counts[i], 0, ChanceOf(counts[i], share)};
    change.ratio = static_cast<double>(counts[i].after) /
                   static_cast<double>(std::max<uint64_t>(counts[i].before, 1)) * share /
                   (1 - share);
    const bool large =
        counts[i].before == 0 || change.ratio >= kLeastRatio || change.ratio <= 1 / kLeastRatio;
    if (large && change.chance < level) changes.push_back(change);
  }
  std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    if (a.kind() != b.kind()) return a.kind() > b.kind();
    if (a.chance != b.chance) return a.chance < b.chance;
    return a.statement->text() < b.statement->text();
  });
  return changes;
}

std::string Json(const std::vector<Change>& changes) {
  std::string text;
  for (const Change& each : changes) {
    JsonObject object;
    object.Text("type", "change").Text("change", each.kind()).Text("id", each.statement->id());
    object.Text("template", each.statement->text());
    object.Number("old_lines", each.counts.before).Number("new_lines", each.counts.after);
    if (each.counts.before > 0) object.Decimal("ratio", each.ratio);
    object.Add("chance", Formatted("%.3g", each.chance));
    Append(&text, object.Done(), "\n");
  }
  return text;
}

std::string Text(const std::vector<Change>& changes) {
  Table table;
  table.AddRow({"old", "new", "ratio", "change", "id", "template"});
  for (const Change& each : changes) {
    table.AddRow({Cat(each.counts.before), Cat(each.counts.after),
                  each.counts.before == 0 ? "-" : Formatted("%.2f", each.ratio),
                  std::string(each.kind()), each.statement->id(),
                  Printable(each.statement->text())});
  }
  return changes.empty() ? "" : table.Text(3);
}

}  // namespace

int DiffLogs(const Options& options, Console* console) {
  constexpr int kSame = 0;
  constexpr int kDifferent = 1;
  constexpr int kTrouble = 2;
  statement::PatternCollector collector;
  statement::LogFeed feed(&collector);
  std::vector<uint64_t> old_lines;
  Span old_span;
  for (const std::string& file : options.files) {
    const absl::Status status = FeedLog(options, file, &feed, nullptr, console);
    if (!status.ok()) {
      console->Error(status);
      return kTrouble;
    }
    if (&file != &options.files[0]) break;
    for (const statement::Pattern& pattern : collector.patterns()) {
      old_lines.push_back(pattern.lines);
      old_span.Add(pattern.first, pattern.last);
    }
    collector.ForgetTimes();
  }
  Span new_span;
  const statement::StatementSet set(collector, statement::SlotValues::kLeftOut);
  std::vector<Counts> counts(set.statements().size());
  Counts lines;
  for (size_t i = 0; i < collector.patterns().size(); ++i) {
    const statement::Pattern& pattern = collector.patterns()[i];
    const uint64_t before = i < old_lines.size() ? old_lines[i] : 0;
    counts[set.OfPattern(i)].before += before;
    counts[set.OfPattern(i)].after += pattern.lines - before;
    lines.before += before;
    lines.after += pattern.lines - before;
    new_span.Add(pattern.first, pattern.last);
  }
  if (lines.before == 0 || lines.after == 0) {
    console->Error(options.files[lines.before == 0 ? 0 : 1],
                   "has no lines, so there is nothing to compare; name another log");
    return kTrouble;
  }
  // Rates are lines by time, or by lines where times are not known.
  const bool timed = old_span.micros() > 0 && new_span.micros() > 0;
  const double before = timed ? old_span.micros() : static_cast<double>(lines.before);
  const double after = timed ? new_span.micros() : static_cast<double>(lines.after);
  const std::vector<Change> changes = FindChanges(set, counts, before / (before + after));
  console->Output(options.json ? Json(changes) : Text(changes));
  if (console->failed()) return kTrouble;
  return changes.empty() ? kSame : kDifferent;
}

}  // namespace logpress::cli
