#include "codec/encoder.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "codec/column_transforms.h"
#include "codec/contexts.h"
#include "codec/decode_cost.h"
#include "codec/escape.h"
#include "codec/list_parts.h"
#include "codec/mixed_row_model.h"
#include "codec/range_coder.h"
#include "codec/row_groups.h"

namespace logpress::codec {
namespace {

using ir::Column;
using ir::Slice;
using ir::Strings;
using ir::Table;

class BlockWriter {
 public:
  BlockWriter(const ir::BlockView& block, const CodecOptions& options, Models* models,
              QuickRowEncoder* quick_rows, Streams* streams)
      : block_(block),
        sizes_(ModelSizes::For(block.text.size(), options.guess_bits)),
        models_(models),
        quick_rows_(quick_rows),
        streams_(streams),
        lists_(&streams->lists),
        in_parts_(options.lists_in_parts && options.contexts != kMixedContexts &&
                  HasLarge(*block.root->table)) {
    models_->Start(sizes_, options.contexts);
    PutVarint(&streams_->meta, options.contexts + (in_parts_ ? kInParts : 0));
    PutVarint(&streams_->meta, static_cast<uint64_t>(sizes_.guess_bits));
  }

  void Run() {
    const Table& table = *block_.root->table;
    PutVarint(&streams_->meta, block_.root->values.size());
    const RowGroups groups = DivideRows(block_);
    TableState start = EncodeDescription(table);
    PutRowGroups(groups, table.templates.size(), &streams_->meta);
    streams_->metadata_size = streams_->meta.size();
    EncodeOwnDictionaries(table, &start);
    Vector<uint32_t> next(table.columns.size(), 0);
    for (size_t g = 0; g < groups.groups.size(); ++g) EncodeGroup(groups, g, start, &next);
  }

 private:
  // What the rows of a table are coded from.
  struct TableState {
    Vector<ColumnState> columns;
    Vector<DictionaryState> dictionaries;
    Vector<NumberCoder> lists;  // one a dictionary, of those that are numbers
    ContextSet template_contexts;
    uint64_t key = 0;
  };

  ByteView Bytes(Slice slice) const { return block_.text.substr(slice.offset, slice.size); }
  // Whether numbers and rows are planes of bytes and no bits are coded.
  bool quick() const { return models_->contexts == 0; }
  bool mixed() const { return models_->contexts == kMixedContexts; }

  // Whether the decoder has memory for the series of one more column.
  bool SpendOnSeries() {
    if (!memory_left_) memory_left_ = DecodeBudget(block_.text.size()) - DecodeCost(block_);
    if (*memory_left_ < kSeriesCharge) return false;
    *memory_left_ -= kSeriesCharge;
    return true;
  }

  NumberCoder EncodeHead(const Strings& strings) {
    PutVarint(&streams_->meta, strings.values.size());
    streams_->meta.push_back(static_cast<char>(strings.kind));
    if (strings.kind != Strings::Kind::kNumbers) return NumberCoder();
    return StartNumbers(strings.numbers, ChooseTransform(strings.numbers.values));
  }

  // `numbers` is what EncodeHead returned.
  void EncodeStrings(const Strings& strings, const NumberCoder& numbers) {
    switch (strings.kind) {
      case Strings::Kind::kText:
        for (const Slice& value : strings.values) {
          PutEscaped(&streams_->text, Bytes(value));
          streams_->text.push_back(kStringEnd);
        }
        return;
      case Strings::Kind::kNumbers:
        if (quick()) {
          return quick_rows_->EncodeNumbers(strings.numbers.values, numbers, &streams_->meta,
                                            &streams_->lists);
        }
        lists_used_ = true;
        if (mixed()) return EncodeNumbers<MixedCoding>(strings.numbers.values, numbers);
        return EncodeNumbers<RankedCoding>(strings.numbers.values, numbers);
      case Strings::Kind::kTable: {
        const Table& table = *strings.table;
        TableState state = EncodeDescription(table);
        state.dictionaries.resize(table.dictionaries.size());
        EncodeDictionaries(table, 0, table.dictionaries.size(), &state);
        state.key = models_->NewKey();
        Vector<uint32_t> next(table.columns.size(), 0);
        if (quick()) {
          return quick_rows_->EncodeRows(table, table.row_template, models_, state.key,
                                         state.columns, state.dictionaries, &next, &streams_->meta,
                                         &streams_->lists);
        }
        lists_used_ = true;
        return EncodeRows(table, table.row_template, 0, &state, &next, lists_);
      }
    }
  }

  template <typename Coding>
  void EncodeNumbers(std::span<const int64_t> values, NumberCoder numbers) {
    Coding coding(models_);
    for (const int64_t value : values) coding.CodeNumber(lists_, numbers, value, 0, 0);
  }

