#include "codec/description_decoder.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "codec/escape.h"
#include "ir/number_format.h"

namespace logpress::codec {

absl::Status DescriptionDecoder::DecodeDescription(DecodedTable* table, RowGroups* groups) {
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

bool DescriptionDecoder::Fail(const char* what) {
  what_ = what;
  return false;
}

absl::Status DescriptionDecoder::Result() const {
  if (what_ == nullptr) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", what_, " at byte ",
                                          meta_.position(), " of its metadata"));
}

bool DescriptionDecoder::Spend(uint64_t charge) {
  if (charge > budget_) return Fail("more data than the block can hold");
  budget_ -= charge;
  return true;
}

void DescriptionDecoder::ChargeMeta(Part part, int depth, uint64_t count) {
  if (parts_ == nullptr) return;
  Breakdown& parts = past_metadata_ ? parts_->meta : parts_->metadata;
  parts.AddBytes(part, depth, meta_.position() - meta_charged_, count);
  meta_charged_ = meta_.position();
}

bool DescriptionDecoder::DecodeHead(ListHead* head) {
  uint64_t count;
  uint64_t kind;
  // Every string but one is at least a byte long.
  if (!meta_.GetVarintUpTo(raw_size_ + 1, &count) || !meta_.GetVarint(&kind) || count == 0)
    return Fail("bad head of a list");
  if (kind > static_cast<uint64_t>(ir::Strings::Kind::kTable)) return Fail("unknown kind of list");
  head->count = static_cast<uint32_t>(count);
  head->kind = static_cast<ir::Strings::Kind>(kind);
  return head->kind != ir::Strings::Kind::kNumbers ||
         StartNumbers(/*column=*/false, &head->numbers, &head->coder);
}

bool DescriptionDecoder::StartNumbers(bool column, NumberKind* kind, NumberCoder* numbers) {
  ByteView bytes;
  if (!Spend(kNumbersCharge)) return false;
  if (!meta_.GetBytes(1, &bytes)) return Fail("number format cut off");
  if (bytes[0] == kTimestampsRadix) {
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
  const auto transform = static_cast<Transform>(bytes[0]);
  if (HasSeries(transform)) {
    if (!column) return Fail("series in a list of numbers");
    if (!Spend(kSeriesCharge)) return false;
  }
  *numbers = NumberCoder(transform);
  return true;
}

bool DescriptionDecoder::StartTimestamps(NumberKind* kind) {
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

bool DescriptionDecoder::DecodeTemplates(int depth, DecodedTable* table, uint32_t* column_count) {
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
      const size_t to = FindLiteralEnd(meta_bytes_, from);
      if (to == meta_bytes_.size()) return Fail("template without an end");
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

bool DescriptionDecoder::DecodeColumns(int depth, DecodedTable* table, uint32_t column_count) {
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
      if (!StartNumbers(/*column=*/true, &table->numbers.back(), &column.start.numbers))
        return false;
      if (column.shared) column.start.numbers.UseContexts();
      continue;
    }
    column.start.ids.coding = CodingOfKind(static_cast<uint8_t>(kind));
    column.start.contexts = ContextSet::ForIds(models_->contexts);
    if (contexts != 0 && !ContextSet::OfCode(contexts, models_->contexts, &column.start.contexts))
      return Fail("unknown contexts of a column");
    column.start.key = models_->NewKey();
    uint64_t dictionary;
    if (!meta_.GetVarintUpTo(dictionaries, &dictionary)) return Fail("bad dictionary of a column");
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

bool DescriptionDecoder::DecodeTable(int depth, DecodedTable* table) {
  uint32_t columns = 0;
  return DecodeTemplates(depth, table, &columns) && DecodeColumns(depth, table, columns);
}

}  // namespace logpress::codec
