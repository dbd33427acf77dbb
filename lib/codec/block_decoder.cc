#include "codec/block_decoder.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "codec/decode_cost.h"
#include "codec/escape.h"
#include "ir/number_format.h"
#include "text/timestamp_run.h"

namespace logpress::codec {
namespace {

// Rows nest tables three deep; a damaged stream could ask for more.
constexpr int kMaxDepth = 8;

// A list of strings, end to end, with where each begins; one more offset than strings.
struct StringList {
  ByteBuffer bytes;
  std::vector<uint32_t> offsets;

  size_t size() const { return offsets.size() - 1; }
  ByteView operator[](size_t i) const {
    return {bytes.data() + offsets[i], offsets[i + 1] - offsets[i]};
  }
};

struct DecodedTemplate {
  uint32_t literal_begin;  // in Template literals: one more than columns
  uint32_t column_begin;
  uint32_t column_count;
};

// How the timestamps of a list or column become bytes again.
struct ZonedRenderer {
  explicit ZonedRenderer(const text::TimestampFormat& format) : renderer(format) {}

  text::TimestampRenderer renderer;
  std::vector<ir::Numbers::ExtraRun> extras;
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
};
constexpr size_t kMaxRendered = std::max(ir::kMaxNumberSize, text::kMaxTimestampSize);

struct DecodedColumn {
  bool numeric = false;
  uint32_t source = 0;  // index of its renderer or of its dictionary
  ColumnState state;
};

struct DecodedDictionary {
  StringList values;
  DictionaryState state;
};

// The vectors of these have exactly the size they need; others grow by doubling.
static_assert(sizeof(DecodedColumn) <= kColumnCharge);
static_assert(sizeof(DecodedDictionary) + sizeof(uint32_t) <= kListCharge);
static_assert(2 * sizeof(NumberRenderer) <= kNumbersCharge);
static_assert(sizeof(ZonedRenderer) <= kTimestampsCharge);
static_assert(2 * sizeof(ir::Numbers::ExtraRun) <= kExtraRunCharge);
static_assert(2 * sizeof(DecodedTemplate) <= kTemplateCharge);
static_assert(2 * sizeof(uint32_t) <= kLiteralCharge && 2 * sizeof(uint32_t) <= kSlotCharge);

class Decoder {
 public:
  Decoder(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size, Models* models)
      : meta_bytes_(meta),
        meta_(meta),
        text_(text),
        coder_(coded),
        raw_size_(raw_size),
        models_(models) {
    budget_ = DecodeBudget(raw_size);
  }

  absl::Status Run(uint64_t max_lines, ByteBuffer* raw) {
    const size_t start = raw->size();
    lines_left_ = max_lines;
    if (!DecodeStrings(0, raw_size_, raw, nullptr)) {
      return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", what_,
                                              " at byte ", meta_.position(), " of its metadata"));
    }
    if (lines_left_ > 0 && raw->size() - start != raw_size_) {
      return absl::DataLossError(absl::StrCat("the block's payload is damaged: it holds ",
                                              raw->size() - start, " bytes where ", raw_size_,
                                              " were promised"));
    }
    return absl::OkStatus();
  }

  // Reads what is in front of the dictionaries of the block's own table, and no further.
  absl::Status RunMetadata(BlockMetadata* metadata) {
    *metadata = BlockMetadata();
    metadata_ = metadata;
    ByteBuffer none;
    if (DecodeStrings(0, raw_size_, &none, nullptr)) return absl::OkStatus();
    return absl::DataLossError(
        absl::StrCat("the block's metadata is damaged: ", what_, " at byte ", meta_.position()));
  }

 private:
  bool Fail(const char* what) {
    what_ = what;
    return false;
  }

  // Takes `charge` from what the parts of this block may still take.
  bool Spend(uint64_t charge) {
    if (charge > budget_) return Fail("more data than the block can hold");
    budget_ -= charge;
    return true;
  }

