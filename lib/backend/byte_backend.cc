#include "backend/byte_backend.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "backend/segments.h"
#include "base/status.h"
#include "codec/decode_cost.h"
#include "codec/decoder.h"
#include "codec/encoder.h"

namespace logpress::backend {
namespace {

// A payload that is larger than this before it is packed is divided: its description is a segment
// of its own, which a reader fetches and unpacks alone, and each segment has a check. That takes
// some twenty bytes and the context of the segment before; a smaller one is read in no time.
constexpr size_t kMinDivided = size_t{64} << 10;
// A block smaller than this does not fill six contexts: three pack it better, and faster.
constexpr size_t kFewContextsBelow = size_t{512} << 10;
constexpr int kFewContextsLevel = 5;

// Where meta and text are no more than this and make so many per cent of what they make with the
// bits, templates and values are alike (long URLs, identifiers), and one finds the other's
// repetitions when they are packed as one. Nobody waits long for so little text when he asks for
// templates alone.
constexpr size_t kMaxTogether = size_t{512} << 10;
constexpr uint64_t kMinTogether = 38;

enum DividedSegment : size_t { kDescription, kRest, kText, kLists };

codec::CodecOptions OptionsOf(Id id, int level, size_t raw_size) {
  if (id == Id::kBlend) return {.contexts = codec::kMixedContexts};
  if (raw_size < kFewContextsBelow) level = std::min(level, kFewContextsLevel);
  switch (level) {
    case 1:
      return {.contexts = 0, .guess_bits = 16};
    case 2:
    case 3:
      return {.contexts = 0, .guess_bits = 18};
    case 4:
      return {.contexts = 1, .guess_bits = 18};
    case 5:
      // With more the processor waits for memory: time grew 1.4-fold from blocks of 1 to 64 MiB.
      return {.contexts = 3, .guess_bits = 20};
    default:
      return {};
  }
}

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", what));
}

// What readers of a backend share: one is at work at a time.
struct ReadContext {
  Packers packers;
  codec::Models models;
  ByteBuffer meta;
  ByteBuffer text;
  ByteBuffer lists;
  ByteBuffer rows;
};

class ByteBlockReader : public BlockReader, private BlockParts {
 public:
  ByteBlockReader(ReadContext* context, PayloadSource* source, const Limits& limits, Id id,
                  PackerId packer)
      : context_(context), source_(source), limits_(limits), id_(id), packer_(packer) {}

  absl::Status Open() {
    LOGPRESS_RETURN_IF_ERROR(directory_.Open(source_, codec::MaxGroups(limits_.raw_size)));
    // Others could take more memory than was agreed on.
    for (const Segment& segment : directory_.segments()) {
      if (segment.packer != packer_ && segment.packer != PackerId::kStore &&
          (segment.packer != PackerId::kPrimed || packer_ == PackerId::kStore))
        return Damaged("a segment of another packer");
    }
    metadata_.raw = directory_.kind() == PayloadKind::kRaw;
    if (metadata_.raw) {
      if (directory_.segments()[0].size != limits_.raw_size) return Damaged("wrong size");
      whole_.size = limits_.raw_size;
      return absl::OkStatus();
    }
    context_->meta.clear();
    LOGPRESS_RETURN_IF_ERROR(ReadMeta(kDescription));
    LOGPRESS_RETURN_IF_ERROR(tables_.OpenDescription(context_->meta, limits_.raw_size));
    if (tables_.IsMixed() && id_ != Id::kBlend) return Damaged("mixed values of another backend");
    metadata_.templates = tables_.table().templates.size();
    if (tables_.groups().groups.size() != directory_.groups())
      return Damaged("another number of groups than it has segments for");
    return absl::OkStatus();
  }

  const Metadata& metadata() const override { return metadata_; }
  BlockParts* parts() override { return metadata_.raw ? nullptr : this; }
  codec::BlockMetadata Tell() const { return tables_.Metadata(); }

  std::span<const codec::RowGroup> groups() const override {
    if (metadata_.raw) return {&whole_, 1};
    return tables_.groups().groups;
  }

