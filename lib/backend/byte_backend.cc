#include "backend/byte_backend.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "codec/block_codec.h"
#include "codec/decode_cost.h"

// A payload is
//   kind          one byte: 0 a raw block, 1 a block with structure, 2 the same with meta in two
//                 segments, of which the first holds the metadata
//   segments      raw block: the text; else meta, text, coded; each as: varint size, varint packed
//                 size, packed bytes (packed size 0: the bytes are stored as they are, as those of
//                 coded always are when they are no planes)
namespace logpress::backend {
namespace {

constexpr char kRawBlock = 0;
constexpr char kStructuredBlock = 1;
constexpr char kDividedBlock = 2;
// What follows the metadata in meta is a segment of its own only if it is larger than this: a
// segment costs some ten bytes and the context of the one before it, and a smaller one is read and
// unpacked in no time.
constexpr size_t kMinDivided = size_t{16} << 10;
// A block smaller than this does not fill six contexts: three pack it better, and faster.
constexpr size_t kFewContextsBelow = size_t{512} << 10;

codec::CodecOptions OptionsOf(int level, size_t raw_size) {
  if (level > 3 && raw_size < kFewContextsBelow) level = 3;
  switch (level) {
    case 1:
      return {.contexts = 0, .guess_bits = 16};
    case 2:
      return {.contexts = 2, .guess_bits = 18};
    case 3:
      return {.contexts = 3, .guess_bits = 20};
    case 4:
    case 5:
      // With more the processor waits for memory: time grew 1.4-fold from blocks of 1 to 64 MiB.
      return {.guess_bits = 20};
    default:
      return {};
  }
}

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", what));
}

// What the streams of a block take in its payload.
struct PackedSizes {
  uint64_t payload = 0;
  std::array<uint64_t, 2> meta = {};  // its segments; a block that is not divided has one
  uint64_t text = 0;
  uint64_t coded = 0;
};

class ByteBlockReader : public BlockReader {
 public:
  ByteBlockReader(codec::BlockCodec* codec, codec::Streams* streams, ByteView coded,
                  uint64_t raw_size, const Metadata& metadata, const PackedSizes& packed)
      : codec_(codec),
        streams_(streams),
        coded_(coded),
        raw_size_(raw_size),
        metadata_(metadata),
        packed_(packed) {}

  const Metadata& metadata() const override { return metadata_; }

  absl::Status Render(ByteBuffer* out) override { return RenderLines(codec::kAllLines, out); }

  absl::Status RenderLines(uint64_t max_lines, ByteBuffer* out) override {
    if (metadata_.raw) {
      out->append(streams_->text);
      return absl::OkStatus();
    }
    return codec_->Decode(streams_->meta, streams_->text, coded_, raw_size_, out, max_lines);
  }

  absl::Status Measure(ByteBuffer* out, codec::Breakdown* parts) override {
    if (metadata_.raw) {
      parts->AddBytes(codec::Part::kRawBlocks, 0, packed_.payload, 1);
      return Render(out);
    }
    codec::StreamBreakdown streams;
    absl::Status status =
        codec_->Measure(streams_->meta, streams_->text, coded_, raw_size_, out, &streams);
    if (!status.ok()) return status;
    // What a packer made of a byte cannot be told: each is given the same.
    if (packed_.meta[1] == 0) {
      streams.metadata.Add(streams.meta);
      streams.meta = codec::Breakdown();
    }
    parts->AddScaled(streams.metadata, packed_.meta[0]);
    parts->AddScaled(streams.meta, packed_.meta[1]);
    parts->AddScaled(streams.text, packed_.text);
    parts->AddScaled(streams.coded, packed_.coded);
    const uint64_t packed = packed_.meta[0] + packed_.meta[1] + packed_.text + packed_.coded;
    parts->AddBytes(codec::Part::kPayloadHeaders, 0, packed_.payload - packed, 1);
    return absl::OkStatus();
  }

