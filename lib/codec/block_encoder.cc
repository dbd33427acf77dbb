#include "codec/block_encoder.h"

#include <algorithm>
#include <utility>

#include "base/memory.h"
#include "codec/escape.h"
#include "codec/row_model.h"

namespace logpress::codec {
namespace {

using ir::Column;
using ir::Slice;
using ir::Strings;
using ir::Table;

class Encoder {
 public:
  Encoder(ByteView text, Models* models, QuickRowEncoder* quick_rows, Streams* streams)
      : text_(text),
        models_(models),
        quick_rows_(quick_rows),
        streams_(streams),
        coder_(&streams->coded) {}

  void Run(const Strings& root) {
    EncodeStrings(root);
    if (!quick()) coder_.Finish();
  }

 private:
  ByteView Bytes(Slice slice) const { return text_.substr(slice.offset, slice.size); }
  // Whether coded is planes of bytes and no bits are coded.
  bool quick() const { return models_->contexts == 0; }

  void EncodeStrings(const Strings& strings) {
    PutVarint(&streams_->meta, strings.values.size());
    streams_->meta.push_back(static_cast<char>(strings.kind));
    switch (strings.kind) {
      case Strings::Kind::kText:
        for (const Slice& value : strings.values) {
          PutEscaped(&streams_->text, Bytes(value));
          streams_->text.push_back(kStringEnd);
        }
        return;
      case Strings::Kind::kNumbers: {
        NumberCoder numbers = StartNumbers(strings.numbers);
        if (quick()) {
          return quick_rows_->EncodeNumbers(strings.numbers.values, numbers, &streams_->meta,
                                            &streams_->coded);
        }
        for (const int64_t value : strings.numbers.values)
          numbers.Code(coder_, models_->bits, value);
        return;
      }
      case Strings::Kind::kTable:
        return EncodeTable(*strings.table);
    }
  }

  NumberCoder StartNumbers(const ir::Numbers& numbers) {
    const Transform transform = ChooseTransform(numbers.values);
    if (numbers.timestamp != nullptr) {
      streams_->meta.push_back(kTimestamps);
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

  void EncodeTable(const Table& table) {
    const bool root = std::exchange(root_, false);
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
    Vector<ColumnState> columns(table.columns.size());
    Vector<uint32_t> slots(columns.size(), 0);
    for (const ir::Template& entry : table.templates) {
      for (const uint32_t column : entry.columns) ++slots[column];
    }
    uint32_t next_dictionary = 0;
    for (size_t c = 0; c < columns.size(); ++c) {
      const Column& column = table.columns[c];
      if (column.kind == Column::Kind::kNumbers) {
        streams_->meta.push_back(kNumberColumn);
        columns[c].numbers = StartNumbers(column.numbers);
        if (slots[c] > 1) columns[c].numbers.UseContexts();
      } else {
        const size_t distinct = table.dictionaries[column.dictionary]->values.size();
        columns[c].ids.coding = ChooseIdCoding(column.ids, distinct);
        streams_->meta.push_back(static_cast<char>(KindOfIds(columns[c].ids.coding)));
        columns[c].key = models_->NewKey();
        PutVarint(&streams_->meta,
                  column.dictionary == next_dictionary ? 0 : column.dictionary + 1);
        next_dictionary = std::max(next_dictionary, column.dictionary + 1);
      }
    }
    if (root) {
      // Coded by their sizes in bits they are no smaller.
      for (const ir::Template& entry : table.templates) PutVarint(&streams_->meta, entry.rows);
      streams_->metadata_size = streams_->meta.size();
    }
    Vector<DictionaryState> dictionaries(table.dictionaries.size());
    for (size_t d = 0; d < dictionaries.size(); ++d) {
      dictionaries[d].key = models_->NewKey();
      dictionaries[d].distinct = static_cast<uint32_t>(table.dictionaries[d]->values.size());
      EncodeStrings(*table.dictionaries[d]);
    }
    if (quick()) {
      return quick_rows_->EncodeRows(table, models_, columns, dictionaries, &streams_->meta,
                                     &streams_->coded);
    }
    RowModel rows(models_, static_cast<uint32_t>(table.templates.size()));
    Vector<uint32_t> next(columns.size(), 0);
    for (const uint32_t t : table.row_template) {
      rows.CodeTemplate(coder_, t);
      for (const uint32_t c : table.templates[t].columns) {
        const Column& column = table.columns[c];
        if (column.kind == Column::Kind::kNumbers) {
          rows.CodeNumber(coder_, columns[c], column.numbers.values[next[c]++]);
        } else if (table.dictionaries[column.dictionary]->values.size() > 1) {
          rows.CodeId(coder_, dictionaries[column.dictionary], columns[c], column.ids[next[c]++]);
        }
      }
    }
  }

  ByteView text_;
  Models* models_;
  QuickRowEncoder* quick_rows_;
  Streams* streams_;
  RangeEncoder coder_;
  bool root_ = true;  // no table was met yet
};

}  // namespace

void EncodeBlock(const ir::BlockView& block, Models* models, QuickRowEncoder* quick_rows,
                 Streams* streams) {
  Encoder(block.text, models, quick_rows, streams).Run(*block.root);
}

}  // namespace logpress::codec
