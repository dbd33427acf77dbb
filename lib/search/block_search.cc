#include "search/block_search.h"

#include <memory>

#include "archive/frame_decoder.h"
#include "base/status.h"
#include "search/block_filter.h"
#include "search/filter_sink.h"

namespace logpress::search {
namespace {

// Whether the lines that match are told by the templates of the rows that they end with; then
// *matched is how many.
bool CountByTemplates(const BlockFilter& filter, const codec::BlockTables& tables,
                      uint64_t* matched) {
  const auto counts = [&](uint32_t t) { return filter.Always(t) && filter.EndsLine(t); };
  const size_t templates = tables.table().templates.size();
  for (uint32_t t = 0; t < templates; ++t) {
    if (filter.Touches(t) && !counts(t)) return false;
  }
  for (uint32_t t = 0; t < templates; ++t) {
    if (counts(t)) *matched += tables.RowsOf(t);
  }
  return true;
}

// Which groups have to be read, beside those that a line goes on in.
struct GroupsToRead {
  Vector<uint8_t> wanted;   // rows of it may be part of a match
  Vector<uint8_t> leading;  // a line that ends in a later one may begin in it
};

GroupsToRead Choose(const BlockFilter& filter, const codec::BlockTables& tables,
                    const BlockSearchOptions& options) {
  const size_t templates = tables.table().templates.size();
  const size_t groups = tables.groups().groups.size();
  GroupsToRead read = {Vector<uint8_t>(groups, 0), Vector<uint8_t>(groups, 0)};
  uint64_t end_line = 0;  // that the group behind begins in
  for (const codec::RowGroup& group : tables.groups().groups)
    end_line += filter.rows_are_lines() ? group.rows : group.newlines;
  bool goes_back = false;  // what is read of the group behind may begin in this one
  for (size_t g = groups; g-- > 0;) {
    const codec::RowGroup& group = tables.groups().groups[g];
    const uint64_t line = end_line - (filter.rows_are_lines() ? group.rows : group.newlines);
    const bool asked_for =
        groups == 1 || (line < options.end_line && end_line >= options.first_line);
    end_line = line;
    bool ends = false;
    bool opens = false;
    for (uint32_t t = 0; t < templates; ++t) {
      if (tables.groups().template_rows[g * templates + t] == 0) continue;
      if (asked_for && filter.Touches(t)) read.wanted[g] = 1;
      (filter.EndsLine(t) ? ends : opens) = true;
    }
    read.leading[g] = static_cast<uint8_t>(goes_back && opens);
    goes_back = read.wanted[g] != 0 || (read.leading[g] != 0 && !ends);
  }
  return read;
}

// Hands the rows to the sink that it needs.
absl::Status ReadRows(const BlockFilter& filter, const BlockSearchOptions& options,
                      backend::BlockParts* parts, FilterSink* sink) {
  const GroupsToRead read = Choose(filter, parts->tables(), options);
  for (size_t g = 0; g < read.wanted.size(); ++g) {
    if (read.wanted[g] == 0 && read.leading[g] == 0 && !sink->in_line()) continue;
    sink->Start(g, read.leading[g] != 0);
    LOGPRESS_RETURN_IF_ERROR(parts->ReadRows(g, sink));
    if (sink->given_up()) return absl::OkStatus();
    LOGPRESS_RETURN_IF_ERROR(sink->Flush(parts));
  }
  return sink->Finish(parts);
}

// Whether a line of the block may match by its letters alone.
bool MayMatch(const Plan& plan, const backend::LetterFilter& letters) {
  Literals found = 0;
  for (size_t k = 0; k < plan.letters().size(); ++k) {
    if (letters.MayHold(plan.letters()[k])) found |= Literals{1} << k;
  }
  return plan.Met(found);
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
  // A line may end in the middle of a value.
  if (BlockFilter::NewlineInside(lists)) return absl::OkStatus();
  const bool count_only = options.count_only && plan.exact();
  filter.FindTouching();
  *done = count_only && CountByTemplates(filter, tables, &find->matched);
  if (*done) return absl::OkStatus();
  if (!filter.OpenValues()) return absl::OkStatus();
  *done = true;
  for (Vector<uint8_t> next = filter.NextToRead(); !next.empty(); next = filter.NextToRead()) {
    LOGPRESS_RETURN_IF_ERROR(parts->ReadValues(next, &filter));
    filter.JudgeValues();
    if (!filter.MayMatch()) return absl::OkStatus();
  }
  filter.FindTouching();
  filter.FindDecidingSlots();
  if (count_only && CountByTemplates(filter, tables, &find->matched)) return absl::OkStatus();
  find->decoded = true;
  FilterSink sink(filter, tables, options, count_only, find);
  LOGPRESS_RETURN_IF_ERROR(ReadRows(filter, options, parts, &sink));
  if (sink.given_up()) {
    *find = BlockFind();
    *done = false;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status BlockSearcher::Search(const archive::FrameHeader& header, uint64_t offset,
                                   ByteView payload, uint64_t memory_limit, const Plan& plan,
                                   const BlockSearchOptions& options, BlockFind* find) {
  const bool may_leave_out = !header.raw || header.backend == backend::Id::kMix;
  if (may_leave_out && !options.every_line && !plan.automata().empty()) {
    LOGPRESS_ASSIGN_OR_RETURN(const std::unique_ptr<backend::BlockReader> reader,
                              archive::OpenFrame(header, offset, payload, memory_limit, &decoder_));
    const backend::LetterFilter* const letters = reader->letters();
    // A line that goes on elsewhere has other letters too.
    bool done = letters != nullptr && options.ends_line && !MayMatch(plan, *letters);
    if (backend::BlockParts* const parts = reader->parts(); parts != nullptr)
      LOGPRESS_RETURN_IF_ERROR(SearchParts(parts, plan, options, find, &done));
    if (done) return absl::OkStatus();
  }
  find->whole = true;
  find->decoded = true;
  // A line that began before the block ends in it.
  const uint64_t most = options.end_line == BlockSearchOptions::kToEnd
                            ? options.end_line
                            : options.end_line + (header.starts_mid_line ? 1 : 0);
  return archive::DecodeFrame(header, offset, payload, memory_limit, &decoder_, &find->bytes, most);
}

}  // namespace logpress::search