  absl::Status Render(size_t first, size_t last, uint64_t max_lines, ByteBuffer* out) override {
    if (metadata_.raw) return ReadRaw(out);
    LOGPRESS_RETURN_IF_ERROR(OpenTables(nullptr));
    for (size_t g = first; g < last; ++g) {
      ByteView rows;
      LOGPRESS_RETURN_IF_ERROR(ReadRows(g, &rows));
      LOGPRESS_RETURN_IF_ERROR(tables_.DecodeGroup(g, rows, max_lines, &context_->models, out));
      if (max_lines == codec::kAllLines) continue;
      if (max_lines <= groups()[g].newlines) break;
      max_lines -= groups()[g].newlines;
    }
    return absl::OkStatus();
  }

  absl::Status Measure(ByteBuffer* out, codec::Breakdown* parts) override {
    if (metadata_.raw) {
      parts->AddBytes(codec::Part::kRawBlocks, 0, directory_.size() + directory_.Share(0), 1);
      return ReadRaw(out);
    }
    parts->AddBytes(codec::Part::kPayloadHeaders, 0, directory_.size(), 1);
    codec::StreamBreakdown streams;
    LOGPRESS_RETURN_IF_ERROR(OpenTables(&streams));
    for (size_t g = 0; g < groups().size(); ++g) {
      ByteView rows;
      LOGPRESS_RETURN_IF_ERROR(ReadRows(g, &rows));
      codec::StreamBreakdown group;
      LOGPRESS_RETURN_IF_ERROR(tables_.MeasureGroup(g, rows, &context_->models, out, &group));
      parts->AddScaled(group.rows, directory_.Share(directory_.first_group() + g));
    }
    // What a packer made of a byte cannot be told: each is given the same.
    const bool divided = directory_.kind() == PayloadKind::kDivided;
    if (!divided) {
      streams.metadata.Add(streams.meta);
    } else {
      parts->AddScaled(streams.meta, directory_.Share(kRest));
    }
    parts->AddScaled(streams.metadata, directory_.Share(kDescription));
    parts->AddScaled(streams.text, directory_.Share(kText - !divided));
    parts->AddScaled(streams.lists, directory_.Share(kLists - !divided));
    return absl::OkStatus();
  }

 private:
  const codec::BlockTables& tables() const override { return tables_; }

  absl::Status ReadOutline(Vector<codec::ListOutline>* lists) override {
    LOGPRESS_RETURN_IF_ERROR(ReadMetaAndText());
    return tables_.OpenOutline(context_->meta, context_->text, lists);
  }

  absl::Status ReadValues() override { return OpenTables(nullptr); }

  absl::Status ReadValues(std::span<const uint8_t> wanted, codec::ListGate* gate) override {
    const bool divided = directory_.kind() == PayloadKind::kDivided;
    ByteView lists = context_->lists;
    if (!has_planes_)
      LOGPRESS_RETURN_IF_ERROR(ReadCoded(kLists - !divided, &context_->lists, &lists));
    has_planes_ = tables_.HasPlanes();
    return tables_.OpenLists(context_->meta, context_->text, lists, wanted, gate,
                             &context_->models);
  }

  absl::Status ReadRows(size_t group, codec::RowSink* sink) override {
    ByteView rows;
    LOGPRESS_RETURN_IF_ERROR(ReadRows(group, &rows));
    return tables_.DecodeRowsTo(group, rows, &context_->models, sink);
  }

  absl::Status ReadRaw(ByteBuffer* out) {
    return directory_.Read(0, limits_.raw_size, source_, &context_->packers, out);
  }

  // Appends a segment to the context's meta.
  absl::Status ReadMeta(size_t segment) {
    return directory_.Read(segment, codec::DecodeBudget(limits_.raw_size) - context_->meta.size(),
                           source_, &context_->packers, &context_->meta);
  }

  // The whole streams; the description is there since the block was opened.
  absl::Status ReadMetaAndText() {
    if (has_text_) return absl::OkStatus();
    const bool divided = directory_.kind() == PayloadKind::kDivided;
    context_->text.clear();
    uint64_t limit = codec::DecodeBudget(limits_.raw_size);
    if (divided) {
      LOGPRESS_RETURN_IF_ERROR(ReadMeta(kRest));
      limit -= context_->meta.size();
    }
    LOGPRESS_RETURN_IF_ERROR(
        directory_.Read(kText - !divided, limit, source_, &context_->packers, &context_->text));
    has_text_ = true;
    return absl::OkStatus();
  }

