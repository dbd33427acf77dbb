// Answers queries: prints lines, or counts of them over time.

#include <re2/re2.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/listing.h"
#include "cli/log_rows.h"
#include "cli/query/expression.h"
#include "cli/query/labels.h"
#include "cli/table.h"
#include "cli/text.h"

namespace logpress::cli {
namespace query {
namespace {

constexpr size_t kWriteSize = size_t{256} << 10;

bool Passes(ByteView line, const LineFilter& filter) {
  const bool found =
      filter.regexp == nullptr
          ? line.find(filter.text) != ByteView::npos
          : re2::RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), *filter.regexp);
  return found != filter.negated;
}

// Counts of lines, a series for each span of time and each combination of labels.
class Series {
 public:
  explicit Series(const Expression& expression) : expression_(expression) {}

  // Lines without a time are in no span.
  void Add(const statement::Row& row, const LogRows::Line& line, Labels* labels) {
    Key key{};
    if (expression_.width > 0) {
      if (line.time.kind == time::TimeKind::kNone) return;
      const int64_t rest = line.time.begin % expression_.width;
      key.kind = line.time.kind;
      key.begin = line.time.begin - (rest < 0 ? rest + expression_.width : rest);
    }
    for (const std::string& label : expression_.by)
      key.labels.emplace_back(labels->Of(row, label).text);
    const bool bytes =
        expression_.function == Function::kBytes || expression_.function == Function::kBytesRate;
    sums_[std::move(key)] += bytes ? line.bytes.size() : 1;
  }

  struct Point {
    time::LineTime time;
    std::vector<std::string> labels;
    double value;
  };
  // By time, and those of one time by their labels, or, where only some are asked for, these by
  // their values.
  std::vector<Point> Points() const {
    std::vector<Point> points;
    const bool rate =
        expression_.function == Function::kRate || expression_.function == Function::kBytesRate;
    const double per = rate ? static_cast<double>(expression_.width) / 1e6 : 1;
    for (auto begin = sums_.begin(); begin != sums_.end();) {
      const size_t first = points.size();
      auto end = begin;
      for (; end != sums_.end() && end->first.kind == begin->first.kind &&
             end->first.begin == begin->first.begin;
           ++end) {
        const Key& key = end->first;
        points.push_back({{key.kind, key.begin, key.begin + time::kInstantWidth},
                          key.labels,
                          static_cast<double>(end->second) / per});
      }
      begin = end;
      if (!expression_.top) continue;
      const auto from = points.begin() + static_cast<long>(first);
      std::stable_sort(from, points.end(), [this](const Point& a, const Point& b) {
        return expression_.bottom ? a.value < b.value : a.value > b.value;
      });
      points.resize(first + std::min(points.size() - first, *expression_.top));
    }
    return points;
  }

 private:
  struct Key {
    time::TimeKind kind = time::TimeKind::kNone;
    int64_t begin = 0;
    std::vector<std::string> labels;

    bool operator<(const Key& other) const {
      return std::tie(kind, begin, labels) < std::tie(other.kind, other.begin, other.labels);
    }
  };

  const Expression& expression_;
  std::map<Key, uint64_t> sums_;
};

std::string ValueText(double value) { return Formatted("%.10g", value); }

std::string Json(const Expression& expression, const std::vector<Series::Point>& points) {
  std::string text;
  for (const Series::Point& point : points) {
    JsonObject object;
    object.Text("type", "sample");
    if (expression.width > 0) object.Text("time", LineTimeText(point.time));
    JsonObject labels;
    for (size_t i = 0; i < point.labels.size(); ++i) labels.Text(expression.by[i], point.labels[i]);
    object.Add("labels", labels.Done()).Add("value", ValueText(point.value));
    Append(&text, object.Done(), "\n");
  }
  return text;
}

std::string Text(const Expression& expression, const std::vector<Series::Point>& points) {
  Table table;
  for (const Series::Point& point : points) {
    std::vector<std::string> row;
    if (expression.width > 0) row.push_back(LineTimeText(point.time));
    row.push_back(ValueText(point.value));
    for (const std::string& label : point.labels) row.push_back(Printable(label));
    table.AddRow(row);
  }
  return points.empty() ? "" : table.Text(expression.by.size());
}

void Answer(const Expression& expression, const Options& options, Console* console) {
  LogRows logs(options, console);
  Labels labels;
  Series series(expression);
  std::string out;
  const auto write_out = [&] {
    console->Output(out);
    out.clear();
  };
  const auto wants = [&](ByteView line) {
    return std::all_of(expression.selection.filters.begin(), expression.selection.filters.end(),
                       [&](const LineFilter& filter) { return Passes(line, filter); });
  };
  logs.ForEach(wants, [&](const statement::Row& row, const LogRows::Line& line) {
    for (const Condition& condition : expression.selection.conditions)
      if (!labels.Holds(row, condition)) return;
    if (expression.function != Function::kLines) return series.Add(row, line, &labels);
    if (options.json) {
      Append(&out, JsonObject().Text("type", "line").Text("line", line.bytes).Done(), "\n");
    } else {
      Append(&out, line.bytes, line.ends ? "\n" : "");
    }
    if (out.size() >= kWriteSize) write_out();
  });
  if (expression.function != Function::kLines) {
    const std::vector<Series::Point> points = series.Points();
    out = options.json ? Json(expression, points) : Text(expression, points);
  }
  write_out();
}

}  // namespace
}  // namespace query

int QueryLogs(const Options& options, Console* console) {
  constexpr int kNoQuery = 2;
  const auto expression = query::Parse(options.query);
  if (!expression.ok()) {
    console->Error(options.query, Message(expression.status()));
    return kNoQuery;
  }
  query::Answer(*expression, options, console);
  return 0;
}

}  // namespace logpress::cli
