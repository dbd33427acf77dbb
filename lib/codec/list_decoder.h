// Decodes what a block is made of and its dictionaries from its streams; see streams.h for these.
#ifndef LOGPRESS_CODEC_LIST_DECODER_H_
#define LOGPRESS_CODEC_LIST_DECODER_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "codec/decode_cost.h"
#include "codec/decoded_table.h"
#include "codec/escape.h"
#include "codec/metered_decoder.h"
#include "codec/plane_meter.h"
#include "codec/quick_row_decoder.h"
#include "codec/render_sink.h"
#include "codec/row_decoder.h"
#include "codec/row_groups.h"
#include "codec/row_model.h"
#include "ir/ir.h"

namespace logpress::codec {
// Rows nest tables three deep; a damaged stream could ask for more.
inline constexpr int kMaxDepth = 8;

// The description and the dictionaries of one block. A metered coder has `parts`, which must
// outlive the decoder: it adds to them where the bytes of the streams went. For other coders that
// compiles to nothing.
template <typename Coder>
class ListDecoder {
 public:
  // `coder` reads `lists`.
  ListDecoder(ByteView meta, ByteView text, ByteView lists, Coder coder, uint64_t raw_size,
              Models* models, StreamBreakdown* parts = nullptr)
      : meta_bytes_(meta),
        meta_(meta),
        text_(text),
        lists_(lists),
        coder_(coder),
        raw_size_(raw_size),
        budget_(DecodeBudget(raw_size)),
        models_(models),
        parts_(parts),
        planes_(lists, parts == nullptr ? nullptr : &parts->lists) {}

  // Reads what is in front of the dictionaries of the block's own table, and no further.
  absl::Status DecodeDescription(DecodedTable* table, RowGroups* groups) {
    uint64_t rows;
    if (!meta_.GetVarintUpTo(raw_size_ + 1, &rows)) {
      Fail("bad number of rows");
    } else if (DecodeTable(0, table)) {
      if (!GetRowGroups(rows, raw_size_, table->templates.size(), table->dictionaries.size(),
                        &budget_, &meta_, groups)) {
        Fail("bad groups of rows");
      }
      ChargeMeta(Part::kTemplateCounts, 0, table->templates.size());
      past_metadata_ = true;
    }
    return Result();
  }

  // The same for the dictionaries, afterwards.
  absl::Status DecodeDictionaries(DecodedTable* table) {
    DecodeDictionaries(0, table);
    ChargeMeta(Part::kColumns, 0, 0);
    return Result();
  }

