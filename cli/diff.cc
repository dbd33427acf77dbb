// Says which statements of a log are new, gone, or come at another rate or with other values than
// in an older one.

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "cli/commands.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/log_rows.h"
#include "cli/rate_test.h"
#include "cli/slot_counts.h"
#include "cli/table.h"
#include "cli/text.h"
#include "statement/statements.h"

namespace logpress::cli {
namespace {

// A change that is certain may still be too small to be worth a look.
constexpr double kLeastRatio = 2;
// Values that changed, at most, of one slot.
constexpr size_t kMostOfSlot = 3;
constexpr size_t kMostValues = size_t{1} << 16;  // that are kept for all slots
constexpr size_t kMostExample = 300;             // bytes

// How long a log is. A few lines long before or after all others, as of a start, are left out:
// which of two logs has such is chance.
class Span {
 public:
  void Add(const time::LineTime& time) {
    if (time.kind != time::TimeKind::kInstant) return;
    ++lines_;
    AddTo(&first_, time.begin, std::less<>());
    AddTo(&last_, time.begin, std::greater<>());
  }
  // 0 if it is not known.
  double micros() const {
    if (lines_ == 0) return 0;
    const size_t left_out = std::min<uint64_t>(kLeftOut, lines_ / kLeastPart);
    return static_cast<double>(std::max<int64_t>(last_[left_out] - first_[left_out], 0));
  }

 private:
  static constexpr size_t kLeftOut = 10;
  static constexpr uint64_t kLeastPart = 20;

  // Keeps those that come first.
  template <typename Before>
  static void AddTo(std::vector<int64_t>* times, int64_t time, const Before& before) {
    if (times->size() > kLeftOut && !before(time, times->back())) return;
    times->insert(std::upper_bound(times->begin(), times->end(), time, before), time);
    if (times->size() > kLeftOut + 1) times->pop_back();
  }

  uint64_t lines_ = 0;
  std::vector<int64_t> first_;
  std::vector<int64_t> last_;
};

// What two logs have of a statement.
struct InLogs {
  std::array<uint64_t, 2> lines{};
  std::string example;  // content of a line, of the second log if it has one
  std::vector<SlotCounts> slots;
};

struct Change {
  const statement::Statement* statement;
  size_t slot;  // of which this value changed; 0: the statement did
  std::string value;
  uint64_t before;
  uint64_t after;
  double ratio;  // of the rates, new to old; meaningless if there was none
  Counts effective;
  std::string example;

  double chance() const { return ChanceOf(effective); }
  bool large() const { return before == 0 || ratio >= kLeastRatio || ratio <= 1 / kLeastRatio; }
  // In the order in which they are shown.
  int rank() const { return slot > 0 ? 4 : before == 0 ? 0 : after == 0 ? 3 : ratio > 1 ? 1 : 2; }
  std::string_view kind() const {
    constexpr std::array<std::string_view, 5> kKinds = {"new", "more", "less", "gone", "value"};
    return kKinds[static_cast<size_t>(rank())];
  }
};

class LogComparison {
 public:
  // Reads both.
  explicit LogComparison(LogRows* logs) {
    logs->ForEach([this](const statement::Row& row, const LogRows::Line& line) {
      Add(row, line.log == 0 ? 0 : 1);
    });
  }

  uint64_t lines(size_t log) const { return lines_[log]; }

  // The least likely of each kind first.
  std::vector<Change> Changes(const std::string& id) const {
    std::vector<Change> all;
    for (const auto& [statement, found] : statements_) {
      if (!id.empty() && statement->id() != id) continue;
      all.push_back(RateOf(*statement, found));
      for (size_t slot = 0; slot < found.slots.size(); ++slot)
        AddValues(*statement, found, slot, &all);
    }
    std::vector<Counts> counts;
    counts.reserve(all.size());
    for (const Change& each : all) counts.push_back(each.effective);
    const double level = LevelOf(counts);
    std::erase_if(all,
                  [level](const Change& each) { return !each.large() || each.chance() >= level; });
    std::sort(all.begin(), all.end(), [](const Change& a, const Change& b) {
      const auto place = [](const Change& each) {
        return std::make_tuple(each.rank(), each.chance(), each.statement->text(), each.slot);
      };
      return place(a) != place(b) ? place(a) < place(b) : a.value < b.value;
    });
    KeepFew(&all);
    return all;
  }

 private:
  void Add(const statement::Row& row, size_t log) {
    ++lines_[log];
    spans_[log].Add(row.time);
    InLogs& found = statements_[row.statement];
    if (found.lines[log]++ == 0) found.example = row.content.substr(0, kMostExample);
    if (row.form != &row.statement->form()) return;
    found.slots.resize(row.values.size());
    for (size_t i = 0; i < row.values.size(); ++i)
      found.slots[i].Add(row.values[i], log == 1, &room_);
  }