  // Appends the strings of the next list to *out, at most `limit` bytes, and where each ends to
  // *offsets if that is given.
  bool DecodeStrings(int depth, uint64_t limit, ByteBuffer* out, std::vector<uint32_t>* offsets) {
    uint64_t count;
    uint64_t kind;
    if (depth > kMaxDepth) return Fail("tables nested too deeply");
    // Every string but one is at least a byte long.
    if (!meta_.GetVarintUpTo(raw_size_ + 1, &count) || !meta_.GetVarint(&kind))
      return Fail("bad list header");
    if (offsets != nullptr) {
      if (!Spend(kStringCharge * count)) return false;
      offsets->reserve(count + 1);
    }
    // Nothing else has templates to tell.
    if (metadata_ != nullptr && kind != static_cast<uint64_t>(ir::Strings::Kind::kTable))
      return Fail("no table");
    const uint64_t end = out->size() + limit;
    switch (kind) {
      case static_cast<uint64_t>(ir::Strings::Kind::kText):
        return DecodeText(count, end, out, offsets);
      case static_cast<uint64_t>(ir::Strings::Kind::kNumbers):
        return DecodeNumbers(count, end, out, offsets);
      case static_cast<uint64_t>(ir::Strings::Kind::kTable):
        return DecodeTable(depth, count, end, out, offsets);
      default:
        return Fail("unknown kind of list");
    }
  }

  bool DecodeText(uint64_t count, uint64_t end, ByteBuffer* out, std::vector<uint32_t>* offsets) {
    for (uint64_t i = 0; i < count; ++i) {
      const size_t size = text_.find(kStringEnd);
      // An escaped string is at most twice as long as the string.
      if (size == ByteView::npos || size > 2 * (end - out->size()))
        return Fail("text ends too early");
      if (!Unescape(text_.substr(0, size), out)) return Fail("bad escape in text");
      if (out->size() > end) return Fail("text longer than the block");
      text_.remove_prefix(size + 1);
      if (offsets != nullptr) offsets->push_back(static_cast<uint32_t>(out->size()));
    }
    return true;
  }

  bool StartNumbers(NumberRenderer* renderer, NumberCoder* numbers) {
    ByteView bytes;
    if (!Spend(kNumbersCharge)) return false;
    if (!meta_.GetBytes(1, &bytes)) return Fail("number format cut off");
    if (bytes[0] == kTimestamps) {
      if (!StartTimestamps(renderer)) return false;
    } else {
      renderer->format.radix = static_cast<ir::NumberFormat::Radix>(bytes[0]);
      if (!meta_.GetBytes(1, &bytes)) return Fail("number format cut off");
      renderer->format.width = static_cast<uint8_t>(bytes[0]);
      if (!ir::IsValid(renderer->format)) return Fail("unknown number format");
    }
    if (!meta_.GetBytes(1, &bytes) || static_cast<uint8_t>(bytes[0]) >= kTransforms) {
      return Fail("unknown transform of numbers");
    }
    *numbers = NumberCoder(static_cast<Transform>(bytes[0]));
    return true;
  }

  bool StartTimestamps(NumberRenderer* renderer) {
    if (!Spend(kTimestampsCharge)) return false;
    text::TimestampFormat format;
    uint64_t runs;
    if (!text::TimestampFormat::Parse(&meta_, &format)) return Fail("unknown timestamp format");
    renderer->timestamps = std::make_unique<ZonedRenderer>(format);
    ZonedRenderer& timestamps = *renderer->timestamps;
    if (!meta_.GetVarintUpTo(meta_.remaining(), &runs)) return Fail("bad zones of timestamps");
    if (!Spend(kExtraRunCharge * runs)) return false;
    uint64_t begin = 0;
    for (uint64_t i = 0; i < runs; ++i) {
      uint64_t step;
      uint64_t extra;
      if (!meta_.GetVarintUpTo(raw_size_, &step) || !meta_.GetVarint(&extra))
        return Fail("bad zones of timestamps");
      begin += step;
      timestamps.extras.push_back({static_cast<uint32_t>(begin), UnZigZag(extra)});
    }
    return true;
  }

  bool DecodeNumbers(uint64_t count, uint64_t end, ByteBuffer* out,
                     std::vector<uint32_t>* offsets) {
    NumberRenderer renderer;
    NumberCoder numbers;
    if (!StartNumbers(&renderer, &numbers)) return false;
    char bytes[kMaxRendered];
    for (uint64_t i = 0; i < count; ++i) {
      const size_t size = renderer.Render(numbers.Code(coder_, models_->bits, 0), bytes);
      if (size == 0) return Fail("number out of range");
      if (out->size() + size > end) return Fail("numbers longer than the block");
      out->append(bytes, size);
      if (offsets != nullptr) offsets->push_back(static_cast<uint32_t>(out->size()));
    }
    return true;
  }

