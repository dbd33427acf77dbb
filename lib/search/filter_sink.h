// Keeps the rows of a block that may match, and makes bytes of them at the end: only then is it
// known of which dictionaries values are needed.
#ifndef LOGPRESS_SEARCH_FILTER_SINK_H_
#define LOGPRESS_SEARCH_FILTER_SINK_H_

#include <cstdint>
#include <span>

#include "absl/status/status.h"
#include "backend/backend.h"
#include "base/memory.h"
#include "codec/decoder.h"
#include "codec/render_sink.h"
#include "codec/row_sink.h"
#include "search/block_filter.h"
#include "search/block_search.h"

namespace logpress::search {

// For the groups of one block, in their order; some may be left out.
class FilterSink : public codec::RowSink {
 public:
  // Borrows all. With `count_only`, lines that match for sure are only counted.
  FilterSink(const BlockFilter& filter, const codec::BlockTables& tables,
             const BlockSearchOptions& options, bool count_only, BlockFind* find);

  // The rows of groups[group] follow. The sink may end early, unless the group after it is to go on
  // with the line that this one ends in.
  void Start(size_t group, bool to_the_end);
  const char* Row(uint32_t t, std::span<const int64_t> slots) override;

  // Whether a line is not at its end yet.
  bool in_line() const { return !rows_.empty(); }
  // Whether it is better to decode the whole block, and nothing more is done here: because there is
  // too much to be kept, or most lines are wanted.
  bool given_up() const { return given_up_; }
  // After a group, or the last one: makes bytes of what is kept, in the first case only if that is
  // much.
  absl::Status Flush(backend::BlockParts* parts);
  absl::Status Finish(backend::BlockParts* parts);

 private:
  // Values of a row: those of its slots, and for each timestamp among these its place in the
  // column, if zones or the like go by that.
  struct KeptRow {
    uint32_t template_id;
    size_t first_value;
  };
  struct KeptLine {
    uint64_t number;
    size_t rows;
  };

  void Line(uint32_t t, std::span<const int64_t> slots);
  void PartOfLine(uint32_t t, std::span<const int64_t> slots);
  void EndLine();
  void AddValues(uint32_t t, std::span<const int64_t> slots);
  void Pass(uint32_t t);
  void Note(uint64_t line);
  bool AskedFor(uint64_t line) const;
  void GiveUp();
  bool HasPlaces(const codec::DecodedColumn& column) const;
  absl::Status Render(backend::BlockParts* parts);
  const char* RenderRow(const KeptRow& row, codec::RenderSink* render) const;

  const BlockFilter& filter_;
  const codec::BlockTables& tables_;
  const codec::DecodedTable& table_;
  const BlockSearchOptions& options_;
  const bool count_only_;
  BlockFind* const find_;
  bool given_up_ = false;
  bool to_the_end_ = false;
  uint64_t wanted_ = 0;      // lines
  uint64_t candidates_ = 0;  // rows of the group to come that may be part of a match
  uint64_t line_ = 0;        // in the block
  size_t most_values_ = 0;   // that are kept
  bool any_places_ = false;
  Vector<uint8_t> has_places_;  // of each template: whether it has such timestamps
  Vector<uint32_t> places_;     // of each kind of numbers: values so far
  BlockFilter::LineState state_;
  // The line of several rows that is not at its end yet, which are behind what is kept.
  Vector<KeptRow> rows_;
  Vector<KeptRow> kept_rows_;
  Vector<KeptLine> kept_lines_;
  Vector<int64_t> values_;  // of kept_rows_, then of rows_
};

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_FILTER_SINK_H_
