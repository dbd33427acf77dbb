#include "codec/block_metadata.h"

namespace logpress::codec {

BlockMetadata MetadataOf(const ir::BlockView& block) {
  BlockMetadata metadata;
  if (block.root == nullptr || block.root->kind != ir::Strings::Kind::kTable) return metadata;
  const ir::Table& table = *block.root->table;
  metadata.literal_ends.push_back(0);
  for (const ir::Template& entry : table.templates) {
    metadata.templates.push_back({static_cast<uint32_t>(metadata.literal_ends.size() - 1),
                                  static_cast<uint32_t>(metadata.slots.size()),
                                  static_cast<uint32_t>(entry.columns.size()), entry.rows});
    for (const ir::Slice& literal : entry.literals) {
      metadata.literals.append(block.text.substr(literal.offset, literal.size));
      metadata.literal_ends.push_back(static_cast<uint32_t>(metadata.literals.size()));
    }
    metadata.slots.insert(metadata.slots.end(), entry.columns.begin(), entry.columns.end());
  }
  for (const ir::Column& column : table.columns) {
    BlockMetadata::Column known;
    if (column.kind == ir::Column::Kind::kNumbers) {
      known.number = column.numbers.format;
      known.kind = BlockMetadata::Column::Kind::kNumber;
      if (column.numbers.timestamp != nullptr) {
        known.kind = BlockMetadata::Column::Kind::kTimestamp;
        known.timestamp = static_cast<uint32_t>(metadata.timestamps.size());
        metadata.timestamps.push_back(*column.numbers.timestamp);
      }
    }
    metadata.columns.push_back(known);
  }
  return metadata;
}

}  // namespace logpress::codec