 private:
  bool Fail(const char* what) {
    what_ = what;
    return false;
  }
  absl::Status Result() const {
    if (what_ == nullptr) return absl::OkStatus();
    return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", what_, " at byte ",
                                            meta_.position(), " of its metadata"));
  }

  // Takes `charge` from what the parts of this block may still take.
  bool Spend(uint64_t charge) {
    if (charge > budget_) return Fail("more data than the block can hold");
    budget_ -= charge;
    return true;
  }

  // Accounts for what was read of meta since the last call.
  void ChargeMeta(Part part, int depth, uint64_t count) {
    if constexpr (Coder::kMetered) {
      if (parts_ == nullptr) return;
      Breakdown& parts = past_metadata_ ? parts_->meta : parts_->metadata;
      parts.AddBytes(part, depth, meta_.position() - meta_charged_, count);
      meta_charged_ = meta_.position();
    }
  }
  // Of planes; null without a meter.
  PlaneMeter* MeterOf(int depth) {
    if constexpr (!Coder::kMetered) return nullptr;
    planes_.SetDepth(depth);
    return &planes_;
  }

  bool DecodeHead(ListHead* head) {
    uint64_t count;
    uint64_t kind;
    // Every string but one is at least a byte long.
    if (!meta_.GetVarintUpTo(raw_size_ + 1, &count) || !meta_.GetVarint(&kind) || count == 0)
      return Fail("bad head of a list");
    if (kind > static_cast<uint64_t>(ir::Strings::Kind::kTable))
      return Fail("unknown kind of list");
    head->count = static_cast<uint32_t>(count);
    head->kind = static_cast<ir::Strings::Kind>(kind);
    return head->kind != ir::Strings::Kind::kNumbers || StartNumbers(&head->numbers, &head->coder);
  }

  // Appends the strings of the list with this head to *out, at most `limit` bytes, and where each
  // ends to *offsets.
  bool DecodeStrings(int depth, const ListHead& head, uint64_t limit, ByteBuffer* out,
                     Vector<uint32_t>* offsets) {
    if (depth > kMaxDepth) return Fail("tables nested too deeply");
    if (!Spend(kStringCharge * head.count)) return false;
    offsets->reserve(head.count + size_t{1});
    const uint64_t end = out->size() + limit;
    switch (head.kind) {
      case ir::Strings::Kind::kText:
        return DecodeText(depth, head.count, end, out, offsets);
      case ir::Strings::Kind::kNumbers:
        return DecodeNumbers(depth, head, end, out, offsets);
      case ir::Strings::Kind::kTable:
        return DecodeRowsOf(depth, head.count, end, out, offsets);
    }
    return false;
  }

  bool DecodeText(int depth, uint64_t count, uint64_t end, ByteBuffer* out,
                  Vector<uint32_t>* offsets) {
    for (uint64_t i = 0; i < count; ++i) {
      const size_t size = text_.find(kStringEnd);
      // An escaped string is at most twice as long as the string.
      if (size == ByteView::npos || size > 2 * (end - out->size()))
        return Fail("text ends too early");
      if (!Unescape(text_.substr(0, size), out)) return Fail("bad escape in text");
      if (out->size() > end) return Fail("text longer than the block");
      text_.remove_prefix(size + 1);
      if constexpr (Coder::kMetered) parts_->text.AddBytes(Part::kText, depth, size + 1, 1);
      offsets->push_back(static_cast<uint32_t>(out->size()));
    }
    return true;
  }

  bool StartNumbers(NumberKind* kind, NumberCoder* numbers) {
    ByteView bytes;
    if (!Spend(kNumbersCharge)) return false;
    if (!meta_.GetBytes(1, &bytes)) return Fail("number format cut off");
    if (bytes[0] == kTimestamps) {
      if (!StartTimestamps(kind)) return false;
    } else {
      kind->format.radix = static_cast<ir::NumberFormat::Radix>(bytes[0]);
      if (!meta_.GetBytes(1, &bytes)) return Fail("number format cut off");
      kind->format.width = static_cast<uint8_t>(bytes[0]);
      if (!ir::IsValid(kind->format)) return Fail("unknown number format");
    }
    if (!meta_.GetBytes(1, &bytes) || static_cast<uint8_t>(bytes[0]) >= kTransforms) {
      return Fail("unknown transform of numbers");
    }
    *numbers = NumberCoder(static_cast<Transform>(bytes[0]));
    return true;
  }

  bool StartTimestamps(NumberKind* kind) {
    if (!Spend(kTimestampsCharge)) return false;
    kind->timestamps = std::make_unique<TimestampKind>();
    TimestampKind& timestamps = *kind->timestamps;
    uint64_t runs;
    if (!time::TimestampFormat::Parse(&meta_, &timestamps.format))
      return Fail("unknown timestamp format");
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

  bool DecodeNumbers(int depth, const ListHead& head, uint64_t end, ByteBuffer* out,
                     Vector<uint32_t>* offsets) {
    NumberCoder numbers = head.coder;
    NumberRenderer renderer(head.numbers);
    PlaneReader residuals;
    const bool quick = models_->contexts == 0;
    if (quick && !residuals.Start(&meta_, &lists_)) return Fail("bad planes of numbers");
    if (PlaneMeter* const meter = MeterOf(depth); meter != nullptr && quick)
      meter->Charge(Part::kNumberLists, residuals.count(), lists_.position());
    ChargeMeta(Part::kColumns, depth, 0);
    char bytes[kMaxRendered];
    for (uint32_t i = 0; i < head.count; ++i) {
      uint64_t residual = 0;
      if (quick && !residuals.Next(&residual)) return Fail("too few numbers");
      const int64_t value =
          quick ? DecodeQuickNumber(residual, &numbers) : numbers.Code(coder_, models_->bits, 0);
      if (!quick) Charge(coder_, Part::kNumberLists, depth);
      const size_t size = renderer.Render(value, bytes);
      if (size == 0) return Fail("number out of range");
      if (out->size() + size > end) return Fail("numbers longer than the block");
      out->append(bytes, size);
      offsets->push_back(static_cast<uint32_t>(out->size()));
    }
    return true;
  }

  bool DecodeTemplates(int depth, DecodedTable* table, uint32_t* column_count) {
    StringList* const literals = &table->literals;
    Vector<uint32_t>* const columns = &table->template_columns;
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
      ChargeMeta(Part::kTemplates, depth, 1);
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
      ChargeMeta(Part::kColumns, depth, 0);
      table->templates.push_back(entry);
    }
    literals->AddSlack();
    return true;
  }

  bool DecodeColumns(int depth, DecodedTable* table, uint32_t column_count) {
    uint32_t dictionaries = 0;
    if (!Spend(kColumnCharge * column_count)) return false;
    table->template_contexts = ContextSet::ForTemplates(models_->contexts);
    uint64_t chosen = 0;
    if (ContextsAreChosen(models_->contexts) &&
        (!meta_.GetVarint(&chosen) ||
         (chosen != 0 && !ContextSet::OfCode(chosen, kMaxChosen, &table->template_contexts)))) {
      return Fail("unknown contexts of templates");
    }
    table->columns.resize(column_count);
    for (const uint32_t c : table->template_columns) {
      DecodedColumn& column = table->columns[c];
      column.shared = std::exchange(column.used, true);
    }
    for (DecodedColumn& column : table->columns) {
      uint64_t kind;
      if (!meta_.GetVarint(&kind)) return Fail("unknown kind of column");
      const uint64_t contexts = kind / kColumnKinds;
      kind %= kColumnKinds;
      column.numeric = kind == kNumberColumn;
      if (column.numeric) {
        column.source = static_cast<uint32_t>(table->numbers.size());
        table->numbers.emplace_back();
        if (!StartNumbers(&table->numbers.back(), &column.start.numbers)) return false;
        if (column.shared) column.start.numbers.UseContexts();
        continue;
      }
      column.start.ids.coding = CodingOfKind(static_cast<uint8_t>(kind));
      column.start.contexts = ContextSet::ForIds(models_->contexts);
      if (contexts != 0 && !ContextSet::OfCode(contexts, models_->contexts, &column.start.contexts))
        return Fail("unknown contexts of a column");
      column.start.key = models_->NewKey();
      uint64_t dictionary;
      if (!meta_.GetVarintUpTo(dictionaries, &dictionary))
        return Fail("bad dictionary of a column");
      column.source = dictionary == 0 ? dictionaries++ : static_cast<uint32_t>(dictionary - 1);
    }
    if (!Spend(kListCharge * uint64_t{dictionaries})) return false;
    table->dictionaries.resize(dictionaries);
    for (DecodedDictionary& dictionary : table->dictionaries) {
      if (!DecodeHead(&dictionary.head)) return false;
    }
    ChargeMeta(Part::kColumns, depth, column_count);
    return true;
  }

  // The description of a table.
  bool DecodeTable(int depth, DecodedTable* table) {
    uint32_t columns = 0;
    return DecodeTemplates(depth, table, &columns) && DecodeColumns(depth, table, columns);
  }

  bool DecodeDictionaries(int depth, DecodedTable* table) {
    for (DecodedDictionary& dictionary : table->dictionaries) {
      dictionary.start.key = models_->NewKey();
      StringList& values = dictionary.values;
      values.offsets.push_back(0);
      if (!DecodeStrings(depth + 1, dictionary.head, std::min(raw_size_, budget_ / 2),
                         &values.bytes, &values.offsets))
        return false;
      if (values.size() == 0) return Fail("empty dictionary");
      dictionary.start.distinct = static_cast<uint32_t>(values.size());
      if (!Spend(2 * values.bytes.size())) return false;
      values.AddSlack();
    }
    table->key = models_->NewKey();
    return true;
  }

  // The strings of a table below the block's own.
  bool DecodeRowsOf(int depth, uint64_t rows, uint64_t end, ByteBuffer* out,
                    Vector<uint32_t>* offsets) {
    DecodedTable table;
    if (!DecodeTable(depth, &table) || !DecodeDictionaries(depth, &table)) return false;
    RowState state(table);
    RenderSink sink(table, {}, {out, end, offsets, nullptr});
    const char* wrong = nullptr;
    if (models_->contexts == 0) {
      QuickRowDecoder decoder(table, &state, models_);
      wrong = decoder.Start(&meta_, &lists_, MeterOf(depth));
      if (wrong == nullptr) wrong = decoder.Decode(rows, sink);
    } else {
      wrong = DecodeRows(depth, rows, table, 0, &state, models_, coder_, sink);
    }
    sink.Finish();
    ChargeMeta(Part::kColumns, depth, 0);
    return wrong == nullptr || Fail(wrong);
  }

  ByteView meta_bytes_;
  ByteReader meta_;
  ByteView text_;
  ByteReader lists_;  // of planes, or
  Coder coder_;       // of bits, as the number of contexts says
  uint64_t raw_size_;
  uint64_t budget_;
  Models* models_;
  StreamBreakdown* parts_;
  PlaneMeter planes_;
  size_t meta_charged_ = 0;     // what ChargeMeta has accounted for
  bool past_metadata_ = false;  // what is left of meta tells of dictionaries
  const char* what_ = nullptr;  // is wrong
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_LIST_DECODER_H_
