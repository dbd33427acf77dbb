#include "primer/state.h"

#include "primer/sizes.h"

namespace logpress::primer {

void State::Start(const Shape& shape) {
  models.Start(kModelSizes, kContexts);
  tables.clear();
  for (const ShapeTable& entry : shape.tables) {
    const codec::DecodedTable& table = entry.table;
    const auto templates = static_cast<uint32_t>(table.templates.size());
    TableState state;
    // All templates are known from the beginning; a new one is none.
    state.rows = codec::RowModel(&models, table.key, table.template_contexts, templates, templates);
    for (const codec::DecodedColumn& column : table.columns) state.columns.push_back(column.start);
    for (const codec::DecodedDictionary& dictionary : table.dictionaries) {
      state.dictionaries.push_back(dictionary.start);
      state.lists.push_back(dictionary.head.coder);
    }
    state.column_numbers.resize(table.columns.size());
    state.list_numbers.resize(table.dictionaries.size());
    tables.push_back(std::move(state));
  }
  text = TextCoder();
  text_sizes = row_sizes = codec::NumberCoder(codec::Transform::kUnsigned);
  row_end = models.bits.NewWindow(1);
}

void State::StartFrom(const State& base) {
  models.bits = base.models.bits;
  models.guesses = base.models.guesses;
  models.contexts = base.models.contexts;
  tables = base.tables;
  text = base.text;
  text_sizes = base.text_sizes;
  row_end = base.row_end;
  row_sizes = base.row_sizes;
  for (TableState& table : tables) table.rows.Use(&models);
}

void State::EndBlock() {
  for (TableState& table : tables) {
    for (NumberState& numbers : table.column_numbers) numbers.fresh = true;
    for (NumberState& numbers : table.list_numbers) numbers.fresh = true;
  }
}

}  // namespace logpress::primer
