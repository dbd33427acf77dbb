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
#include "codec/description_decoder.h"
#include "codec/escape.h"
#include "codec/list_parts.h"
#include "codec/metered_decoder.h"
#include "codec/mixed_row_decoder.h"
#include "codec/plane_meter.h"
#include "codec/quick_row_decoder.h"
#include "codec/render_sink.h"
#include "codec/row_decoder.h"
#include "codec/row_groups.h"
#include "codec/row_model.h"
#include "ir/ir.h"

namespace logpress::codec {

// The description and the dictionaries of one block. A metered coder has `parts`, which must
// outlive the decoder: it adds to them where the bytes of the streams went. For other coders that
// compiles to nothing.
template <typename Coder>
class ListDecoder : public DescriptionDecoder {
 public:
  // `coder` reads `lists`, unless these are in parts.
  ListDecoder(ByteView meta, ByteView text, ByteView lists, Coder coder, uint64_t raw_size,
              Models* models, StreamBreakdown* parts = nullptr)
      : DescriptionDecoder(meta, raw_size, models, parts),
        text_(text),
        left_(lists),
        lists_(lists),
        coder_(coder),
        planes_(lists, parts == nullptr ? nullptr : &parts->lists) {}

  // The same for a part of the dictionaries alone, which begins at `begin` in meta and at the front
  // of the other streams.
  ListDecoder(ByteView meta, const DescriptionEnd& begin, ByteView text, ByteView lists,
              Coder coder, uint64_t raw_size, Models* models)
      : DescriptionDecoder(meta, begin, raw_size, models),
        text_(text),
        left_(lists),
        lists_(lists),
        coder_(coder),
        planes_(lists, nullptr) {}

  // The dictionaries of the block's own table, after its description. In parts, if they are, whose
  // models are at most of these sizes.
  absl::Status DecodeOwnDictionaries(const ModelSizes* in_parts, DecodedTable* table) {
    const size_t count = table->dictionaries.size();
    size_t d = 0;
    for (bool whole = true; whole && d < count;) {
      const size_t end = in_parts == nullptr ? count : EndOfPart(*table, d);
      whole = DecodePart(in_parts, d, end, table);
      d = end;
    }
    table->key = models_->NewKey();
    ChargeMeta(Part::kColumns, 0, 0);
    return Result();
  }

  // One part of them alone. The gate, which may be null, is asked if that is one dictionary.
  absl::Status DecodeOwnPart(const ModelSizes* in_parts, const ListPart& part, ListGate* gate,
                             DecodedTable* table) {
    gated_ = part.first;
    gate_ = part.end - part.first == 1 ? gate : nullptr;
    DecodePart(in_parts, part.first, part.end, table);
    if (!complete_) table->dictionaries[part.first].values = StringList();
    return Result();
  }
  // Whether that was not ended by the gate.
  bool complete() const { return complete_; }

 private:
  bool DecodePart(const ModelSizes* in_parts, size_t first, size_t end, DecodedTable* table) {
    if (in_parts != nullptr) {
      uint64_t size;
      if (!meta_.GetVarintUpTo(left_.size(), &size)) return Fail("bad size of a part of the lists");
      const ByteView part = left_.substr(0, size);
      left_.remove_prefix(size);
      models_->StartGroup(SizesOfPart(*in_parts, ValuesOf(*table, first, end)));
      lists_ = ByteReader(part);
      coder_ = coder_.On(part);
      if (parts_ != nullptr) planes_ = PlaneMeter(part, &parts_->lists);
    }
    return DecodeDictionaries(0, first, end, table);
  }

  // Of planes; null without a meter.
  PlaneMeter* MeterOf(int depth) {
    if constexpr (!Coder::kMetered) return nullptr;
    planes_.SetDepth(depth);
    return &planes_;
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

  bool DecodeNumbers(int depth, const ListHead& head, uint64_t end, ByteBuffer* out,
                     Vector<uint32_t>* offsets) {
    NumberCoder numbers = head.coder;
    NumberRenderer renderer(head.numbers);
    PlaneReader residuals;
    const bool quick = models_->contexts == 0;
    const bool mixed = models_->contexts == kMixedContexts;
    if (quick && !residuals.Start(&meta_, &lists_)) return Fail("bad planes of numbers");
    if (PlaneMeter* const meter = MeterOf(depth); meter != nullptr && quick)
      meter->Charge(Part::kNumberLists, residuals.count(), lists_.position());
    ChargeMeta(Part::kColumns, depth, 0);
    char bytes[kMaxRendered];
    for (uint32_t i = 0; i < head.count; ++i) {
      uint64_t residual = 0;
      if (quick && !residuals.Next(&residual)) return Fail("too few numbers");
      int64_t value;
      if (quick) {
        value = DecodeQuickNumber(residual, &numbers);
      } else if (mixed) {
        value = DecodeMixedNumber(models_, &numbers, coder_);
      } else {
        value = numbers.Code(coder_, models_->bits, 0);
      }
      if (!quick) Charge(coder_, Part::kNumberLists, depth);
      const size_t size = renderer.Render(value, bytes);
      if (size == 0) return Fail("number out of range");
      if (out->size() + size > end) return Fail("numbers longer than the block");
      out->append(bytes, size);
      offsets->push_back(static_cast<uint32_t>(out->size()));
    }
    return true;
  }

  bool DecodeDictionaries(int depth, size_t first, size_t end, DecodedTable* table) {
    for (size_t d = first; d < end; ++d) {
      DecodedDictionary& dictionary = table->dictionaries[d];
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
    return true;
  }

  // The strings of a table below the block's own.
  bool DecodeRowsOf(int depth, uint64_t rows, uint64_t end, ByteBuffer* out,
                    Vector<uint32_t>* offsets) {
    DecodedTable table;
    if (!DecodeTable(depth, &table) ||
        !DecodeDictionaries(depth, 0, table.dictionaries.size(), &table)) {
      return false;
    }
    if (gate_ != nullptr && depth == 1 && !gate_->Wants(gated_, table)) {
      complete_ = false;
      return false;
    }
    table.key = models_->NewKey();
    RowState state(table);
    RenderSink sink(table, {}, {out, end, offsets, nullptr});
    const char* wrong = nullptr;
    if (models_->contexts == 0) {
      QuickRowDecoder decoder(table, &state, models_);
      wrong = decoder.Start(&meta_, &lists_, MeterOf(depth));
      if (wrong == nullptr) wrong = decoder.Decode(rows, sink);
    } else if (models_->contexts == kMixedContexts) {
      wrong = DecodeMixedRows(depth, rows, table, 0, &state, models_, coder_, sink);
    } else {
      wrong = DecodeRows<RowModel>(depth, rows, table, 0, &state, models_, coder_, sink);
    }
    sink.Finish();
    ChargeMeta(Part::kColumns, depth, 0);
    return wrong == nullptr || Fail(wrong);
  }

  ByteView text_;
  ByteView left_;     // of the lists, behind the parts that were begun
  ByteReader lists_;  // of planes, or
  Coder coder_;       // of bits, as the number of contexts says
  PlaneMeter planes_;
  ListGate* gate_ = nullptr;
  size_t gated_ = 0;  // the dictionary that it is asked about
  bool complete_ = true;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_LIST_DECODER_H_
