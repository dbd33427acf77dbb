#include "codec/decoder.h"

#include "base/status.h"
#include "codec/decode_cost.h"
#include "codec/decoder_internal.h"
#include "codec/list_parts.h"
#include "codec/mixed_values.h"
#include "codec/range_coder.h"

namespace logpress::codec {
namespace {

// Of ids that are mixed, models are too large to begin anew.
bool IsContextCount(uint64_t contexts, bool in_parts) {
  return contexts <= 3 || contexts == kMaxContexts || (contexts == kMixedContexts && !in_parts);
}

absl::Status BadModels() {
  return absl::DataLossError("the block's payload is damaged: bad size of its models");
}

}  // namespace

absl::Status BlockTables::ReadModelSizes(uint64_t raw_size, ByteReader* meta) {
  raw_size_ = raw_size;
  uint64_t contexts;
  uint64_t guess_bits;
  sizes_ = ModelSizes::For(raw_size, CodecOptions::kMaxGuessBits);
  if (!meta->GetVarint(&contexts)) return BadModels();
  in_parts_ = contexts >= kInParts;
  if (in_parts_) contexts -= kInParts;
  if (!IsContextCount(contexts, in_parts_) || !meta->GetVarint(&guess_bits) ||
      guess_bits < ModelSizes::kMinBits || guess_bits > static_cast<uint64_t>(sizes_.guess_bits)) {
    return BadModels();
  }
  contexts_ = static_cast<uint32_t>(contexts);
  sizes_.guess_bits = static_cast<int>(guess_bits);
  return absl::OkStatus();
}

absl::Status BlockTables::Open(ByteView meta, ByteView text, ByteView lists, uint64_t raw_size,
                               Models* models, StreamBreakdown* parts) {
  ByteReader reader(meta);
  LOGPRESS_RETURN_IF_ERROR(ReadModelSizes(raw_size, &reader));
  meta.remove_prefix(reader.position());
  if (parts == nullptr) return OpenWith(meta, text, lists, RangeDecoder(lists), models, nullptr);
  parts->metadata.AddBytes(Part::kColumns, 0, reader.position(), 0);
  return OpenMeasured(meta, text, lists, models, parts);
}

absl::Status BlockTables::OpenDescription(ByteView meta, uint64_t raw_size) {
  ByteReader reader(meta);
  LOGPRESS_RETURN_IF_ERROR(ReadModelSizes(raw_size, &reader));
  meta.remove_prefix(reader.position());
  const size_t front = reader.position();
  table_ = DecodedTable();
  groups_ = RowGroups();
  parts_.clear();
  Models models;  // only for its keys
  models.contexts = contexts_;
  DescriptionDecoder decoder(meta, raw_size, &models);
  LOGPRESS_RETURN_IF_ERROR(decoder.DecodeDescription(&table_, &groups_));
  description_ = decoder.End();
  description_.size += front;
  return absl::OkStatus();
}

absl::Status BlockTables::OpenOutline(ByteView meta, ByteView text, Vector<ListOutline>* lists) {
  Models models;
  models.contexts = contexts_;
  return OutlineDecoder(meta, description_, text, raw_size_, &models)
      .DecodeLists(in_parts_, &table_, lists, &parts_);
}

absl::Status BlockTables::OpenLists(ByteView meta, ByteView text, ByteView lists,
                                    std::span<const uint8_t> wanted, ListGate* gate,
                                    Models* models) {
  models->contexts = contexts_;
  for (const ListPart& part : parts_) {
    bool open = false;
    for (size_t d = part.first; d < part.end; ++d)
      open = open || (wanted[d] != 0 && table_.dictionaries[d].values.offsets.empty());
    if (!open) continue;
    if (part.lists > lists.size())
      return absl::DataLossError("the block's payload is damaged: too few bytes of its lists");
    const ByteView bytes = lists.substr(part.lists);
    if (!in_parts_) models->StartGroup(sizes_);
    ListDecoder decoder(meta, {part.meta, description_.budget, part.next_key},
                        text.substr(part.text), bytes, RangeDecoder(bytes), raw_size_, models);
    LOGPRESS_RETURN_IF_ERROR(
        decoder.DecodeOwnPart(in_parts_ ? &sizes_ : nullptr, part, gate, &table_));
    if (decoder.complete()) description_.budget = decoder.End().budget;
  }
  return absl::OkStatus();
}

absl::Status BlockTables::DecodeRowsTo(size_t group, ByteView rows, Models* models,
                                       RowSink* sink) const {
  RowCollector collector(table_, groups_.groups[group].size, sink);
  const char* const wrong =
      DecodeRowsOf(group, rows, RangeDecoder(rows), models, nullptr, collector);
  return wrong == nullptr ? absl::OkStatus() : BadGroup(group, wrong);
}

absl::Status BlockTables::DecodeGroup(size_t group, ByteView rows, uint64_t max_lines,
                                      Models* models, ByteBuffer* raw) const {
  return Render(group, rows, RangeDecoder(rows), max_lines, models, raw, nullptr);
}

Vector<uint32_t> BlockTables::ValuesBefore(size_t group) const {
  Vector<uint32_t> values;
  if (group == 0) return values;
  values.resize(table_.columns.size(), 0);
  for (size_t g = 0; g < group; ++g) {
    for (size_t t = 0; t < table_.templates.size(); ++t) {
      const uint32_t rows = groups_.template_rows[g * table_.templates.size() + t];
      if (rows == 0) continue;
      for (const uint32_t c : table_.ColumnsOf(table_.templates[t])) values[c] += rows;
    }
  }
  return values;
}

uint64_t BlockTables::RowsOf(uint32_t t) const {
  uint64_t rows = 0;
  for (size_t i = t; i < groups_.template_rows.size(); i += table_.templates.size())
    rows += groups_.template_rows[i];
  return rows;
}

BlockMetadata BlockTables::Metadata() const {
  BlockMetadata metadata;
  for (uint32_t t = 0; t < table_.templates.size(); ++t) {
    const DecodedTemplate& entry = table_.templates[t];
    metadata.templates.push_back(
        {entry.literal_begin, entry.column_begin, entry.column_count, RowsOf(t)});
  }
  metadata.literals = table_.literals.bytes;
  metadata.literals.resize(table_.literals.offsets.back());
  metadata.literal_ends = table_.literals.offsets;
  metadata.slots = table_.template_columns;
  for (const DecodedColumn& column : table_.columns) {
    BlockMetadata::Column known;
    const NumberKind* numbers = nullptr;
    if (column.numeric) {
      numbers = &table_.numbers[column.source];
    } else {
      const ListHead& head = table_.dictionaries[column.source].head;
      known.distinct = head.count;
      if (head.kind == ir::Strings::Kind::kNumbers) numbers = &head.numbers;
    }
    if (numbers != nullptr) {
      known.number = numbers->format;
      known.kind = BlockMetadata::Column::Kind::kNumber;
      if (numbers->timestamps != nullptr) {
        known.kind = BlockMetadata::Column::Kind::kTimestamp;
        known.timestamp = static_cast<uint32_t>(metadata.timestamps.size());
        metadata.timestamps.push_back(numbers->timestamps->format);
      }
    }
    metadata.columns.push_back(known);
  }
  return metadata;
}

uint64_t MixedMemory(uint64_t raw_size) {
  return MixedValues::Memory(ModelSizes::For(raw_size, CodecOptions::kMaxGuessBits).model_bits);
}

uint64_t DecodeMemory(uint64_t raw_size) {
  const ModelSizes sizes = ModelSizes::For(raw_size, CodecOptions::kMaxGuessBits);
  return 4 * ((uint64_t{1} << sizes.model_bits) + (uint64_t{1} << sizes.guess_bits)) +
         (uint64_t{sizeof(NibbleModel)} << sizes.nibble_bits()) + 2 * DecodeBudget(raw_size);
}

}  // namespace logpress::codec
