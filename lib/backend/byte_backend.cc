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
constexpr size_t kSmallBlock = size_t{512} << 10;

codec::CodecOptions OptionsOf(int level, size_t raw_size) {
  // A small block does not fill six contexts: three pack it better, and faster.
  if (level > 3 && raw_size < kSmallBlock) level = 3;
  switch (level) {
    case 1:
      return {.contexts = 0, .guess_bits = 16};
    case 2:
      return {.contexts = 2, .guess_bits = 18};
    case 3:
      return {.contexts = 3, .guess_bits = 20};
    default:
      return {};
  }
}

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", what));
}

class ByteBlockReader : public BlockReader {
 public:
  ByteBlockReader(codec::BlockCodec* codec, codec::Streams* streams, ByteView coded,
                  uint64_t raw_size, const Metadata& metadata)
      : codec_(codec), streams_(streams), coded_(coded), raw_size_(raw_size), metadata_(metadata) {}

  const Metadata& metadata() const override { return metadata_; }

  absl::Status Render(ByteBuffer* out) override { return RenderLines(codec::kAllLines, out); }

  absl::Status RenderLines(uint64_t max_lines, ByteBuffer* out) override {
    if (metadata_.raw) {
      out->append(streams_->text);
      return absl::OkStatus();
    }
    return codec_->Decode(streams_->meta, streams_->text, coded_, raw_size_, out, max_lines);
  }

 private:
  codec::BlockCodec* codec_;
  codec::Streams* streams_;
  ByteView coded_;
  uint64_t raw_size_;
  Metadata metadata_;
};

class ByteBackend : public Backend {
 public:
  ByteBackend(Id id, std::unique_ptr<BytePacker> packer) : id_(id), packer_(std::move(packer)) {}

  Id id() const override { return id_; }

  absl::Status Pack(const ir::BlockView& block, int level, ByteBuffer* out) override {
    metadata_size_ = 0;
    if (!codec::BlockCodec::CanEncode(block)) {
      out->push_back(kRawBlock);
      return PackSegment(block.text, level, out);
    }
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
        UnpackSegment(codec::DecodeBudget(limits.raw_size), &reader, &streams_.meta);
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
    if (metadata.raw) {
      absl::Status status = UnpackSegment(limits.raw_size, &reader, &streams_.text);
      if (!status.ok()) return status;
      if (streams_.text.size() != limits.raw_size || !reader.empty()) return Damaged("wrong size");
    } else {
      const uint64_t limit = codec::DecodeBudget(limits.raw_size);
      for (uint64_t segment = 0; segment < kind; ++segment) {
        absl::Status status = UnpackSegment(limit - streams_.meta.size(), &reader, &streams_.meta);
        if (!status.ok()) return status;
      }
      if (absl::Status status =
              UnpackSegment(limit - streams_.meta.size(), &reader, &streams_.text);
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
      } else {
        streams_.coded.clear();
        absl::Status status = UnpackSegment(codec::BlockCodec::PlanesBudget(limits.raw_size),
                                            &reader, &streams_.coded);
        if (!status.ok()) return status;
        if (!reader.empty()) return Damaged("wrong size");
        coded = streams_.coded;
      }
    }
    return std::make_unique<ByteBlockReader>(&codec_, &streams_, coded, limits.raw_size, metadata);
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

  absl::Status UnpackSegment(uint64_t limit, ByteReader* reader, ByteBuffer* out) {
    uint64_t size;
    uint64_t packed_size;
    ByteView bytes;
    if (!reader->GetVarintUpTo(limit, &size) || !reader->GetVarint(&packed_size) ||
        !reader->GetBytes(packed_size == 0 ? size : packed_size, &bytes)) {
      return Damaged("bad segment");
    }
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
  uint64_t metadata_size_ = 0;
};

}  // namespace

std::unique_ptr<Backend> NewByteBackend(Id id, std::unique_ptr<BytePacker> packer) {
  return std::make_unique<ByteBackend>(id, std::move(packer));
}

}  // namespace logpress::backend
