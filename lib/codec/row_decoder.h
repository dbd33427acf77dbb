// Decodes the rows of a table from ids and numbers that are coded bit by bit; quick_row_decoder.h
// is its counterpart for planes of bytes.
#ifndef LOGPRESS_CODEC_ROW_DECODER_H_
#define LOGPRESS_CODEC_ROW_DECODER_H_

#include <cstdint>

#include "base/bytes.h"
#include "codec/decoded_table.h"
#include "codec/metered_decoder.h"
#include "codec/row_model.h"

namespace logpress::codec {

// Appends `count` rows of *table, which is `depth` tables below the block's own, to `output`, or
// until it is done. The coder may read anything. Null, or what is wrong with the rows.
template <typename Coder>
const char* DecodeRows(int depth, uint64_t count, DecodedTable* table, Models* models, Coder& coder,
                       const RowOutput& output) {
  RowModel model(models, static_cast<uint32_t>(table->templates.size()));
  ByteBuffer* const out = output.out;
  for (uint64_t row = 0; row < count && !output.done(); ++row) {
    const uint32_t t = model.CodeTemplate(coder, 0);
    Charge(coder, Part::kTemplateIds, depth);
    if (t >= table->templates.size()) return "unknown template";
    const DecodedTemplate& entry = table->templates[t];
    const size_t row_begin = out->size();
    for (uint32_t i = 0; i < entry.column_count; ++i) {
      out->append(table->literals[entry.literal_begin + i]);
      DecodedColumn& column = table->columns[table->template_columns[entry.column_begin + i]];
      if (column.numeric) {
        char bytes[kMaxRendered];
        NumberRenderer& renderer = table->renderers[column.source];
        const size_t size = renderer.Render(model.CodeNumber(coder, column.state, 0), bytes);
        Charge(coder, renderer.part(), depth);
        if (size == 0) return "number out of range";
        out->append(bytes, size);
      } else {
        DecodedDictionary& dictionary = table->dictionaries[column.source];
        uint32_t id = 0;
        if (dictionary.values.size() > 1) {
          const uint32_t known = dictionary.state.known;
          id = model.CodeId(coder, dictionary.state, column.state, 0);
          ChargeId(coder, id == known, depth);
          if (id >= dictionary.values.size()) return "unknown value";
        }
        out->append(dictionary.values[id]);
      }
      if (out->size() > output.end) return RowOutput::kTooLong;
    }
    out->append(table->literals[entry.literal_begin + entry.column_count]);
    if (const char* wrong = output.EndRow(row_begin, entry.column_count); wrong != nullptr)
      return wrong;
  }
  return nullptr;
}

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ROW_DECODER_H_