 private:
  codec::BlockCodec* codec_;
  codec::Streams* streams_;
  ByteView coded_;
  uint64_t raw_size_;
  Metadata metadata_;
  PackedSizes packed_;
};

class ByteBackend : public Backend {
 public:
  ByteBackend(Id id, std::unique_ptr<BytePacker> packer) : id_(id), packer_(std::move(packer)) {}

  Id id() const override { return id_; }

  absl::Status Pack(const ir::BlockView& block, int level, ByteBuffer* out) override {
    metadata_size_ = 0;
    packed_block_ = Metadata();
    if (!codec::BlockCodec::CanEncode(block)) {
      packed_block_.raw = true;
      out->push_back(kRawBlock);
      return PackSegment(block.text, level, out);
    }
    packed_block_.templates = block.root->table->templates.size();
    codec::CodecOptions options = OptionsOf(level, block.text.size());
    codec_.Encode(block, options, &streams_);
    bool planes = codec::BlockCodec::HasPlanes(streams_.meta);
    if (planes && streams_.coded.size() > codec::BlockCodec::PlanesBudget(block.text.size())) {
      options.contexts = 1;
      codec_.Encode(block, options, &streams_);
      planes = false;
    }
    const size_t start = out->size();
    const ByteView meta = streams_.meta;
    const bool divided = meta.size() - streams_.metadata_size > kMinDivided;
    const size_t first = divided ? streams_.metadata_size : meta.size();
    out->push_back(divided ? kDividedBlock : kStructuredBlock);
    if (absl::Status status = PackSegment(meta.substr(0, first), level, out); !status.ok())
      return status;
    metadata_size_ = out->size() - start;
    if (divided) {
      if (absl::Status status = PackSegment(meta.substr(first), level, out); !status.ok())
        return status;
    }
    if (absl::Status status = PackSegment(streams_.text, level, out); !status.ok()) return status;
    if (planes) return PackSegment(streams_.coded, level, out);
    StoreSegment(streams_.coded, out);
    return absl::OkStatus();
  }

  Metadata packed() const override { return packed_block_; }
  uint64_t metadata_size() const override { return metadata_size_; }

  absl::Status ReadMetadata(ByteView payload, const Limits& limits,
                            codec::BlockMetadata* metadata) override {
    if (absl::Status status = CheckMemory(limits); !status.ok()) return status;
    *metadata = codec::BlockMetadata();
    ByteReader reader(payload);
    uint64_t kind;
    if (!reader.GetVarintUpTo(kDividedBlock, &kind)) return Damaged("unknown kind of block");
    if (kind == kRawBlock) return absl::OkStatus();
    streams_.meta.clear();
    absl::Status status =
        UnpackSegment(codec::DecodeBudget(limits.raw_size), &reader, &streams_.meta, nullptr);
    if (!status.ok()) return status;
    return codec::BlockCodec::ReadMetadata(streams_.meta, limits.raw_size, metadata);
  }

