#include "search/block_search.h"

#include <memory>
#include <optional>
#include <span>

#include "absl/strings/str_cat.h"
#include "archive/frame_decoder.h"
#include "base/status.h"
#include "codec/render_sink.h"
#include "codec/row_sink.h"
#include "search/block_filter.h"

namespace logpress::search {
namespace {

// Makes bytes of the lines that may match, out of the rows of a block.
class FilterSink : public codec::RowSink {
 public:
  FilterSink(const BlockFilter& filter, const codec::BlockTables& tables, bool count_only,
             BlockFind* find)
      : filter_(filter),
        tables_(tables),
        table_(tables.table()),
        count_only_(count_only),
        find_(find),
        state_(filter.StartLine()) {
    for (const codec::RowGroup& group : tables.groups().groups) most_kept_ += group.size / 4;
  }

  // The rows of groups[group] follow.
  void Start(size_t group) {
    const codec::RowGroups& groups = tables_.groups();
    done_ = false;
    if (filter_.rows_are_lines()) {
      line_ = groups.groups[group].first_row;
      candidates_ = 0;
      const uint32_t templates = static_cast<uint32_t>(table_.templates.size());
      for (uint32_t t = 0; t < templates; ++t) {
        if (!filter_.Never(t)) candidates_ += groups.template_rows[group * templates + t];
      }
    }
    // What renders the rows before goes on with these.
    if (render_ && next_group_ == group) {
      ++next_group_;
      return;
    }
    next_group_ = group + 1;
    Finish();
    uint64_t left = 0;
    for (size_t g = group; g < groups.groups.size(); ++g) left += groups.groups[g].size;
    render_.emplace(table_, tables_.ValuesBefore(group),
                    codec::RowOutput{&find_->bytes, find_->bytes.size() + left, nullptr, nullptr});
  }

  const char* Row(uint32_t t, std::span<const int64_t> slots) override {
    return filter_.rows_are_lines() ? Line(t, slots) : PartOfLine(t, slots);
  }

  void Finish() {
    if (render_) render_->Finish();
  }
  // Whether it is better to decode the whole block, and nothing more is done here: because a line
  // has too many values, or most lines are wanted.
  bool given_up() const { return given_up_; }
  // At the end of the block, which ends a line.
  const char* FinishLine() { return rows_.empty() ? nullptr : EndLine(); }

 private:
  const char* Line(uint32_t t, std::span<const int64_t> slots) {
    const uint64_t line = line_++;
    if (filter_.Never(t)) {
      Skip(t);
      return nullptr;
    }
    if (--candidates_ == 0) {
      // Nobody asks for what is behind the last row that may match.
      done_ = true;
      next_group_ = kNoGroup;
    }
    const bool always = filter_.Always(t);
    if (always && count_only_) {
      ++find_->matched;
      return nullptr;
    }
    if (!always && !filter_.MayMatch(t, slots)) {
      Skip(t);
      return nullptr;
    }
    const uint64_t begin = render_->size();
    const char* const wrong = Render(t, slots);
    Note(line, render_->size() - begin);
    return wrong;
  }

  const char* PartOfLine(uint32_t t, std::span<const int64_t> slots) {
    if (slots_.size() + rows_.size() > most_kept_) {
      GiveUp();
      return nullptr;
    }
    filter_.Run(t, slots, &state_);
    rows_.push_back({t, slots_.size()});
    slots_.insert(slots_.end(), slots.begin(), slots.end());
    return filter_.EndsLine(t) ? EndLine() : nullptr;
  }

  const char* EndLine() {
    const bool wanted = filter_.MayMatch(state_);
    const uint64_t begin = render_->size();
    const char* wrong = nullptr;
    for (size_t i = 0; i < rows_.size() && wrong == nullptr; ++i) {
      const auto [t, first] = rows_[i];
      const size_t count = table_.templates[t].column_count;
      if (!wanted) {
        Skip(t);
      } else {
        wrong = Render(t, std::span(slots_).subspan(first, count));
      }
    }
    if (wanted) Note(line_, render_->size() - begin);
    ++line_;
    rows_.clear();
    slots_.clear();
    state_.Start();
    return wrong;
  }

  void Skip(uint32_t t) {
    for (const uint32_t c : table_.ColumnsOf(table_.templates[t])) {
      if (table_.columns[c].numeric) render_->SkipNumber(table_.columns[c]);
    }
  }

  const char* Render(uint32_t t, std::span<const int64_t> slots) {
    const codec::DecodedTemplate& entry = table_.templates[t];
    const std::span<const uint32_t> columns = table_.ColumnsOf(entry);
    render_->BeginRow(entry);
    for (size_t i = 0; i < columns.size(); ++i) {
      const codec::DecodedColumn& column = table_.columns[columns[i]];
      const char* const wrong = column.numeric ? render_->AddNumber(column, slots[i])
                                               : render_->AddId(table_.dictionaries[column.source],
                                                                static_cast<uint32_t>(slots[i]));
      if (wrong != nullptr) return wrong;
    }
    return render_->EndRow();
  }

