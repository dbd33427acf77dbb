#include "codec/block_codec.h"

#include <algorithm>
#include <bit>

#include "base/memory.h"
#include "base/status.h"
#include "codec/block_decoder.h"
#include "codec/block_encoder.h"
#include "codec/decode_cost.h"
#include "codec/row_model.h"

namespace logpress::codec {
namespace {

// Tables grow with the block up to these, 16 MiB each: a small block starts with small tables and
// so starts fast, and beyond them nothing is gained.
constexpr int kMinTableBits = ModelTable::kMinBits;
constexpr int kMaxModelBits = 22;
constexpr int kMaxGuessBits = CodecOptions::kMaxGuessBits;

int TableBits(uint64_t raw_size, int max_bits) {
  return std::clamp(static_cast<int>(std::bit_width(raw_size)) - 3, kMinTableBits, max_bits);
}

bool IsContextCount(uint64_t contexts) { return contexts <= 3 || contexts == kMaxContexts; }

// How the models of a block are laid out, which its metadata begins with.
struct ModelSizes {
  uint64_t contexts;
  uint64_t guess_bits;
};

absl::Status ReadModelSizes(uint64_t raw_size, ByteReader* meta, ModelSizes* sizes) {
  if (!meta->GetVarint(&sizes->contexts) || !IsContextCount(sizes->contexts) ||
      !meta->GetVarint(&sizes->guess_bits) || sizes->guess_bits < kMinTableBits ||
      sizes->guess_bits > static_cast<uint64_t>(TableBits(raw_size, kMaxGuessBits))) {
    return absl::DataLossError("the block's payload is damaged: bad size of its models");
  }
  return absl::OkStatus();
}

}  // namespace

struct BlockCodec::State : InMemory {
  // Reads what meta begins with, resets the models as it says and cuts it off.
  absl::Status StartDecoding(uint64_t raw_size, ByteView* meta) {
    ByteReader reader(*meta);
    ModelSizes sizes;
    LOGPRESS_RETURN_IF_ERROR(ReadModelSizes(raw_size, &reader, &sizes));
    models.Reset(TableBits(raw_size, kMaxModelBits), static_cast<int>(sizes.guess_bits),
                 static_cast<uint32_t>(sizes.contexts));
    meta->remove_prefix(reader.position());
    return absl::OkStatus();
  }

  Models models;
  QuickRowEncoder quick_rows;
};

BlockCodec::BlockCodec() : state_(new State) {}
BlockCodec::~BlockCodec() = default;

bool BlockCodec::CanEncode(const ir::BlockView& block) {
  return block.root != nullptr && block.root->kind == ir::Strings::Kind::kTable &&
         DecodeCost(block) <= DecodeBudget(block.text.size());
}

void BlockCodec::Encode(const ir::BlockView& block, const CodecOptions& options, Streams* streams) {
  streams->meta.clear();
  streams->text.clear();
  streams->coded.clear();
  const uint64_t size = block.text.size();
  const int guess_bits = TableBits(size, options.guess_bits);
  state_->models.Reset(TableBits(size, kMaxModelBits), guess_bits, options.contexts);
  PutVarint(&streams->meta, options.contexts);
  PutVarint(&streams->meta, static_cast<uint64_t>(guess_bits));
  EncodeBlock(block, &state_->models, &state_->quick_rows, streams);
}

bool BlockCodec::HasPlanes(ByteView meta) { return !meta.empty() && meta[0] == 0; }

absl::Status BlockCodec::Decode(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size,
                                ByteBuffer* raw, uint64_t max_lines) {
  LOGPRESS_RETURN_IF_ERROR(state_->StartDecoding(raw_size, &meta));
  return DecodeBlock(meta, text, coded, raw_size, max_lines, &state_->models, raw);
}

absl::Status BlockCodec::Measure(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size,
                                 ByteBuffer* raw, StreamBreakdown* parts) {
  const size_t size = meta.size();
  LOGPRESS_RETURN_IF_ERROR(state_->StartDecoding(raw_size, &meta));
  parts->metadata.AddBytes(Part::kColumns, 0, size - meta.size(), 0);
  return MeasureBlock(meta, text, coded, raw_size, &state_->models, raw, parts);
}

absl::Status BlockCodec::ReadMetadata(ByteView meta, uint64_t raw_size, BlockMetadata* metadata) {
  ByteReader reader(meta);
  ModelSizes sizes;
  LOGPRESS_RETURN_IF_ERROR(ReadModelSizes(raw_size, &reader, &sizes));
  return DecodeMetadata(meta.substr(reader.position()), raw_size, metadata);
}

bool BlockCodec::CountTemplates(ByteView meta, uint64_t* templates) {
  ByteReader reader(meta);
  uint64_t skipped;
  // Contexts, size of their table, rows and kind of the root stand before its template count.
  for (int i = 0; i < 4; ++i) {
    if (!reader.GetVarint(&skipped)) return false;
  }
  return reader.GetVarintUpTo(meta.size(), templates);
}

uint64_t BlockCodec::DecodeMemory(uint64_t raw_size) {
  return 4 * ((uint64_t{1} << TableBits(raw_size, kMaxModelBits)) +
              (uint64_t{1} << TableBits(raw_size, kMaxGuessBits))) +
         2 * DecodeBudget(raw_size);
}

}  // namespace logpress::codec
