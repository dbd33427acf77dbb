// Lines that differ in values alone, counted: the first step from rows to statements.
//
// Rows that are equal once their values are masked (mask_groups.h) are counted together, and only
// one of them, and now and then another as an example, becomes bytes. So are lines of several rows.
// What such a row is a line of is remembered from block to block.
#ifndef LOGPRESS_STATEMENT_PATTERNS_H_
#define LOGPRESS_STATEMENT_PATTERNS_H_

#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/header.h"
#include "statement/key.h"
#include "statement/mask_groups.h"
#include "statement/row_renderer.h"
#include "statement/row_table.h"
#include "statement/text_arena.h"
#include "statement/text_set.h"
#include "statement/tokens.h"
#include "time/line_times.h"

namespace logpress::statement {

// The header of the lines from this one on.
struct HeaderFrom {
  uint64_t line;
  Header header;
  Vector<time::TimePlace> times;  // where their timestamps stand
};

// Borrows from its collector.
struct Pattern {
  ByteView masked;  // AppendMasked() of the content
  bool has_values = false;
  KeyView key;  // of the first example
  uint64_t lines = 0;
  time::LineTime first;  // of the earliest and the latest line that has a time
  time::LineTime last;
  Vector<ByteView> examples;  // content of some lines
};

// One thread at a time.
class PatternCollector {
 public:
  // Patterns beyond so many, or of so many bytes in all, are counted as one, of a single value.
  // Merging takes some ten times as many bytes.
  static constexpr size_t kMostPatterns = size_t{1} << 15;
  static constexpr size_t kMostBytes = size_t{16} << 20;
  // Examples of a pattern, and bytes of those behind the first of each.
  static constexpr size_t kMostExamples = 16;
  static constexpr size_t kMostExampleBytes = size_t{32} << 20;
  // Bytes of the shapes of rows that are remembered.
  static constexpr size_t kMostShapeBytes = size_t{8} << 20;
  // Lines in which header and timestamps are looked for.
  static constexpr size_t kSampledLines = 1000;

  // A log ends, perhaps without a newline.
  void EndLog();

  // The rows of a block, one by one, which are those of the log behind those before them. `sample`
  // is some of the block's first bytes. Borrows `table` until EndBlock().
  void BeginBlock(const RowTable& table, ByteView sample);
  bool has_header() const { return header_.fields() > 0; }
  void Row(uint32_t t, std::span<const int64_t> values);
  void EndBlock();

  const Deque<Pattern>& patterns() const { return patterns_; }
  const Symbols& symbols() const { return symbols_; }  // of their keys
  uint64_t lines() const { return lines_; }
  // In the order of the lines.
  const Vector<HeaderFrom>& headers() const { return headers_; }

 private:
  // Lines that are rows of one group, or rows of the same groups one behind the other.
  struct Lines {
    uint32_t pattern = kNone;
    uint64_t count = 0;
  };
  // Of a group of a block.
  struct Group {
    Lines lines;
    size_t cells = 0;  // of the last of the lines, in cells_
    bool last_shown = false;
  };
  static constexpr uint32_t kNone = ~uint32_t{0};

  void FindHeader(ByteView sample);
  bool EndsLine(uint32_t t, std::span<const int64_t> values) const;
  bool KnowsShape(uint32_t g);
  void KeepShape(uint32_t pattern);
  void TakePart(uint32_t g, uint32_t t, std::span<const int64_t> values);
  void TakeLongLine();
  bool WantsExample(uint32_t pattern) const {
    // Without values all lines are equal.
    const Pattern& known = patterns_[pattern];
    return known.examples.size() < (known.has_values ? kMostExamples : 1);
  }
  bool IsSample(const Lines& lines) const;
  void TakeExample(ByteView line, Lines* lines);
  void AddExample(ByteView example, Pattern* pattern);
  RowRenderer::Cells CellsOf(uint32_t g) const;
  ByteView Render(uint32_t g);
  void NoteTime(ByteView line, Pattern* pattern);
  uint32_t PatternOf(ByteView content);

  Header header_;
  Vector<HeaderFrom> headers_;
  time::LineClock clock_{{}};
  uint64_t lines_ = 0;

  Deque<Pattern> patterns_;
  TextSet masked_texts_;  // of patterns, in their order
  TextArena arena_;       // keys and examples
  Symbols symbols_;
  // Of groups of all blocks with the present header.
  TextSet shapes_;
  Vector<uint32_t> shape_patterns_;

  size_t bytes_ = 0;          // of patterns and their first examples
  size_t example_bytes_ = 0;  // of the others

  // Of the block.
  const RowTable* table_ = nullptr;
  std::optional<RowRenderer> renderer_;
  MaskGroups mask_groups_;
  Vector<bool> ends_line_;  // per template: whatever the values are
  Vector<Group> groups_;
  Vector<int64_t> cells_;
  // Of a line that goes on with the next row.
  bool mid_line_ = false;
  ByteBuffer long_line_;      // its begin
  bool parts_known_ = false;  // all of its rows are in parts_
  Key parts_;                 // their groups
  Vector<int64_t> part_;      // cells of the last
  KeySet long_parts_;
  Vector<Lines> long_lines_;  // by their parts

  ByteBuffer line_;
  ByteBuffer shape_;
  Vector<ByteView> shape_masks_;
  Vector<Token> tokens_;
  ByteBuffer masked_;
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_PATTERNS_H_
