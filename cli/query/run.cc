// Answers queries: prints lines, or counts of them over time.

#include <re2/re2.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/indexed_archive.h"
#include "cli/input_file.h"
#include "cli/json.h"
#include "cli/listing.h"
#include "cli/log_bytes.h"
#include "cli/log_rows.h"
#include "cli/operands.h"
#include "cli/query/expression.h"
#include "cli/query/labels.h"
#include "cli/table.h"
#include "cli/text.h"
#include "search/search.h"

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

bool PassesAll(ByteView line, const std::vector<LineFilter>& filters) {
  return std::all_of(filters.begin(), filters.end(),
                     [&](const LineFilter& filter) { return Passes(line, filter); });
}

// `ends`: with a newline.
void AppendLine(ByteView line, bool ends, bool json, std::string* out) {
  if (json) {
    Append(out, JsonObject().Text("type", "line").Text("line", line).Done(), "\n");
  } else {
    Append(out, line, ends ? "\n" : "");
  }
}

// Counts of lines, a series for each span of time and each combination of labels.
class Series {
 public:
  explicit Series(const Expression& expression) : expression_(expression) {}

  // Lines without a time are in no span.
  void Add(const statement::Row& row, const LogRows::Line& line, Labels* labels) {
    Key key{};
    if (expression_.width > 0) {
      if (line.time.kind == LOGPRESS_TIME_NONE) return;
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
    logpress_time time;
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
        points.push_back({{key.kind, key.begin, key.begin + 1},
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
    int kind = LOGPRESS_TIME_NONE;
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

// Prints lines of which the text alone is asked; what cannot hold one of its strings is not
// decoded.
class TextQuery : public search::LineTaker {
 public:
  TextQuery(const Expression& expression, const Options& options, Console* console)
      : filters_(expression.selection.filters), options_(options), console_(console) {}

  void Run() {
    for (const Operand& file : ExpandOperands(options_, console_)) {
      if (const absl::Status status = Search(file.path); !status.ok()) console_->Error(status);
      WriteOut();
    }
  }

  absl::StatusOr<bool> Take(const search::FoundLine& line) override {
    ByteView text = line.bytes;
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (!PassesAll(text, filters_)) return true;
    AppendLine(text, text.size() < line.bytes.size(), options_.json, &out_);
    if (out_.size() >= kWriteSize) WriteOut();
    return true;
  }

 private:
  absl::Status Search(const std::string& path) {
    LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(path, InputKind::kAnything));
    LOGPRESS_ASSIGN_OR_RETURN(const search::Pattern pattern, Needed());
    ArchiveSource source(input);
    search::SearchOptions search;
    search.scan.binary = search::Binary::kText;
    search.scan.memory_limit = options_.memory_limit;
    search.offsets = false;
    search::SearchResult result;
    if (options_.part.is_all()) {
      LOGPRESS_ASSIGN_OR_RETURN(const IndexedArchive archive,
                                OpenIndexed(options_, &source, input));
      if (archive.index != nullptr) {
        search.threads = options_.threads;
        search.scan.memory_limit = archive.index->memory_limit();
        absl::Status status = SearchArchive(archive.index.get(), pattern, search, this, &result);
        if (status.ok()) status = archive.index->damage();
        return status.ok() ? status : ArchiveError(options_, input, status);
      }
    }
    search::StreamSearch stream(pattern, search, this);
    archive::ReaderTotals totals;
    const absl::Status status =
        ReadLog(options_, Accept::kAnything, &source, input, &stream, console_, &totals);
    const absl::Status finished = stream.Finish(&result);
    return status.ok() ? finished : status;
  }

  // The longest string that all lines hold; or what every line matches.
  absl::StatusOr<search::Pattern> Needed() const {
    std::string needed;
    for (const LineFilter& filter : filters_) {
      const bool holds = !filter.negated && filter.regexp == nullptr &&
                         filter.text.find('\n') == std::string::npos;
      if (holds && filter.text.size() > needed.size()) needed = filter.text;
    }
    return search::Pattern::Compile(std::span(&needed, 1), {.syntax = search::Syntax::kFixed});
  }

  void WriteOut() {
    console_->Output(out_);
    out_.clear();
  }

  const std::vector<LineFilter>& filters_;
  const Options& options_;
  Console* const console_;
  std::string out_;
};

void Answer(const Expression& expression, const Options& options, Console* console) {
  LogRows logs(options, console);
  Labels labels;
  Series series(expression);
  std::string out;
  const auto write_out = [&] {
    console->Output(out);
    out.clear();
  };
  const auto wants = [&](ByteView line) { return PassesAll(line, expression.selection.filters); };
  logs.ForEach(wants, [&](const statement::Row& row, const LogRows::Line& line) {
    for (const Condition& condition : expression.selection.conditions)
      if (!labels.Holds(row, condition)) return;
    if (expression.function != Function::kLines) return series.Add(row, line, &labels);
    AppendLine(line.bytes, line.ends, options.json, &out);
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
  const bool text_alone =
      expression->function == query::Function::kLines && expression->selection.conditions.empty();
  if (text_alone) {
    query::TextQuery(*expression, options, console).Run();
  } else {
    query::Answer(*expression, options, console);
  }
  return 0;
}

}  // namespace logpress::cli