  void Note(uint64_t line, uint64_t size) {
    constexpr uint64_t kSomeLines = 2048;
    if (++wanted_ == kSomeLines && line < 2 * kSomeLines && !count_only_) GiveUp();
    Vector<BlockFind::Run>& runs = find_->runs;
    if (!runs.empty() && runs.back().first_line + runs.back().lines == line) {
      ++runs.back().lines;
      runs.back().size += size;
    } else {
      runs.push_back({line, 1, size});
    }
  }

  void GiveUp() {
    given_up_ = true;
    done_ = true;
  }

  struct RowOfLine {
    uint32_t template_id;
    size_t first_slot;
  };

  const BlockFilter& filter_;
  const codec::BlockTables& tables_;
  const codec::DecodedTable& table_;
  const bool count_only_;
  BlockFind* const find_;
  std::optional<codec::RenderSink> render_;
  uint64_t most_kept_ = 0;  // values and rows of a line
  uint64_t wanted_ = 0;     // lines
  bool given_up_ = false;
  static constexpr size_t kNoGroup = ~size_t{0};
  size_t next_group_ = 0;    // that render_ can go on with
  uint64_t candidates_ = 0;  // rows of the group to come that may match, where they are lines
  uint64_t line_ = 0;        // in the block
  // Of a line of several rows, as far as it is there.
  BlockFilter::LineState state_;
  Vector<RowOfLine> rows_;
  Vector<int64_t> slots_;
};

// Whether each template is one of which all rows match or none; then *matched is how many.
bool CountByTemplates(const BlockFilter& filter, const codec::BlockTables& tables,
                      uint64_t* matched) {
  const size_t templates = tables.table().templates.size();
  for (uint32_t t = 0; t < templates; ++t) {
    if (!filter.Always(t) && !filter.Never(t)) return false;
  }
  for (uint32_t t = 0; t < templates; ++t) {
    if (filter.Always(t)) *matched += tables.RowsOf(t);
  }
  return true;
}

bool HasCandidates(const BlockFilter& filter, const codec::RowGroups& groups, size_t group,
                   size_t templates) {
  for (uint32_t t = 0; t < templates; ++t) {
    if (groups.template_rows[group * templates + t] != 0 && !filter.Never(t)) return true;
  }
  return false;
}

// Searches the parts of a block. *done: nothing more has to be read; otherwise the block must be
// read whole.
absl::Status SearchParts(backend::BlockParts* parts, const Plan& plan,
                         const BlockSearchOptions& options, BlockFind* find, bool* done) {
  const codec::BlockTables& tables = parts->tables();
  BlockFilter filter(plan, tables);
  Vector<codec::ListOutline> lists;
  LOGPRESS_RETURN_IF_ERROR(parts->ReadOutline(&lists));
  filter.Judge(lists);
  // What follows on a line without an end is not known here.
  if (filter.newline_inside() || !(filter.rows_are_lines() || options.ends_line))
    return absl::OkStatus();
  *done = !filter.MayMatch();
  if (*done || options.whole) return absl::OkStatus();
  const bool count_only = options.count_only && plan.exact() && filter.rows_are_lines();
  *done = count_only && CountByTemplates(filter, tables, &find->matched);
  if (*done) return absl::OkStatus();
  // A line may end in the middle of a value.
  if (BlockFilter::NewlineInside(lists)) return absl::OkStatus();
  LOGPRESS_RETURN_IF_ERROR(parts->ReadValues(filter.Deciding()));
  if (!filter.JudgeValues()) return absl::OkStatus();
  *done = true;
  if (!filter.MayMatch()) return absl::OkStatus();
  if (count_only && CountByTemplates(filter, tables, &find->matched)) return absl::OkStatus();
  find->decoded = true;
  LOGPRESS_RETURN_IF_ERROR(parts->ReadValues(filter.Shown()));
  FilterSink sink(filter, tables, count_only, find);
  for (size_t g = 0; g < tables.groups().groups.size(); ++g) {
    if (filter.rows_are_lines() &&
        !HasCandidates(filter, tables.groups(), g, tables.table().templates.size())) {
      continue;
    }
    sink.Start(g);
    LOGPRESS_RETURN_IF_ERROR(parts->ReadRows(g, &sink));
    if (sink.given_up()) break;
  }
  if (sink.given_up()) {
    *find = BlockFind();
    *done = false;
    return absl::OkStatus();
  }
  if (const char* const wrong = sink.FinishLine(); wrong != nullptr) {
    return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", wrong));
  }
  sink.Finish();
  return absl::OkStatus();
}

}  // namespace

absl::Status BlockSearcher::Search(const archive::FrameHeader& header, uint64_t offset,
                                   ByteView payload, uint64_t memory_limit, const Plan& plan,
                                   const BlockSearchOptions& options, BlockFind* find) {
  if (!header.raw && !options.every_line && !plan.automata().empty()) {
    LOGPRESS_ASSIGN_OR_RETURN(const std::unique_ptr<backend::BlockReader> reader,
                              archive::OpenFrame(header, offset, payload, memory_limit, &decoder_));
    bool done = false;
    if (backend::BlockParts* const parts = reader->parts(); parts != nullptr)
      LOGPRESS_RETURN_IF_ERROR(SearchParts(parts, plan, options, find, &done));
    if (done) return absl::OkStatus();
  }
  find->whole = true;
  find->decoded = true;
  return archive::DecodeFrame(header, offset, payload, memory_limit, &decoder_, &find->bytes);
}

}  // namespace logpress::search
