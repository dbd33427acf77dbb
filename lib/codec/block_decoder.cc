#include "codec/block_decoder.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "codec/escape.h"
#include "ir/number_format.h"

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

struct DecodedColumn {
  bool numeric = false;
  ir::NumberFormat format;
  StringList dictionary;
  ColumnState state;
};

class Decoder {
 public:
  Decoder(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size, Models* models)
      : meta_bytes_(meta),
        meta_(meta),
        text_(text),
        coder_(coded),
        raw_size_(raw_size),
        models_(models) {
    // What lists may hold in all. An encoder's dictionaries are disjoint parts of the list above
    // them, so each of the levels is no larger than the block.
    budget_ = raw_size * kMaxDepth + 1024;
  }

  absl::Status Run(ByteBuffer* raw) {
    const size_t start = raw->size();
    if (!DecodeStrings(0, raw_size_, raw, nullptr)) {
      return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", what_,
                                              " at byte ", meta_.position(), " of its metadata"));
    }
    if (raw->size() - start != raw_size_) {
      return absl::DataLossError(absl::StrCat("the block's payload is damaged: it holds ",
                                              raw->size() - start, " bytes where ", raw_size_,
                                              " were promised"));
    }
    return absl::OkStatus();
  }

 private:
  bool Fail(const char* what) {
    what_ = what;
    return false;
  }

  // Takes `bytes` from what the lists of this block may still hold.
  bool Spend(uint64_t bytes) {
    if (bytes > budget_) return Fail("more data than the block can hold");
    budget_ -= bytes;
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
      if (!Spend(count * sizeof(uint32_t) / 4)) return false;
      offsets->reserve(count + 1);
    }
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
      if (size == ByteView::npos || out->size() + size > end) return Fail("text ends too early");
      if (!Unescape(text_.substr(0, size), out)) return Fail("bad escape in text");
      text_.remove_prefix(size + 1);
      if (offsets != nullptr) offsets->push_back(static_cast<uint32_t>(out->size()));
    }
    return true;
  }

  bool StartNumbers(ir::NumberFormat* format, NumberCoder* numbers) {
    ByteView bytes;
    if (!meta_.GetBytes(3, &bytes)) return Fail("number format cut off");
    format->radix = static_cast<ir::NumberFormat::Radix>(bytes[0]);
    format->width = static_cast<uint8_t>(bytes[1]);
    const auto transform = static_cast<uint8_t>(bytes[2]);
    if (!ir::IsValid(*format) || transform >= kTransforms) return Fail("unknown number format");
    *numbers = NumberCoder(models_->NewKey(), static_cast<Transform>(transform));
    return true;
  }

  bool DecodeNumbers(uint64_t count, uint64_t end, ByteBuffer* out,
                     std::vector<uint32_t>* offsets) {
    ir::NumberFormat format;
    NumberCoder numbers;
    if (!StartNumbers(&format, &numbers)) return false;
    char digits[ir::kMaxNumberSize];
    for (uint64_t i = 0; i < count; ++i) {
      const size_t size = ir::Render(format, numbers.Code(coder_, models_->bits, 0), digits);
      if (out->size() + size > end) return Fail("numbers longer than the block");
      out->append(digits, size);
      if (offsets != nullptr) offsets->push_back(static_cast<uint32_t>(out->size()));
    }
    return true;
  }

  bool DecodeTemplates(std::vector<DecodedTemplate>* templates, StringList* literals,
                       std::vector<uint32_t>* columns, uint32_t* column_count) {
    uint64_t count;
    if (!meta_.GetVarintUpTo(meta_.remaining(), &count)) return Fail("bad template count");
    literals->offsets.push_back(0);
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
        if (!Unescape(literal, &literals->bytes)) return Fail("bad escape in a template");
        literals->offsets.push_back(static_cast<uint32_t>(literals->bytes.size()));
      }
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

  bool DecodeTable(int depth, uint64_t rows, uint64_t end, ByteBuffer* out,
                   std::vector<uint32_t>* offsets) {
    std::vector<DecodedTemplate> templates;
    std::vector<uint32_t> template_columns;
    StringList literals;
    uint32_t column_count = 0;
    if (!DecodeTemplates(&templates, &literals, &template_columns, &column_count)) return false;
    if (!Spend(literals.bytes.size())) return false;

    std::vector<DecodedColumn> columns(column_count);
    for (DecodedColumn& column : columns) {
      uint64_t kind;
      if (!meta_.GetVarintUpTo(1, &kind)) return Fail("unknown kind of column");
      column.numeric = kind != 0;
      if (column.numeric) {
        if (!StartNumbers(&column.format, &column.state.numbers)) return false;
        continue;
      }
      column.state.ids.key = models_->NewKey();
      StringList& dictionary = column.dictionary;
      dictionary.offsets.push_back(0);
      if (!DecodeStrings(depth + 1, std::min(raw_size_, budget_), &dictionary.bytes,
                         &dictionary.offsets))
        return false;
      if (dictionary.size() == 0) return Fail("empty dictionary");
      if (!Spend(dictionary.bytes.size())) return false;
    }

    RowModel model(models_);
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
          char digits[ir::kMaxNumberSize];
          out->append(digits,
                      ir::Render(column.format, model.CodeNumber(coder_, column.state, 0), digits));
        } else {
          uint32_t id = 0;
          if (column.dictionary.size() > 1) {
            id = model.CodeId(coder_, c, column.state, 0);
            if (id >= column.dictionary.size()) return Fail("unknown value");
          }
          out->append(column.dictionary[id]);
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
  const char* what_ = "";
};

}  // namespace

absl::Status DecodeBlock(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size,
                         Models* models, ByteBuffer* raw) {
  return Decoder(meta, text, coded, raw_size, models).Run(raw);
}

}  // namespace logpress::codec