  absl::StatusOr<std::unique_ptr<BlockReader>> Open(ByteView payload,
                                                    const Limits& limits) override {
    if (absl::Status status = CheckMemory(limits); !status.ok()) return status;
    ByteReader reader(payload);
    uint64_t kind;
    if (!reader.GetVarintUpTo(kDividedBlock, &kind)) return Damaged("unknown kind of block");
    streams_.meta.clear();
    streams_.text.clear();
    Metadata metadata;
    metadata.raw = kind == kRawBlock;
    PackedSizes packed;
    packed.payload = payload.size();
    if (metadata.raw) {
      absl::Status status = UnpackSegment(limits.raw_size, &reader, &streams_.text, &packed.text);
      if (!status.ok()) return status;
      if (streams_.text.size() != limits.raw_size || !reader.empty()) return Damaged("wrong size");
    } else {
      const uint64_t limit = codec::DecodeBudget(limits.raw_size);
      for (uint64_t segment = 0; segment < kind; ++segment) {
        absl::Status status = UnpackSegment(limit - streams_.meta.size(), &reader, &streams_.meta,
                                            &packed.meta[segment]);
        if (!status.ok()) return status;
      }
      if (absl::Status status =
              UnpackSegment(limit - streams_.meta.size(), &reader, &streams_.text, &packed.text);
          !status.ok())
        return status;
      if (!codec::BlockCodec::CountTemplates(streams_.meta, &metadata.templates))
        return Damaged("bad metadata");
    }
    ByteView coded;
    if (!metadata.raw) {
      // Coded bits are stored and read where they are.
      ByteReader copy = reader;
      uint64_t size;
      uint64_t packed_size;
      if (!copy.GetVarint(&size) || !copy.GetVarint(&packed_size)) return Damaged("bad segment");
      if (packed_size == 0) {
        if (!copy.GetBytes(size, &coded) || !copy.empty()) return Damaged("wrong size");
        packed.coded = size;
      } else {
        streams_.coded.clear();
        absl::Status status = UnpackSegment(codec::BlockCodec::PlanesBudget(limits.raw_size),
                                            &reader, &streams_.coded, &packed.coded);
        if (!status.ok()) return status;
        if (!reader.empty()) return Damaged("wrong size");
        coded = streams_.coded;
      }
    }
    return std::make_unique<ByteBlockReader>(&codec_, &streams_, coded, limits.raw_size, metadata,
                                             packed);
  }

  uint64_t PackMemory(uint64_t raw_size, int level) const override {
    return packer_->PackMemory(raw_size, level);
  }

  uint64_t ReadMemory(uint64_t raw_size) const override {
    return raw_size + codec::BlockCodec::DecodeMemory(raw_size) + packer_->UnpackMemory(raw_size);
  }

 private:
  absl::Status CheckMemory(const Limits& limits) const {
    if (limits.max_memory == 0 || ReadMemory(limits.raw_size) <= limits.max_memory)
      return absl::OkStatus();
    return absl::ResourceExhaustedError(
        absl::StrCat("the block takes ", ReadMemory(limits.raw_size),
                     " bytes of memory, more than the limit of ", limits.max_memory));
  }

  absl::Status PackSegment(ByteView bytes, int level, ByteBuffer* out) {
    packed_.clear();
    if (!bytes.empty() && id_ != Id::kStore) {
      if (absl::Status status = packer_->Pack(bytes, level, &packed_); !status.ok()) return status;
    }
    if (packed_.empty() || packed_.size() >= bytes.size()) {
      StoreSegment(bytes, out);
      return absl::OkStatus();
    }
    PutVarint(out, bytes.size());
    PutVarint(out, packed_.size());
    out->append(packed_);
    return absl::OkStatus();
  }

  static void StoreSegment(ByteView bytes, ByteBuffer* out) {
    PutVarint(out, bytes.size());
    PutVarint(out, 0);
    out->append(bytes);
  }

  // Sets *packed, if that is given, to what the segment takes without its sizes.
  absl::Status UnpackSegment(uint64_t limit, ByteReader* reader, ByteBuffer* out,
                             uint64_t* packed) {
    uint64_t size;
    uint64_t packed_size;
    ByteView bytes;
    if (!reader->GetVarintUpTo(limit, &size) || !reader->GetVarint(&packed_size) ||
        !reader->GetBytes(packed_size == 0 ? size : packed_size, &bytes)) {
      return Damaged("bad segment");
    }
    if (packed != nullptr) *packed = bytes.size();
    if (packed_size == 0) {
      out->append(bytes);
      return absl::OkStatus();
    }
    return packer_->Unpack(bytes, size, out);
  }

  Id id_;
  std::unique_ptr<BytePacker> packer_;
  codec::BlockCodec codec_;
  codec::Streams streams_;
  ByteBuffer packed_;
  Metadata packed_block_;
  uint64_t metadata_size_ = 0;
};

}  // namespace

std::unique_ptr<Backend> NewByteBackend(Id id, std::unique_ptr<BytePacker> packer) {
  return std::make_unique<ByteBackend>(id, std::move(packer));
}

}  // namespace logpress::backend