  NumberCoder StartNumbers(const ir::Numbers& numbers, Transform transform) {
    if (numbers.timestamp != nullptr) {
      streams_->meta.push_back(kTimestampsRadix);
      numbers.timestamp->Serialize(&streams_->meta);
      PutVarint(&streams_->meta, numbers.extras.size());
      uint32_t last = 0;
      for (const ir::Numbers::ExtraRun& run : numbers.extras) {
        PutVarint(&streams_->meta, run.begin - last);
        PutVarint(&streams_->meta, ZigZag(run.extra));
        last = run.begin;
      }
    } else {
      streams_->meta.push_back(static_cast<char>(numbers.format.radix));
      streams_->meta.push_back(static_cast<char>(numbers.format.width));
    }
    streams_->meta.push_back(static_cast<char>(transform));
    return NumberCoder(transform);
  }

  // Templates, columns and heads of dictionaries.
  TableState EncodeDescription(const Table& table) {
    PutVarint(&streams_->meta, table.templates.size());
    uint32_t next_column = 0;
    for (const ir::Template& entry : table.templates) {
      // The columns of a template are mostly the next ones that no template before it has used.
      for (size_t i = 0; i < entry.columns.size(); ++i) {
        PutEscaped(&streams_->meta, Bytes(entry.literals[i]));
        streams_->meta.push_back(kSlotMark);
      }
      PutEscaped(&streams_->meta, Bytes(entry.literals.back()));
      streams_->meta.push_back(kTemplateEnd);
      for (const uint32_t column : entry.columns) {
        PutVarint(&streams_->meta, column == next_column ? 0 : column + 1);
        next_column = std::max(next_column, column + 1);
      }
    }
    TableState state;
    state.columns.resize(table.columns.size());
    const size_t most = models_->contexts;
    ContextChoice choice;
    if (ContextsAreChosen(most)) {
      choice = ChooseContexts(table, most);
      PutVarint(&streams_->meta, choice.templates);
    }
    state.template_contexts = ContextSet::ForTemplates(most);
    if (choice.templates != 0)
      ContextSet::OfCode(choice.templates, kMaxChosen, &state.template_contexts);
    Vector<uint32_t> slots(table.columns.size(), 0);
    for (const ir::Template& entry : table.templates) {
      for (const uint32_t column : entry.columns) ++slots[column];
    }
    const Vector<Transform> transforms =
        ChooseColumnTransforms(table, [this] { return SpendOnSeries(); });
    uint32_t next_dictionary = 0;
    for (size_t c = 0; c < state.columns.size(); ++c) {
      const Column& column = table.columns[c];
      ColumnState& start = state.columns[c];
      if (column.kind == Column::Kind::kNumbers) {
        streams_->meta.push_back(kNumberColumn);
        start.numbers = StartNumbers(column.numbers, transforms[c]);
        if (slots[c] > 1) start.numbers.UseContexts();
      } else {
        const size_t distinct = table.dictionaries[column.dictionary]->values.size();
        start.ids.coding = ChooseIdCoding(column.ids, distinct, column.repeats);
        const uint32_t contexts = choice.columns.empty() ? 0 : choice.columns[c];
        start.contexts = ContextSet::ForIds(most);
        if (contexts != 0) ContextSet::OfCode(contexts, most, &start.contexts);
        PutVarint(&streams_->meta, KindOfIds(start.ids.coding) + kColumnKinds * contexts);
        start.key = models_->NewKey();
        PutVarint(&streams_->meta,
                  column.dictionary == next_dictionary ? 0 : column.dictionary + 1);
        next_dictionary = std::max(next_dictionary, column.dictionary + 1);
      }
    }
    for (const Strings* const dictionary : table.dictionaries)
      state.lists.push_back(EncodeHead(*dictionary));
    return state;
  }

  static bool IsLarge(const Strings& strings) {
    return codec::IsLarge(strings.kind, strings.values.size());
  }
  static bool HasLarge(const Table& table) {
    return std::any_of(table.dictionaries.begin(), table.dictionaries.end(),
                       [](const Strings* strings) { return IsLarge(*strings); });
  }

  // Those of the block's own table.
  void EncodeOwnDictionaries(const Table& table, TableState* state) {
    const size_t count = table.dictionaries.size();
    state->dictionaries.resize(count);
    for (size_t d = 0; d < count;) {
      const auto is_large = [&](size_t i) { return IsLarge(*table.dictionaries[i]); };
      const size_t end = in_parts_ ? EndOfPart(d, count, is_large) : count;
      d = EncodePart(table, d, end, state);
    }
    state->key = models_->NewKey();
  }

