#include "search/block_search.h"

#include <memory>
#include <new>
#include <span>

#include "archive/frame_decoder.h"
#include "base/status.h"
#include "codec/render_sink.h"
#include "codec/row_sink.h"
#include "search/block_filter.h"

namespace logpress::search {
namespace {

// Makes bytes of the rows of a group that may match.
class FilterSink : public codec::RowSink {
 public:
  FilterSink(const BlockFilter& filter, const codec::BlockTables& tables, size_t group,
             bool count_only, BlockFind* find)
      : filter_(filter),
        table_(tables.table()),
        count_only_(count_only),
        line_(tables.groups().groups[group].first_row),
        rows_(tables.groups().groups.back().first_row + tables.groups().groups.back().rows),
        find_(find),
        render_(table_, tables.ValuesBefore(group),
                {&find->bytes, find->bytes.size() + tables.groups().groups[group].size, nullptr,
                 nullptr}) {}

  const char* Row(uint32_t t, std::span<const int64_t> slots) override {
    const uint64_t line = line_++;
    // The line would go on with the next row.
    if (!filter_.EndsLine(t) && line_ != rows_) torn_ = true;
    if (torn_) return nullptr;
    const bool always = filter_.Always(t);
    if (always && count_only_) {
      ++find_->matched;
      return nullptr;
    }
    const codec::DecodedTemplate& entry = table_.templates[t];
    const std::span<const uint32_t> columns = table_.ColumnsOf(entry);
    if (!always && (filter_.Never(t) || !filter_.MayMatch(t, slots))) {
      for (const uint32_t c : columns) {
        if (table_.columns[c].numeric) render_.SkipNumber(table_.columns[c]);
      }
      return nullptr;
    }
    const uint64_t begin = render_.size();
    render_.BeginRow(entry);
    for (size_t i = 0; i < columns.size(); ++i) {
      const codec::DecodedColumn& column = table_.columns[columns[i]];
      const char* const wrong = column.numeric ? render_.AddNumber(column, slots[i])
                                               : render_.AddId(table_.dictionaries[column.source],
                                                               static_cast<uint32_t>(slots[i]));
      if (wrong != nullptr) return wrong;
    }
    if (const char* const wrong = render_.EndRow(); wrong != nullptr) return wrong;
    const uint64_t size = render_.size() - begin;
    if (!find_->runs.empty() && find_->runs.back().first_line + find_->runs.back().lines == line) {
      ++find_->runs.back().lines;
      find_->runs.back().size += size;
    } else {
      find_->runs.push_back({line, 1, size});
    }
    return nullptr;
  }

  void Finish() { render_.Finish(); }
  // Rows are no lines after all.
  bool torn() const { return torn_; }

 private:
  const BlockFilter& filter_;
  const codec::DecodedTable& table_;
  const bool count_only_;
  uint64_t line_;        // in the block
  const uint64_t rows_;  // of the block
  bool torn_ = false;
  BlockFind* const find_;
  codec::RenderSink render_;
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
  *done = (filter.ends_lines() || options.ends_line) && !filter.MayMatch();
  if (*done || options.whole || !filter.rows_are_lines()) return absl::OkStatus();
  const bool count_only = options.count_only && plan.exact();
  *done = count_only && filter.ends_lines() && CountByTemplates(filter, tables, &find->matched);
  if (*done) return absl::OkStatus();
  LOGPRESS_RETURN_IF_ERROR(parts->ReadValues());
  if (!filter.JudgeValues() || !filter.rows_are_lines()) return absl::OkStatus();
  *done = filter.ends_lines() || options.ends_line;
  if (!*done || !filter.MayMatch()) return absl::OkStatus();
  if (count_only && filter.ends_lines() && CountByTemplates(filter, tables, &find->matched))
    return absl::OkStatus();
  find->decoded = true;
  for (size_t g = 0; g < tables.groups().groups.size(); ++g) {
    if (filter.ends_lines() &&
        !HasCandidates(filter, tables.groups(), g, tables.table().templates.size()))
      continue;
    FilterSink sink(filter, tables, g, count_only, find);
    LOGPRESS_RETURN_IF_ERROR(parts->ReadRows(g, &sink));
    sink.Finish();
    if (!sink.torn()) continue;
    *find = BlockFind();
    *done = false;
    break;
  }
  return absl::OkStatus();
}

absl::Status SearchBlock(const archive::FrameHeader& header, uint64_t offset, ByteView payload,
                         uint64_t memory_limit, const Plan& plan, const BlockSearchOptions& options,
                         block::BlockDecoder* decoder, BlockFind* find) {
  if (!header.raw && !options.every_line && !plan.automata().empty()) {
    LOGPRESS_ASSIGN_OR_RETURN(const std::unique_ptr<backend::BlockReader> reader,
                              archive::OpenFrame(header, offset, payload, memory_limit, decoder));
    bool done = false;
    if (backend::BlockParts* const parts = reader->parts(); parts != nullptr)
      LOGPRESS_RETURN_IF_ERROR(SearchParts(parts, plan, options, find, &done));
    if (done) return absl::OkStatus();
  }
  find->whole = true;
  find->decoded = true;
  return archive::DecodeFrame(header, offset, payload, memory_limit, decoder, &find->bytes);
}

}  // namespace

absl::Status BlockSearcher::Search(const archive::FrameHeader& header, uint64_t offset,
                                   ByteView payload, uint64_t memory_limit, const Plan& plan,
                                   const BlockSearchOptions& options, BlockFind* find) {
  absl::Status status;
  try {
    status = SearchBlock(header, offset, payload, memory_limit, plan, options, &decoder_, find);
  } catch (const std::bad_alloc&) {
    status = OutOfMemory("out of memory while searching; use fewer threads");
  }
  return status;
}

}  // namespace logpress::search