  // Decodes what rows refer to, when the first are asked for.
  absl::Status OpenTables(codec::StreamBreakdown* parts) {
    if (opened_ && parts == nullptr) return absl::OkStatus();
    LOGPRESS_RETURN_IF_ERROR(ReadMetaAndText());
    const bool divided = directory_.kind() == PayloadKind::kDivided;
    ByteView lists;
    LOGPRESS_RETURN_IF_ERROR(ReadCoded(kLists - !divided, &context_->lists, &lists));
    LOGPRESS_RETURN_IF_ERROR(tables_.Open(context_->meta, context_->text, lists, limits_.raw_size,
                                          &context_->models, parts));
    opened_ = true;
    return absl::OkStatus();
  }

  absl::Status ReadRows(size_t group, ByteView* rows) {
    return ReadCoded(directory_.first_group() + group, &context_->rows, rows);
  }

  // Coded bits are stored and read where they are; planes are packed.
  absl::Status ReadCoded(size_t segment, ByteBuffer* unpacked, ByteView* bytes) {
    if (!tables_.HasPlanes()) return directory_.ReadStored(segment, source_, bytes);
    unpacked->clear();
    LOGPRESS_RETURN_IF_ERROR(directory_.Read(segment, codec::PlanesBudget(limits_.raw_size),
                                             source_, &context_->packers, unpacked));
    *bytes = *unpacked;
    return absl::OkStatus();
  }

  ReadContext* const context_;
  PayloadSource* const source_;
  const Limits limits_;
  const Id id_;
  const PackerId packer_;
  SegmentDirectory directory_;
  codec::BlockTables tables_;
  codec::RowGroup whole_;  // of a raw block
  Metadata metadata_;
  bool has_text_ = false;
  bool has_planes_ = false;  // of lists, unpacked
  bool opened_ = false;
};

class ByteBackend : public Backend {
 public:
  ByteBackend(Id id, PackerId packer) : id_(id), packer_(packer) {}

  Id id() const override { return id_; }

  absl::Status Pack(const ir::BlockView& block, int level, ByteBuffer* out) override {
    metadata_size_ = 0;
    packed_block_ = Metadata();
    if (!codec::CanEncode(block)) {
      packed_block_.raw = true;
      segments_.Start(PayloadKind::kRaw);
      LOGPRESS_RETURN_IF_ERROR(
          segments_.Add(block.text, Content::kWords, packer_, level, &packers_));
      segments_.Finish(out);
      return absl::OkStatus();
    }
    packed_block_.templates = block.root->table->templates.size();
    codec::CodecOptions options = OptionsOf(id_, level, block.text.size());
    encoder_.Encode(block, options, &streams_);
    bool planes = options.contexts == 0;
    if (planes &&
        streams_.lists.size() + streams_.rows.size() > codec::PlanesBudget(block.text.size())) {
      options.contexts = 1;
      encoder_.Encode(block, options, &streams_);
      planes = false;
    }
    bool together = false;
    LOGPRESS_RETURN_IF_ERROR(TextIsMost(planes, &together));
    const auto pack = [&](ByteView bytes, Content content) {
      const bool dense = content == Content::kNumbers && !planes;
      return segments_.Add(bytes, content, dense ? PackerId::kStore : packer_, level, &packers_);
    };
    const ByteView meta = streams_.meta;
    const bool divided =
        meta.size() + streams_.text.size() + streams_.lists.size() + streams_.rows.size() >
        kMinDivided;
    segments_.Start(divided ? PayloadKind::kDivided : PayloadKind::kStructured);
    const ByteView description = meta.substr(0, streams_.metadata_size);
    const ByteView rest = meta.substr(streams_.metadata_size);
    if (!divided) {
      segments_.AddWithNext(meta);
    } else if (together) {
      segments_.AddWithNext(description);
      segments_.AddWithNext(rest);
    } else {
      LOGPRESS_RETURN_IF_ERROR(pack(description, Content::kWords));
      LOGPRESS_RETURN_IF_ERROR(pack(rest, Content::kWords));
    }
    LOGPRESS_RETURN_IF_ERROR(pack(streams_.text, Content::kWords));
    if (planes && streams_.row_ends.size() == 1) {
      // The numbers of lists and of rows are of the same kinds, and nobody reads rows alone.
      segments_.AddWithNext(streams_.lists);
    } else {
      LOGPRESS_RETURN_IF_ERROR(pack(streams_.lists, Content::kNumbers));
    }
    size_t begin = 0;
    for (const size_t end : streams_.row_ends) {
      LOGPRESS_RETURN_IF_ERROR(
          pack(ByteView(streams_.rows).substr(begin, end - begin), Content::kNumbers));
      begin = end;
    }
    metadata_size_ = segments_.Finish(out);
    return absl::OkStatus();
  }