  // Rates are lines by time, or by lines where times are not known.
  double ShareOfOld() const {
    const bool timed = spans_[0].micros() > 0 && spans_[1].micros() > 0;
    const double before = timed ? spans_[0].micros() : static_cast<double>(lines_[0]);
    const double after = timed ? spans_[1].micros() : static_cast<double>(lines_[1]);
    return before / (before + after);
  }

  Change RateOf(const statement::Statement& statement, const InLogs& found) const {
    const auto [before, after] = found.lines;
    const double share = ShareOfOld();
    const double ratio = static_cast<double>(after) /
                         static_cast<double>(std::max<uint64_t>(before, 1)) * share / (1 - share);
    return {&statement, 0, "", before, after, ratio, {before, after, share}, found.example};
  }

  static void AddValues(const statement::Statement& statement, const InLogs& found, size_t slot,
                        std::vector<Change>* changes) {
    const statement::ValueType type = statement.form().types[slot];
    // Ids and clocks are others every day.
    if (type == statement::ValueType::kObjectId) return;
    const bool time = type == statement::ValueType::kTime;
    const statement::TemplateText& text = statement.form().text;
    if (time && (Joins(text.piece(slot)) || Joins(text.piece(slot + 1)))) return;
    for (ValueCount& each : found.slots[slot].Compare(/*told_apart=*/!time)) {
      changes->push_back({&statement, slot + 1, std::move(each.value), each.before, each.after,
                          each.ratio, each.effective, found.example});
    }
  }

  // Whether the text between two slots makes them parts of a clock or a date.
  static bool Joins(ByteView text) { return text == ":" || text == "-" || text == "/"; }

  // Of each slot the least likely.
  static void KeepFew(std::vector<Change>* changes) {
    std::map<std::pair<const statement::Statement*, size_t>, size_t> kept;
    std::erase_if(*changes, [&](const Change& each) {
      return each.slot > 0 && ++kept[{each.statement, each.slot}] > kMostOfSlot;
    });
  }

  std::array<uint64_t, 2> lines_{};
  std::array<Span, 2> spans_;
  std::map<const statement::Statement*, InLogs> statements_;
  size_t room_ = kMostValues;
};

std::string Json(const std::vector<Change>& changes) {
  std::string text;
  for (const Change& each : changes) {
    JsonObject object;
    object.Text("type", "change").Text("change", each.kind()).Text("id", each.statement->id());
    object.Text("template", each.statement->text());
    if (each.slot > 0) object.Number("slot", each.slot).Text("value", each.value);
    object.Number("old_lines", each.before).Number("new_lines", each.after);
    if (each.before > 0) object.Decimal("ratio", each.ratio);
    object.Add("chance", Formatted("%.3g", each.chance())).Text("example", each.example);
    Append(&text, object.Done(), "\n");
  }
  return text;
}

std::string Text(const std::vector<Change>& changes, bool examples) {
  Table table;
  table.AddRow({"old", "new", "ratio", "change", "id", "template"});
  for (const Change& each : changes) {
    std::string text = Printable(each.statement->text());
    if (each.slot > 0) text = Cat("<", each.slot, "> = ", Printable(each.value), " in ", text);
    table.AddRow({Cat(each.before), Cat(each.after),
                  each.before == 0 ? "-" : Formatted("%.2f", each.ratio), std::string(each.kind()),
                  each.statement->id(), text});
    if (examples && each.slot == 0)
      table.AddRow({"", "", "", "", "", Cat("  ", Printable(each.example))});
  }
  return changes.empty() ? "" : table.Text(3);
}

}  // namespace

int DiffLogs(const Options& options, Console* console) {
  constexpr int kSame = 0;
  constexpr int kDifferent = 1;
  constexpr int kTrouble = 2;
  // Those of all statements tell how long the logs are.
  Options every = options;
  every.template_id.clear();
  LogRows logs(every, console);
  if (console->failed()) return kTrouble;
  const LogComparison comparison(&logs);
  for (const size_t log : {0U, 1U}) {
    if (comparison.lines(log) > 0) continue;
    console->Error(options.files[log],
                   "has no lines, so there is nothing to compare; name another log");
    return kTrouble;
  }
  const std::vector<Change> changes = comparison.Changes(options.template_id);
  console->Output(options.json ? Json(changes) : Text(changes, options.verbosity > 0));
  if (console->failed()) return kTrouble;
  return changes.empty() ? kSame : kDifferent;
}

}  // namespace logpress::cli
