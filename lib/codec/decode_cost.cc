#include "codec/decode_cost.h"

#include "codec/row_groups.h"

namespace logpress::codec {
namespace {

uint64_t CostOfNumbers(const ir::Numbers& numbers) {
  return kNumbersCharge + (numbers.timestamp != nullptr ? kTimestampsCharge : 0) +
         kExtraRunCharge * numbers.extras.size();
}

uint64_t CostOfTable(const ir::Table& table);

uint64_t CostOfList(const ir::Strings& strings) {
  uint64_t cost = kListCharge;
  for (const ir::Slice& value : strings.values) cost += kStringCharge + uint64_t{2} * value.size;
  if (strings.kind == ir::Strings::Kind::kNumbers) cost += CostOfNumbers(strings.numbers);
  if (strings.kind == ir::Strings::Kind::kTable) cost += CostOfTable(*strings.table);
  return cost;
}

uint64_t CostOfTable(const ir::Table& table) {
  uint64_t cost = 0;
  for (const ir::Template& entry : table.templates) {
    cost += kTemplateCharge + kSlotCharge * entry.columns.size();
    for (const ir::Slice& literal : entry.literals)
      cost += kLiteralCharge + uint64_t{2} * literal.size;
  }
  for (const ir::Column& column : table.columns) {
    cost += kColumnCharge;
    if (column.kind == ir::Column::Kind::kNumbers) cost += CostOfNumbers(column.numbers);
  }
  for (const ir::Strings* const dictionary : table.dictionaries) cost += CostOfList(*dictionary);
  return cost;
}

}  // namespace

uint64_t DecodeCost(const ir::BlockView& block) {
  const ir::Table& table = *block.root->table;
  return CostOfTable(table) + GroupsCharge(GroupCount(block.root->values.size(), block.text.size()),
                                           table.templates.size(), table.dictionaries.size());
}

}  // namespace logpress::codec