  Metadata packed() const override { return packed_block_; }
  uint64_t metadata_size() const override { return metadata_size_; }

  absl::Status ReadMetadata(PayloadSource* source, const Limits& limits,
                            codec::BlockMetadata* metadata) override {
    *metadata = codec::BlockMetadata();
    LOGPRESS_RETURN_IF_ERROR(CheckMemory(limits));
    ByteBlockReader reader(&context_, source, limits, id_, packer_);
    LOGPRESS_RETURN_IF_ERROR(reader.Open());
    if (!reader.metadata().raw) *metadata = reader.Tell();
    return absl::OkStatus();
  }

  absl::StatusOr<std::unique_ptr<BlockReader>> Open(PayloadSource* source,
                                                    const Limits& limits) override {
    LOGPRESS_RETURN_IF_ERROR(CheckMemory(limits));
    auto reader = std::make_unique<ByteBlockReader>(&context_, source, limits, id_, packer_);
    LOGPRESS_RETURN_IF_ERROR(reader->Open());
    return reader;
  }

  uint64_t PackMemory(uint64_t raw_size, int level) const override {
    const uint64_t primed =
        packer_ == PackerId::kStore ? 0 : NewPrimedPacker()->PackMemory(raw_size, level);
    return NewPacker(packer_)->PackMemory(raw_size, level) + primed + MixedMemory(raw_size);
  }

  uint64_t ReadMemory(uint64_t raw_size) const override {
    const uint64_t primed =
        packer_ == PackerId::kStore ? 0 : NewPrimedPacker()->UnpackMemory(raw_size);
    return raw_size + codec::DecodeMemory(raw_size) + MixedMemory(raw_size) +
           NewPacker(packer_)->UnpackMemory(raw_size) + primed;
  }

 private:
  uint64_t MixedMemory(uint64_t raw_size) const {
    return id_ == Id::kBlend ? codec::MixedMemory(raw_size) : 0;
  }

  // Whether meta and text are little, and yet most of what the streams take.
  absl::Status TextIsMost(bool planes, bool* most) {
    *most = false;
    const size_t size = streams_.meta.size() + streams_.text.size();
    const uint64_t bits = streams_.lists.size() + streams_.rows.size();
    if (planes || packer_ == PackerId::kStore || size > kMaxTogether ||
        size * 100 < (size + bits) * kMinTogether) {
      return absl::OkStatus();
    }
    BytePacker& quick = packers_.Get(PackerId::kZstd);
    packed_.clear();
    LOGPRESS_RETURN_IF_ERROR(quick.Pack(streams_.meta, 1, &packed_));
    LOGPRESS_RETURN_IF_ERROR(quick.Pack(streams_.text, 1, &packed_));
    const uint64_t apart = packed_.size();
    if (apart * 100 < (apart + bits) * kMinTogether) return absl::OkStatus();
    together_ = streams_.meta;
    together_ += streams_.text;
    packed_.clear();
    LOGPRESS_RETURN_IF_ERROR(quick.Pack(together_, 1, &packed_));
    *most = packed_.size() <= apart;
    return absl::OkStatus();
  }

  const Id id_;
  const PackerId packer_;
  Packers packers_;
  codec::Encoder encoder_;
  codec::Streams streams_;
  ByteBuffer together_;  // of a trial
  ByteBuffer packed_;
  SegmentWriter segments_;
  ReadContext context_;
  Metadata packed_block_;
  uint64_t metadata_size_ = 0;
};

}  // namespace

std::unique_ptr<Backend> NewByteBackend(Id id, PackerId packer) {
  return std::make_unique<ByteBackend>(id, packer);
}

}  // namespace logpress::backend
