// Opens the streams of a block that encoder.h wrote, and decodes its rows group by group.
//
// The streams may be hostile. What a block describes is charged against a budget (decode_cost.h)
// before memory is taken for it, and every id and number is checked.
#ifndef LOGPRESS_CODEC_DECODER_H_
#define LOGPRESS_CODEC_DECODER_H_

#include <cstdint>
#include <span>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "codec/block_metadata.h"
#include "codec/breakdown.h"
#include "codec/decoded_table.h"
#include "codec/outline.h"
#include "codec/row_groups.h"
#include "codec/row_model.h"
#include "codec/row_sink.h"
#include "codec/streams.h"

namespace logpress::codec {

inline constexpr uint64_t kAllLines = ~uint64_t{0};

// What the rows of a block are decoded with: once opened it does not change, and threads may share
// it.
class BlockTables : public InMemory {
 public:
  // Reads meta, text and lists, which it borrows for the call alone. kDataLoss if they are not what
  // Encode wrote for a block of `raw_size` bytes. With `parts`, adds where their bytes went.
  absl::Status Open(ByteView meta, ByteView text, ByteView lists, uint64_t raw_size, Models* models,
                    StreamBreakdown* parts = nullptr);

  // Reads the first Streams::metadata_size bytes of meta alone.
  absl::Status OpenDescription(ByteView meta, uint64_t raw_size);

  // After OpenDescription: what the values of table()'s dictionaries are made of. `meta` is all of
  // that stream now; *lists borrow `text`.
  absl::Status OpenOutline(ByteView meta, ByteView text, Vector<ListOutline>* lists);

  // After OpenOutline: dictionaries of table() get their values for which `wanted` is not 0, and
  // maybe others; a gate, if there is one, may keep some from it. Rows need none to be read.
  absl::Status OpenLists(ByteView meta, ByteView text, ByteView lists,
                         std::span<const uint8_t> wanted, ListGate* gate, Models* models);

  const DecodedTable& table() const { return table_; }
  const RowGroups& groups() const { return groups_; }
  // Rows of a template in all groups.
  uint64_t RowsOf(uint32_t t) const;
  // Templates and columns for those who only look.
  BlockMetadata Metadata() const;

  // Whether lists and rows are planes of bytes, which a byte packer has packed.
  bool HasPlanes() const { return contexts_ == 0; }
  // Whether ids and numbers are mixed, which takes more memory: see MixedMemory.
  bool IsMixed() const { return contexts_ == kMixedContexts; }

  // Appends the bytes of a group to *raw, or of its first `max_lines` lines, at least 1. `rows` is
  // its part of the stream of that name. kDataLoss if that does not give the bytes that the group
  // has. `models` are anybody's.
  absl::Status DecodeGroup(size_t group, ByteView rows, uint64_t max_lines, Models* models,
                           ByteBuffer* raw) const;
  // Hands the rows of a group to the sink.
  absl::Status DecodeRowsTo(size_t group, ByteView rows, Models* models, RowSink* sink) const;
  // How many values each column has in the groups before this one; empty: none has any.
  Vector<uint32_t> ValuesBefore(size_t group) const;
  // The same of all lines; adds to *parts where the bytes of `rows` went.
  absl::Status MeasureGroup(size_t group, ByteView rows, Models* models, ByteBuffer* raw,
                            StreamBreakdown* parts) const;

 private:
  template <typename Coder>
  absl::Status OpenWith(ByteView meta, ByteView text, ByteView lists, Coder coder, Models* models,
                        StreamBreakdown* parts);
  absl::Status OpenMeasured(ByteView meta, ByteView text, ByteView lists, Models* models,
                            StreamBreakdown* parts);
  template <typename Coder, typename Sink>
  const char* DecodeRowsOf(size_t group, ByteView rows, Coder coder, Models* models,
                           Breakdown* parts, Sink& sink) const;
  template <typename Coder>
  absl::Status Render(size_t group, ByteView rows, Coder coder, uint64_t max_lines, Models* models,
                      ByteBuffer* raw, Breakdown* parts) const;
  absl::Status ReadModelSizes(uint64_t raw_size, ByteReader* meta);

  uint64_t raw_size_ = 0;
  uint32_t contexts_ = 0;
  bool in_parts_ = false;  // the dictionaries of table_
  ModelSizes sizes_;
  DecodedTable table_;
  RowGroups groups_;
  // Behind the description: where it ends in meta, and what is left for the rest.
  DescriptionEnd description_;
  Vector<ListPart> parts_;  // of the dictionaries, once there was an outline
};

// Bytes that opening and decoding a block of `raw_size` bytes may take beside its output.
uint64_t DecodeMemory(uint64_t raw_size);
// What mixing its values takes besides, to encode or to decode.
uint64_t MixedMemory(uint64_t raw_size);

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_DECODER_H_