  // Dictionaries that decode without the others. Returns `end`.
  size_t EncodePart(const Table& table, size_t first, size_t end, TableState* state) {
    const size_t begin = streams_->lists.size();
    const size_t place = streams_->meta.size();
    if (in_parts_) {
      uint64_t values = 0;
      for (size_t d = first; d < end; ++d) values += table.dictionaries[d]->values.size();
      models_->StartGroup(SizesOfPart(sizes_, values));
      lists_ = RangeEncoder(&streams_->lists);
      lists_used_ = false;
    }
    EncodeDictionaries(table, first, end, state);
    if (lists_used_) lists_.Finish();
    if (!in_parts_) return end;
    ByteBuffer size;
    PutVarint(&size, streams_->lists.size() - begin);
    streams_->meta.insert(place, size);
    return end;
  }

  void EncodeDictionaries(const Table& table, size_t first, size_t end, TableState* state) {
    for (size_t d = first; d < end; ++d) {
      state->dictionaries[d].key = models_->NewKey();
      state->dictionaries[d].distinct = static_cast<uint32_t>(table.dictionaries[d]->values.size());
      EncodeStrings(*table.dictionaries[d], state->lists[d]);
    }
  }

  void EncodeGroup(const RowGroups& groups, size_t g, TableState state, Vector<uint32_t>* next) {
    const Table& table = *block_.root->table;
    const RowGroup& group = groups.groups[g];
    const std::span<const uint32_t> row_template =
        table.row_template.subspan(group.first_row, group.rows);
    models_->StartGroup(sizes_.OfGroup(group.size));
    for (size_t d = 0; d < state.dictionaries.size() && g > 0; ++d)
      state.dictionaries[d].known = groups.known[(g - 1) * state.dictionaries.size() + d];
    if (quick()) {
      head_.clear();
      planes_.clear();
      quick_rows_->EncodeRows(table, row_template, models_, state.key, state.columns,
                              state.dictionaries, next, &head_, &planes_);
      PutVarint(&streams_->rows, head_.size());
      streams_->rows += head_;
      streams_->rows += planes_;
    } else {
      RangeEncoder coder(&streams_->rows);
      EncodeRows(table, row_template, groups.KnownTemplates(g), &state, next, coder);
      coder.Finish();
    }
    streams_->row_ends.push_back(streams_->rows.size());
  }

  // `next` tells for each column which of its values is the next.
  void EncodeRows(const Table& table, std::span<const uint32_t> row_template,
                  uint32_t known_templates, TableState* state, Vector<uint32_t>* next,
                  RangeEncoder& coder) {
    const auto templates = static_cast<uint32_t>(table.templates.size());
    if (mixed()) {
      MixedRowModel rows(models_, state->key, state->template_contexts, templates, known_templates);
      return EncodeRows(table, row_template, rows, state, next, coder);
    }
    RowModel rows(models_, state->key, state->template_contexts, templates, known_templates);
    EncodeRows(table, row_template, rows, state, next, coder);
  }

  template <typename Model>
  static void EncodeRows(const Table& table, std::span<const uint32_t> row_template, Model& rows,
                         TableState* state, Vector<uint32_t>* next, RangeEncoder& coder) {
    for (const uint32_t t : row_template) {
      rows.CodeTemplate(coder, t);
      for (const uint32_t c : table.templates[t].columns) {
        const Column& column = table.columns[c];
        if (column.kind == Column::Kind::kNumbers) {
          rows.CodeNumber(coder, state->columns[c], column.numbers.values[(*next)[c]++]);
        } else if (table.dictionaries[column.dictionary]->values.size() > 1) {
          rows.CodeId(coder, state->dictionaries[column.dictionary], state->columns[c],
                      column.ids[(*next)[c]++]);
        }
      }
    }
  }

  const ir::BlockView& block_;
  const ModelSizes sizes_;
  // What the decoder has memory for beside the block's structure; nobody has asked: not known.
  std::optional<uint64_t> memory_left_;
  Models* models_;
  QuickRowEncoder* quick_rows_;
  Streams* streams_;
  RangeEncoder lists_;
  bool lists_used_ = false;
  const bool in_parts_;  // the dictionaries of the block's own table
  ByteBuffer head_;      // of a group's planes
  ByteBuffer planes_;
};

}  // namespace

bool CanEncode(const ir::BlockView& block) {
  return block.root != nullptr && block.root->kind == Strings::Kind::kTable &&
         DecodeCost(block) <= DecodeBudget(block.text.size());
}

void Encoder::Encode(const ir::BlockView& block, const CodecOptions& options, Streams* streams) {
  streams->Clear();
  BlockWriter(block, options, &models_, &quick_rows_, streams).Run();
}

}  // namespace logpress::codec
