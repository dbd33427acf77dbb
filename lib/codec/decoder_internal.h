// What decoder.cc and measure.cc share.
//
// They are two files because where the compiler sees two decoders it divides its inlining between
// them, which cost the one that matters 2 % of its speed.
#ifndef LOGPRESS_CODEC_DECODER_INTERNAL_H_
#define LOGPRESS_CODEC_DECODER_INTERNAL_H_

#include "absl/strings/str_cat.h"
#include "codec/decoder.h"
#include "codec/list_decoder.h"
#include "codec/mixed_row_decoder.h"
#include "codec/plane_meter.h"
#include "codec/quick_row_decoder.h"
#include "codec/render_sink.h"
#include "codec/row_decoder.h"

namespace logpress::codec {

inline absl::Status BadGroup(size_t group, const char* wrong) {
  return absl::DataLossError(
      absl::StrCat("the block's payload is damaged: ", wrong, " in its group ", group, " of rows"));
}

template <typename Coder>
absl::Status BlockTables::OpenWith(ByteView meta, ByteView text, ByteView lists, Coder coder,
                                   Models* models, StreamBreakdown* parts) {
  table_ = DecodedTable();
  groups_ = RowGroups();
  models->Start(sizes_, contexts_);
  ListDecoder decoder(meta, text, lists, coder, raw_size_, models, parts);
  if (absl::Status status = decoder.DecodeDescription(&table_, &groups_); !status.ok())
    return status;
  return decoder.DecodeOwnDictionaries(in_parts_ ? &sizes_ : nullptr, &table_);
}

template <typename Coder, typename Sink>
const char* BlockTables::DecodeRowsOf(size_t group, ByteView rows, Coder coder, Models* models,
                                      Breakdown* parts, Sink& sink) const {
  const RowGroup& wanted = groups_.groups[group];
  models->contexts = contexts_;
  models->StartGroup(sizes_.OfGroup(wanted.size));
  RowState state(table_);
  for (size_t d = 0; d < state.dictionaries.size() && group > 0; ++d) {
    const uint32_t known = groups_.known[(group - 1) * state.dictionaries.size() + d];
    if (known > state.dictionaries[d].distinct) return "more known values than there are";
    state.dictionaries[d].known = known;
  }
  const uint32_t known_templates = groups_.KnownTemplates(group);
  if (contexts_ == kMixedContexts) {
    return DecodeMixedRows(0, wanted.rows, table_, known_templates, &state, models, coder, sink);
  }
  if (contexts_ != 0) {
    return DecodeRows<RowModel>(0, wanted.rows, table_, known_templates, &state, models, coder,
                                sink);
  }
  // Planes: what is known of them stands in front.
  ByteReader reader(rows);
  uint64_t head_size;
  ByteView head_bytes;
  if (!reader.GetVarint(&head_size) || !reader.GetBytes(head_size, &head_bytes))
    return "bad head of planes";
  ByteReader head(head_bytes);
  ByteView plane_bytes = rows.substr(reader.position());
  ByteReader planes(plane_bytes);
  PlaneMeter meter(plane_bytes, parts);
  QuickRowDecoder decoder(table_, &state, models);
  const char* const wrong = decoder.Start(&head, &planes, parts == nullptr ? nullptr : &meter);
  return wrong != nullptr ? wrong : decoder.Decode(wanted.rows, sink);
}

template <typename Coder>
absl::Status BlockTables::Render(size_t group, ByteView rows, Coder coder, uint64_t max_lines,
                                 Models* models, ByteBuffer* raw, Breakdown* parts) const {
  const size_t start = raw->size();
  const uint64_t size = groups_.groups[group].size;
  uint64_t lines_left = max_lines;
  RenderSink sink(table_, ValuesBefore(group), {raw, start + size, nullptr, &lines_left});
  const char* const wrong = DecodeRowsOf(group, rows, coder, models, parts, sink);
  sink.Finish();
  if (wrong != nullptr) return BadGroup(group, wrong);
  if (lines_left > 0 && raw->size() - start != size) {
    return absl::DataLossError(absl::StrCat("the block's payload is damaged: its group ", group,
                                            " of rows holds ", raw->size() - start, " bytes where ",
                                            size, " were promised"));
  }
  return absl::OkStatus();
}

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_DECODER_INTERNAL_H_
