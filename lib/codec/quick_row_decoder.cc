#include "codec/quick_row_decoder.h"

namespace logpress::codec {

uint32_t QuickMasks(const DecodedTable& table, const DecodedTemplate& entry) {
  uint32_t slots = 0;
  for (const uint32_t c : table.ColumnsOf(entry)) slots += !table.IsConstant(table.columns[c]);
  return (slots + QuickRowModel::kMaskBits - 1) / QuickRowModel::kMaskBits;
}

uint64_t QuickRowPlanes(const DecodedTable& table) {
  uint64_t planes = table.columns.size() + (table.templates.size() < 2 ? 0 : 1);
  for (const DecodedTemplate& entry : table.templates) planes += QuickMasks(table, entry);
  return planes;
}

const char* QuickRowDecoder::Start(ByteReader* meta, ByteReader* coded, PlaneMeter* meter) {
  columns_.resize(table_.columns.size());
  for (size_t c = 0; c < columns_.size(); ++c)
    columns_[c].model = {state_.columns[c].key, state_.columns[c].ids.coding, 0};
  dictionaries_.resize(table_.dictionaries.size());
  for (size_t d = 0; d < dictionaries_.size(); ++d) {
    dictionaries_[d].key = state_.dictionaries[d].key;
    dictionaries_[d].known = state_.dictionaries[d].known;
  }
  uint32_t masks = 0;
  for (const DecodedTemplate& entry : table_.templates) {
    mask_begin_.push_back(masks);
    masks += QuickMasks(table_, entry);
  }
  masks_.resize(masks);
  const auto start = [&](Part part, PlaneReader* planes) {
    if (!planes->Start(meta, coded)) return false;
    if (meter != nullptr) meter->Charge(part, planes->count(), coded->position());
    return true;
  };
  bool whole = table_.templates.size() < 2 || start(Part::kTemplateIds, &templates_);
  for (PlaneReader& mask : masks_) whole = whole && start(Part::kMasks, &mask);
  for (size_t c = 0; c < columns_.size(); ++c) {
    const DecodedColumn& column = table_.columns[c];
    whole =
        whole && start(column.numeric ? table_.numbers[column.source].part() : Part::kUnguessedIds,
                       &columns_[c].missed);
  }
  return whole ? nullptr : "bad planes of rows";
}

}  // namespace logpress::codec
