// A table as a decoder has it before its rows: templates, columns and dictionaries in memory.
#ifndef LOGPRESS_CODEC_DECODED_TABLE_H_
#define LOGPRESS_CODEC_DECODED_TABLE_H_

#include <algorithm>
#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/memory.h"
#include "codec/breakdown.h"
#include "codec/decode_cost.h"
#include "codec/row_model.h"
#include "ir/ir.h"
#include "ir/number_format.h"
#include "time/timestamp_run.h"

namespace logpress::codec {

// A list of strings, end to end, with where each begins; one more offset than strings.
struct StringList {
  ByteBuffer bytes;
  Vector<uint32_t> offsets;

  size_t size() const { return offsets.size() - 1; }
  ByteView operator[](size_t i) const {
    return {bytes.data() + offsets[i], offsets[i + 1] - offsets[i]};
  }
};

struct DecodedTemplate {
  uint32_t literal_begin;  // in DecodedTable::literals: one more than columns
  uint32_t column_begin;
  uint32_t column_count;
};

// How the timestamps of a list or column become bytes again.
struct ZonedRenderer : InMemory {
  explicit ZonedRenderer(const time::TimestampFormat& format) : renderer(format) {}

  time::TimestampRenderer renderer;
  Vector<ir::Numbers::ExtraRun> extras;
  size_t next_extra = 0;
  uint32_t rendered = 0;
  int64_t extra = 0;

  size_t Render(int64_t ticks, char* out) {
    if (next_extra < extras.size() && extras[next_extra].begin == rendered)
      extra = extras[next_extra++].extra;
    ++rendered;
    return renderer.Render(ticks, extra, out);
  }
};

// How the numbers of a list or column become bytes again.
struct NumberRenderer {
  ir::NumberFormat format;
  std::unique_ptr<ZonedRenderer> timestamps;  // null: numbers in `format`

  // Returns the size; 0 if the number stands for nothing in this format.
  size_t Render(int64_t value, char* out) {
    return timestamps == nullptr ? ir::Render(format, value, out) : timestamps->Render(value, out);
  }
  // What a column of such numbers is in a breakdown.
  Part part() const { return timestamps == nullptr ? Part::kNumbers : Part::kTimestamps; }
};
inline constexpr size_t kMaxRendered = std::max(ir::kMaxNumberSize, time::kMaxTimestampSize);

struct DecodedColumn {
  bool numeric = false;
  bool used = false;    // by a slot
  bool shared = false;  // by several
  uint32_t source = 0;  // index of its renderer or of its dictionary
  ColumnState state;
};

struct DecodedDictionary {
  StringList values;
  DictionaryState state;
};

struct DecodedTable {
  Vector<DecodedTemplate> templates;
  Vector<uint32_t> template_columns;  // of all templates, one after the other
  StringList literals;
  Vector<DecodedColumn> columns;
  Vector<NumberRenderer> renderers;
  Vector<DecodedDictionary> dictionaries;
};

// The vectors of these have exactly the size they need; others grow by doubling.
static_assert(sizeof(DecodedColumn) <= kColumnCharge);
static_assert(sizeof(DecodedDictionary) + sizeof(uint32_t) <= kListCharge);
static_assert(2 * sizeof(NumberRenderer) <= kNumbersCharge);
static_assert(sizeof(ZonedRenderer) <= kTimestampsCharge);
static_assert(2 * sizeof(ir::Numbers::ExtraRun) <= kExtraRunCharge);
static_assert(2 * sizeof(DecodedTemplate) <= kTemplateCharge);
static_assert(2 * sizeof(uint32_t) <= kLiteralCharge && 2 * sizeof(uint32_t) <= kSlotCharge);

// Where rows go, and how many may still.
struct RowOutput {
  ByteBuffer* out;
  uint64_t end;               // out->size() may not pass it
  Vector<uint32_t>* offsets;  // where each row ends, or null
  uint64_t* lines_left;       // lines that are still wanted, or null: all

  // What ends a row that began at `begin` and has `slots` slots. Null, or what is wrong.
  const char* EndRow(size_t begin, uint32_t slots) const {
    if (out->size() > end) return kTooLong;
    // An encoder's rows have no more slots than bytes, but for an empty exception; without this a
    // damaged stream could ask for endless work.
    if (out->size() - begin + 1 < slots) return "row with empty values only";
    if (offsets != nullptr) offsets->push_back(static_cast<uint32_t>(out->size()));
    if (lines_left != nullptr && !out->empty() && out->back() == '\n') --*lines_left;
    return nullptr;
  }
  bool done() const { return lines_left != nullptr && *lines_left == 0; }

  static constexpr const char* kTooLong = "rows longer than the block";
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_DECODED_TABLE_H_
