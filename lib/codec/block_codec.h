// Encodes the intermediate representation of a block into three streams, and back.
//
//   meta    what the block is made of: templates, columns, kinds and formats. Bytes for a byte
//   backend to pack. text    strings that are kept as bytes. For a byte backend too. coded template
//   ids, dictionary ids and numbers: entropy-coded and dense already, or for the fastest level
//   planes of bytes, for a byte backend again.
//
// Lists are written from the leaves up: the dictionaries of a table's columns first, then its rows.
// So the decoder knows every value before it meets the first row, and renders rows straight into
// the output.
#ifndef LOGPRESS_CODEC_BLOCK_CODEC_H_
#define LOGPRESS_CODEC_BLOCK_CODEC_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "codec/block_metadata.h"
#include "codec/breakdown.h"
#include "ir/ir.h"

namespace logpress::codec {

inline constexpr uint64_t kAllLines = ~uint64_t{0};

struct CodecOptions {
  // Contexts that are asked for each dictionary id, 1, 2, 3 or 6: more find more and take longer.
  // With 0, one is asked and coded is planes of bytes (quick_row_model.h).
  uint32_t contexts = 6;
  // At most 2^guess_bits guesses are kept, 16 to kMaxGuessBits: a small table stays in the
  // processor's cache, a large one forgets less. A small block takes a smaller one.
  int guess_bits = kMaxGuessBits;

  static constexpr int kMaxGuessBits = 22;
};

struct Streams {
  ByteBuffer meta;
  ByteBuffer text;
  ByteBuffer coded;
  // The first bytes of meta that tell the templates of the block's rows and its columns.
  size_t metadata_size = 0;
};

// Reused block after block, so that its tables are paid once. One thread at a time.
class BlockCodec {
 public:
  BlockCodec();
  ~BlockCodec();

  // Whether `block` has structure (a root that is a table), and not so much of it that a decoder
  // would refuse it: see decode_cost.h. If not, it must be packed as a raw block.
  static bool CanEncode(const ir::BlockView& block);

  // Replaces the contents of *streams. CanEncode(block) must hold.
  void Encode(const ir::BlockView& block, const CodecOptions& options, Streams* streams);

  // Appends the block's bytes to *raw. The streams may be hostile: kDataLoss if they are not what
  // Encode wrote or do not give exactly `raw_size` bytes. Takes at most DecodeMemory(raw_size)
  // bytes beside the output. Stops behind `max_lines` lines, at least 1: rows that nobody asked for
  // are not decoded, nor is it known then whether they could be.
  absl::Status Decode(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size,
                      ByteBuffer* raw, uint64_t max_lines = kAllLines);

  // Whether coded is planes of bytes, which a byte backend has to pack.
  static bool HasPlanes(ByteView meta);

  // Bytes that planes of a block may take: others are refused. Real logs have a tenth of it.
  static constexpr uint64_t PlanesBudget(uint64_t raw_size) {
    return raw_size + (uint64_t{64} << 10);
  }

  // Decode, and adds to *parts where the bytes of the streams went.
  absl::Status Measure(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size,
                       ByteBuffer* raw, StreamBreakdown* parts);

  // Fills *metadata from the first bytes of meta, which may be hostile: kDataLoss if they are not
  // what Encode wrote. Takes no more than DecodeMemory(raw_size) bytes.
  static absl::Status ReadMetadata(ByteView meta, uint64_t raw_size, BlockMetadata* metadata);

  // The number of templates of the block's rows, from its metadata alone. False if that is damaged.
  static bool CountTemplates(ByteView meta, uint64_t* templates);

  // Bytes that decoding a block of `raw_size` bytes may take beside its output.
  static uint64_t DecodeMemory(uint64_t raw_size);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_BLOCK_CODEC_H_
