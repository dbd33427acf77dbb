// Decodes the rows of a table from ids and numbers that are coded bit by bit; quick_row_decoder.h
// is its counterpart for planes of bytes.
//
// Rows go into a sink as they are coded: a template, then for each of its slots an id of a
// dictionary or a number. What becomes of them (bytes, counts, matches) is the sink's affair. A
// sink has
//
//   BeginRow(template)  AddId(dictionary, id)  AddNumber(column, value)  EndRow()  done()
//
// of which Add... and EndRow return null, or what is wrong with the row.
#ifndef LOGPRESS_CODEC_ROW_DECODER_H_
#define LOGPRESS_CODEC_ROW_DECODER_H_

#include <cstdint>

#include "base/bytes.h"
#include "codec/decoded_table.h"
#include "codec/metered_decoder.h"
#include "codec/row_model.h"

namespace logpress::codec {

// Hands `count` rows of `table`, of whose templates the first `known_templates` have occurred and
// which is `depth` tables below the block's own, to the sink, or as many as that wants. The coder
// may read anything. Model is a BasicRowModel. Null, or what is wrong with the rows.
template <typename Model, typename Coder, typename Sink>
const char* DecodeRows(int depth, uint64_t count, const DecodedTable& table,
                       uint32_t known_templates, RowState* state, Models* models, Coder& coder,
                       Sink& sink) {
  Model model(models, table.key, table.template_contexts,
              static_cast<uint32_t>(table.templates.size()), known_templates);
  for (uint64_t row = 0; row < count && !sink.done(); ++row) {
    const uint32_t t = model.CodeTemplate(coder, 0);
    Charge(coder, Part::kTemplateIds, depth);
    if (t >= table.templates.size()) return "unknown template";
    const DecodedTemplate& entry = table.templates[t];
    sink.BeginRow(entry);
    const char* wrong = nullptr;
    for (const uint32_t c : table.ColumnsOf(entry)) {
      const DecodedColumn& column = table.columns[c];
      if (column.numeric) {
        const int64_t value = model.CodeNumber(coder, state->columns[c], 0);
        Charge(coder, table.numbers[column.source].part(), depth);
        wrong = sink.AddNumber(column, value);
      } else {
        const DecodedDictionary& dictionary = table.dictionaries[column.source];
        uint32_t id = 0;
        if (!table.IsConstant(column)) {
          DictionaryState& known = state->dictionaries[column.source];
          const uint32_t before = known.known;
          id = model.CodeId(coder, known, state->columns[c], 0);
          ChargeId(coder, id == before, depth);
          if (id >= dictionary.head.count) return "unknown value";
        }
        wrong = sink.AddId(dictionary, id);
      }
      if (wrong != nullptr) return wrong;
    }
    wrong = sink.EndRow();
    if (wrong != nullptr) return wrong;
  }
  return nullptr;
}

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ROW_DECODER_H_