  bool DecodeTemplates(std::vector<DecodedTemplate>* templates, StringList* literals,
                       std::vector<uint32_t>* columns, uint32_t* column_count) {
    uint64_t count;
    if (!meta_.GetVarintUpTo(meta_.remaining(), &count)) return Fail("bad template count");
    literals->offsets.push_back(0);
    if (!Spend(kTemplateCharge * count)) return false;
    for (uint64_t t = 0; t < count; ++t) {
      DecodedTemplate entry{static_cast<uint32_t>(literals->size()),
                            static_cast<uint32_t>(columns->size()), 0};
      for (bool more = true; more;) {
        const size_t from = meta_.position();
        const size_t to = meta_bytes_.find_first_of(ByteView("\0\1", 2), from);
        if (to == ByteView::npos) return Fail("template without an end");
        ByteView literal;
        meta_.GetBytes(to + 1 - from, &literal);
        more = literal.back() == kSlotMark;
        entry.column_count += more;
        literal.remove_suffix(1);
        const size_t before = literals->bytes.size();
        if (!Unescape(literal, &literals->bytes)) return Fail("bad escape in a template");
        if (!Spend(kLiteralCharge + 2 * (literals->bytes.size() - before))) return false;
        literals->offsets.push_back(static_cast<uint32_t>(literals->bytes.size()));
      }
      if (!Spend(kSlotCharge * entry.column_count)) return false;
      for (uint32_t i = 0; i < entry.column_count; ++i) {
        uint64_t column;
        if (!meta_.GetVarintUpTo(*column_count, &column)) return Fail("bad column of a template");
        if (column == 0) {
          columns->push_back((*column_count)++);
        } else {
          columns->push_back(static_cast<uint32_t>(column - 1));
        }
      }
      templates->push_back(entry);
    }
    return true;
  }

  // How many rows have each template: for those who read the metadata alone.
  bool DecodeCounts(uint64_t rows, size_t templates) {
    for (size_t t = 0; t < templates; ++t) {
      uint64_t count;
      if (!meta_.GetVarintUpTo(rows, &count)) return Fail("bad count of a template");
      rows -= count;
      if (metadata_ != nullptr) metadata_->templates[t].rows = count;
    }
    return rows == 0 || Fail("bad count of a template");
  }

  void CopyMetadata(const std::vector<DecodedTemplate>& templates,
                    std::vector<uint32_t> template_columns, StringList literals,
                    const std::vector<DecodedColumn>& columns,
                    const std::vector<NumberRenderer>& renderers) {
    for (const DecodedTemplate& entry : templates) {
      metadata_->templates.push_back(
          {entry.literal_begin, entry.column_begin, entry.column_count, 0});
    }
    metadata_->literals = std::move(literals.bytes);
    metadata_->literal_ends = std::move(literals.offsets);
    metadata_->slots = std::move(template_columns);
    for (const DecodedColumn& column : columns) {
      BlockMetadata::Column known;
      if (column.numeric) {
        const NumberRenderer& renderer = renderers[column.source];
        known.number = renderer.format;
        known.kind = BlockMetadata::Column::Kind::kNumber;
        if (renderer.timestamps != nullptr) {
          known.kind = BlockMetadata::Column::Kind::kTimestamp;
          known.timestamp = static_cast<uint32_t>(metadata_->timestamps.size());
          metadata_->timestamps.push_back(renderer.timestamps->renderer.format());
        }
      }
      metadata_->columns.push_back(known);
    }
  }

