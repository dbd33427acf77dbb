// Says what logs hold: how many lines over time, of which levels and statements, and the values
// that most lines of a statement have.

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/frequent_values.h"
#include "cli/json.h"
#include "cli/listing.h"
#include "cli/log_rows.h"
#include "cli/rate.h"
#include "cli/table.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

using statement::Statement;

constexpr size_t kColumns = 60;                  // of the plot in a terminal
constexpr size_t kPlotSpans = 180;               // of the picture, and of JSON
constexpr size_t kShown = 10;                    // of each list
constexpr size_t kMostValues = size_t{1} << 16;  // that are kept for all slots
// A slot is worth a word if so many lines have it, and one value in so many of them.
constexpr uint64_t kLeastLines = 10;
constexpr double kDominates = 0.5;

struct StatementLines {
  const Statement* statement;
  uint64_t lines;
};

// A value that most lines of a statement have in a slot.
struct Dominant {
  const Statement* statement;
  size_t slot;
  double share;
  uint64_t lines;  // of the statement
  std::string value;
};

class LogStats {
 public:
  void Add(const statement::Row& row, const LogRows::Line& line) {
    ++lines_;
    bytes_ += line.bytes.size() + (line.ends ? 1 : 0);
    rate_.Add(line.time);
    CountLevel(row);
    OfStatement& counted = statements_[row.statement];
    ++counted.lines;
    if (row.form != &row.statement->form()) return;
    counted.slots.resize(row.values.size());
    for (size_t i = 0; i < row.values.size(); ++i) counted.slots[i].Add(row.values[i], &room_);
  }

  uint64_t lines() const { return lines_; }
  uint64_t bytes() const { return bytes_; }
  const RateCounter& rate() const { return rate_; }

