#include "statement/row_table.h"

namespace logpress::statement {
namespace {

ByteView TextOf(const ir::BlockView& block, const ir::Slice& slice) {
  return block.text.substr(slice.offset, slice.size);
}

Vector<ByteView> ValuesOf(const ir::BlockView& block, const ir::Strings& strings) {
  Vector<ByteView> values;
  values.reserve(strings.values.size());
  for (const ir::Slice& slice : strings.values) values.push_back(TextOf(block, slice));
  return values;
}

}  // namespace

RowTable TableOf(const codec::DecodedTable& decoded) {
  RowTable table;
  for (const codec::DecodedTemplate& entry : decoded.templates)
    table.templates.push_back({entry.literal_begin, entry.column_begin, entry.column_count});
  for (size_t i = 0; i < decoded.literals.size(); ++i)
    table.literals.push_back(decoded.literals[i]);
  table.template_columns = decoded.template_columns;
  for (const codec::DecodedColumn& column : decoded.columns) {
    RowTable::Column& added = table.columns.emplace_back();
    added.numeric = column.numeric;
    if (!column.numeric) {
      added.dictionary = column.source;
      continue;
    }
    const codec::NumberKind& kind = decoded.numbers[column.source];
    added.format = kind.format;
    if (kind.timestamps == nullptr) continue;
    added.timestamp = &kind.timestamps->format;
    added.extras = kind.timestamps->extras;
  }
  for (const codec::DecodedDictionary& dictionary : decoded.dictionaries) {
    Vector<ByteView>& values = table.dictionaries.emplace_back();
    values.reserve(dictionary.values.size());
    for (size_t i = 0; i < dictionary.values.size(); ++i) values.push_back(dictionary.values[i]);
  }
  return table;
}

RowTable TableOf(const ir::BlockView& block) {
  RowTable table;
  if (block.root->kind != ir::Strings::Kind::kTable) {
    // Every row is the value of one slot.
    table.templates.push_back({0, 0, 1});
    table.literals.resize(2);
    table.template_columns.push_back(0);
    table.columns.emplace_back();
    table.dictionaries.push_back(ValuesOf(block, *block.root));
    return table;
  }
  const ir::Table& from = *block.root->table;
  for (const ir::Template& entry : from.templates) {
    table.templates.push_back({static_cast<uint32_t>(table.literals.size()),
                               static_cast<uint32_t>(table.template_columns.size()),
                               static_cast<uint32_t>(entry.columns.size())});
    for (const ir::Slice& literal : entry.literals)
      table.literals.push_back(TextOf(block, literal));
    table.template_columns.insert(table.template_columns.end(), entry.columns.begin(),
                                  entry.columns.end());
  }
  for (const ir::Column& column : from.columns) {
    RowTable::Column& added = table.columns.emplace_back();
    added.numeric = column.kind == ir::Column::Kind::kNumbers;
    added.dictionary = column.dictionary;
    added.format = column.numbers.format;
    added.timestamp = column.numbers.timestamp;
    added.extras = column.numbers.extras;
  }
  for (const ir::Strings* const strings : from.dictionaries)
    table.dictionaries.push_back(ValuesOf(block, *strings));
  return table;
}

}  // namespace logpress::statement