  bool DecodeTable(int depth, uint64_t rows, uint64_t end, ByteBuffer* out,
                   std::vector<uint32_t>* offsets) {
    std::vector<DecodedTemplate> templates;
    std::vector<uint32_t> template_columns;
    StringList literals;
    uint32_t column_count = 0;
    if (!DecodeTemplates(&templates, &literals, &template_columns, &column_count)) return false;
    if (!Spend(kColumnCharge * column_count)) return false;

    std::vector<DecodedColumn> columns(column_count);
    std::vector<NumberRenderer> renderers;
    uint32_t dictionary_count = 0;
    for (DecodedColumn& column : columns) {
      uint64_t kind;
      if (!meta_.GetVarintUpTo(1, &kind)) return Fail("unknown kind of column");
      column.numeric = kind != 0;
      if (column.numeric) {
        column.source = static_cast<uint32_t>(renderers.size());
        renderers.emplace_back();
        if (!StartNumbers(&renderers.back(), &column.state.numbers)) return false;
        continue;
      }
      column.state.key = models_->NewKey();
      uint64_t dictionary;
      if (!meta_.GetVarintUpTo(dictionary_count, &dictionary))
        return Fail("bad dictionary of a column");
      column.source = dictionary == 0 ? dictionary_count++ : static_cast<uint32_t>(dictionary - 1);
    }
    if (depth == 0 && metadata_ != nullptr) {
      CopyMetadata(templates, std::move(template_columns), std::move(literals), columns, renderers);
      return DecodeCounts(rows, metadata_->templates.size());
    }
    if (depth == 0 && !DecodeCounts(rows, templates.size())) return false;
    if (!Spend(kListCharge * dictionary_count)) return false;
    std::vector<DecodedDictionary> dictionaries(dictionary_count);
    for (DecodedDictionary& dictionary : dictionaries) {
      dictionary.state.key = models_->NewKey();
      StringList& values = dictionary.values;
      values.offsets.push_back(0);
      if (!DecodeStrings(depth + 1, std::min(raw_size_, budget_ / 2), &values.bytes,
                         &values.offsets))
        return false;
      if (values.size() == 0) return Fail("empty dictionary");
      dictionary.state.distinct = static_cast<uint32_t>(values.size());
      if (!Spend(2 * values.bytes.size())) return false;
    }

    RowModel model(models_, static_cast<uint32_t>(templates.size()));
    for (uint64_t row = 0; row < rows; ++row) {
      const uint32_t t = model.CodeTemplate(coder_, 0);
      if (t >= templates.size()) return Fail("unknown template");
      const DecodedTemplate& entry = templates[t];
      const size_t row_begin = out->size();
      for (uint32_t i = 0; i < entry.column_count; ++i) {
        out->append(literals[entry.literal_begin + i]);
        const uint32_t c = template_columns[entry.column_begin + i];
        DecodedColumn& column = columns[c];
        if (column.numeric) {
          char bytes[kMaxRendered];
          const size_t size =
              renderers[column.source].Render(model.CodeNumber(coder_, column.state, 0), bytes);
          if (size == 0) return Fail("number out of range");
          out->append(bytes, size);
        } else {
          DecodedDictionary& dictionary = dictionaries[column.source];
          uint32_t id = 0;
          if (dictionary.values.size() > 1) {
            id = model.CodeId(coder_, dictionary.state, column.state, 0);
            if (id >= dictionary.values.size()) return Fail("unknown value");
          }
          out->append(dictionary.values[id]);
        }
        if (out->size() > end) return Fail("rows longer than the block");
      }
      out->append(literals[entry.literal_begin + entry.column_count]);
      if (out->size() > end) return Fail("rows longer than the block");
      // An encoder's rows have no more slots than bytes, but for an empty exception; without this a
      // damaged stream could ask for endless work.
      if (out->size() - row_begin + 1 < entry.column_count) {
        return Fail("row with empty values only");
      }
      if (offsets != nullptr) offsets->push_back(static_cast<uint32_t>(out->size()));
      if (depth == 0 && !out->empty() && out->back() == '\n' && --lines_left_ == 0) return true;
    }
    return true;
  }

  ByteView meta_bytes_;
  ByteReader meta_;
  ByteView text_;
  RangeDecoder coder_;
  uint64_t raw_size_;
  uint64_t budget_;
  Models* models_;
  uint64_t lines_left_ = 0;            // that are still wanted
  BlockMetadata* metadata_ = nullptr;  // when it is all that is wanted
  const char* what_ = "";
};

}  // namespace

absl::Status DecodeBlock(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size,
                         uint64_t max_lines, Models* models, ByteBuffer* raw) {
  return Decoder(meta, text, coded, raw_size, models).Run(max_lines, raw);
}

absl::Status DecodeMetadata(ByteView meta, uint64_t raw_size, BlockMetadata* metadata) {
  Models models;  // only for its keys
  return Decoder(meta, "", "", raw_size, &models).RunMetadata(metadata);
}

}  // namespace logpress::codec