  // The commonest first.
  std::vector<std::pair<std::string, uint64_t>> Levels() const {
    std::vector<std::pair<std::string, uint64_t>> levels(levels_.begin(), levels_.end());
    std::stable_sort(levels.begin(), levels.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return levels;
  }

  // The same; equally frequent ones by their text.
  std::vector<StatementLines> Statements() const {
    std::vector<StatementLines> sorted;
    for (const auto& [statement, counted] : statements_)
      sorted.push_back({statement, counted.lines});
    std::sort(sorted.begin(), sorted.end(), [](const StatementLines& a, const StatementLines& b) {
      return a.lines != b.lines ? a.lines > b.lines : a.statement->text() < b.statement->text();
    });
    return sorted;
  }

  // By the lines that they are in. A value that all lines have is no news.
  std::vector<Dominant> DominantValues() const {
    std::vector<Dominant> found;
    for (const StatementLines& each : Statements()) {
      const std::vector<FrequentValues>& slots = statements_.at(each.statement).slots;
      for (size_t i = 0; i < slots.size(); ++i) {
        const FrequentValues::Counter* const top = slots[i].Top();
        if (top == nullptr || slots[i].sum() < kLeastLines || top->count == slots[i].sum())
          continue;
        const double share = static_cast<double>(top->count) / static_cast<double>(slots[i].sum());
        if (share >= kDominates)
          found.push_back({each.statement, i, share, each.lines, top->value});
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const Dominant& a, const Dominant& b) {
      return a.share * static_cast<double>(a.lines) > b.share * static_cast<double>(b.lines);
    });
    return found;
  }

 private:
  struct OfStatement {
    uint64_t lines = 0;
    std::vector<FrequentValues> slots;
  };

  void CountLevel(const statement::Row& row) {
    const Vector<std::string>& names = row.header->names();
    const auto found = std::find(names.begin(), names.end(), "Level");
    if (found == names.end()) return;
    const ByteView level = row.fields[static_cast<size_t>(found - names.begin())];
    if (!level.empty()) ++levels_[std::string(level)];
  }

  uint64_t lines_ = 0;
  uint64_t bytes_ = 0;
  RateCounter rate_;
  std::map<std::string, uint64_t> levels_;
  std::map<const Statement*, OfStatement> statements_;
  size_t room_ = kMostValues;
};

double ShareOf(uint64_t part, uint64_t all) {
  return static_cast<double>(part) / static_cast<double>(all);
}
std::string Percent(double share) { return Formatted("%.1f%%", 100 * share); }

std::string Json(const LogStats& stats) {
  std::string text;
  const auto add = [&](const JsonObject& object) { Append(&text, object.Done(), "\n"); };
  const Rate rate = stats.rate().Spans(kPlotSpans);
  for (size_t i = 0; i < rate.lines.size(); ++i) {
    JsonObject span;
    span.Text("type", "rate").Text("time", LineTimeText(rate.TimeOf(i)));
    add(span.Decimal("seconds", static_cast<double>(rate.width) / 1e6)
            .Number("lines", rate.lines[i]));
  }
  for (const auto& [level, lines] : stats.Levels())
    add(JsonObject().Text("type", "level").Text("level", level).Number("lines", lines));
  const std::vector<StatementLines> statements = stats.Statements();
  for (const StatementLines& each : statements) {
    JsonObject object;
    object.Text("type", "statement").Text("id", each.statement->id());
    add(object.Text("template", each.statement->text()).Number("lines", each.lines));
  }
  for (const Dominant& each : stats.DominantValues()) {
    JsonObject object;
    object.Text("type", "value").Text("id", each.statement->id());
    object.Text("template", each.statement->text()).Number("slot", each.slot + 1);
    add(object.Text("value", each.value).Decimal("share", each.share).Number("lines", each.lines));
  }
  JsonObject summary;
  summary.Text("type", "summary").Number("lines", stats.lines()).Number("bytes", stats.bytes());
  add(summary.Number("statements", statements.size()));
  return text;
}

// "1 line", "2 lines"
std::string Counted(uint64_t number, std::string_view what) {
  return Cat(number, " ", what, number == 1 ? "" : "s");
}

std::string StatementTable(std::span<const StatementLines> statements, uint64_t lines) {
  Table table;
  for (const StatementLines& each : statements) {
    table.AddRow({Cat(each.lines), Percent(ShareOf(each.lines, lines)), each.statement->id(),
                  Printable(each.statement->text())});
  }
  return table.Text(2);
}

std::string Text(const LogStats& stats) {
  const std::vector<StatementLines> statements = stats.Statements();
  std::string text = Cat(Counted(stats.lines(), "line"), ", ", HumanSize(stats.bytes()), ", ",
                         Counted(statements.size(), "statement"), "\n");
  if (stats.lines() == 0) return text;
  const Rate rate = stats.rate().Spans(kColumns);
  if (rate.width > 0) Append(&text, "\n", RateText(rate));
  if (const auto levels = stats.Levels(); !levels.empty()) {
    Table table;
    for (const auto& [level, lines] : levels)
      table.AddRow({Cat(lines), Percent(ShareOf(lines, stats.lines())), Printable(level)});
    Append(&text, "\nlevels:\n", table.Text(1));
  }
  const std::span<const StatementLines> all(statements);
  const auto top = all.first(std::min(kShown, all.size()));
  Append(&text, "\nmost frequent statements:\n", StatementTable(top, stats.lines()));
  // The rarest first.
  std::vector<StatementLines> rare(all.begin() + static_cast<long>(top.size()), all.end());
  std::reverse(rare.begin(), rare.end());
  rare.resize(std::min(kShown, rare.size()));
  if (!rare.empty()) Append(&text, "\nrarest statements:\n", StatementTable(rare, stats.lines()));
  std::vector<Dominant> dominant = stats.DominantValues();
  dominant.resize(std::min(kShown, dominant.size()));
  if (dominant.empty()) return text;
  Table table;
  for (const Dominant& each : dominant) {
    table.AddRow({Percent(each.share), Printable(each.value), Cat("<", each.slot + 1, ">"),
                  each.statement->id(), Printable(each.statement->text())});
  }
  return Cat(text, "\nvalues that most lines of a statement have:\n", table.Text(4));
}

absl::Status WritePlot(const std::string& path, const Rate& rate) {
  absl::StatusOr<std::string> picture = RateSvg(rate);
  if (path.ends_with(".png")) picture = RatePng(rate);
  LOGPRESS_RETURN_IF_ERROR(picture.status());
  std::FILE* const file = std::fopen(path.c_str(), "we");
  if (file == nullptr) return ErrnoStatus(errno, path);
  const bool written = std::fwrite(picture->data(), 1, picture->size(), file) == picture->size();
  const int error = errno;
  if (std::fclose(file) != 0) return ErrnoStatus(errno, path);
  return written ? absl::OkStatus() : ErrnoStatus(error, path);
}

}  // namespace

void ShowStats(const Options& options, Console* console) {
  LogRows logs(options, console);
  LogStats stats;
  logs.ForEach([&](const statement::Row& row, const LogRows::Line& line) { stats.Add(row, line); });
  if (!options.plot.empty()) {
    const absl::Status status = WritePlot(options.plot, stats.rate().Spans(kPlotSpans));
    if (!status.ok()) console->Error(status);
  }
  console->Output(options.json ? Json(stats) : Text(stats));
}

}  // namespace logpress::cli
