#include "backend/mix_backend.h"

#include <utility>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "absl/strings/str_cat.h"
#include "backend/mix/parse.h"
#include "backend/mix/raw_model.h"
#include "backend/mix/row_model.h"
#include "backend/mix/sizes.h"
#include "base/memory.h"
#include "codec/metered_decoder.h"
#include "codec/range_coder.h"
#include "text/tokenizer.h"

// A payload is
//   kind          one byte: 0 a raw block, 1 a block with structure
//   raw size      varint; the sizes of the model's tables follow from it
//   templates     varint, how many the rows have        } with structure
//   formats       varint, at most kMaxFormats           } only
//   format ...    as TimestampFormat::Serialize writes it }
//   coded bits    to the end
namespace logpress::backend {
namespace {

constexpr char kRawBlock = 0;
constexpr char kStructuredBlock = 1;
constexpr size_t kLargeBlock = size_t{4} << 20;

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", what));
}

// Gives free memory back to the system: what dividing a large block took in pieces is free by now,
// and the model's tables, which come in large pieces, do not fit into it. Some 30 MiB.
void ReturnFreeMemory() {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

class MixBlockReader : public BlockReader {
 public:
  MixBlockReader(const Metadata& metadata, Vector<time::TimestampFormat> formats, ByteView payload,
                 ByteView coded, uint64_t raw_size)
      : metadata_(metadata),
        formats_(std::move(formats)),
        payload_(payload),
        coded_(coded),
        raw_size_(raw_size) {}

  const Metadata& metadata() const override { return metadata_; }

  absl::Status Render(ByteBuffer* out) override {
    codec::RangeDecoder coder(coded_);
    if (!metadata_.raw) return RenderRows(coder, out);
    mix::RawModel(mix::Sizes(raw_size_)).Code(coder, {}, raw_size_, out);
    return absl::OkStatus();
  }

  absl::Status Measure(ByteBuffer* out, codec::Breakdown* parts) override {
    if (metadata_.raw) {
      parts->AddBytes(codec::Part::kRawBlocks, 0, payload_.size(), 1);
      return Render(out);
    }
    codec::Breakdown coded;
    codec::MeteredDecoder coder(coded_, &coded);
    if (absl::Status status = RenderRows(coder, out); !status.ok()) return status;
    parts->AddScaled(coded, coded_.size());
    parts->AddBytes(codec::Part::kPayloadHeaders, 0, payload_.size() - coded_.size(), 1);
    return absl::OkStatus();
  }

 private:
  template <typename Coder>
  absl::Status RenderRows(Coder& coder, ByteBuffer* out) const {
    const auto model = std::make_unique<mix::RowModel>(mix::Sizes(raw_size_), formats_);
    if (!model->Decode(coder, raw_size_, out)) return Damaged(model->error());
    return absl::OkStatus();
  }

  Metadata metadata_;
  Vector<time::TimestampFormat> formats_;
  ByteView payload_;
  ByteView coded_;
  uint64_t raw_size_;
};

class MixBackend : public Backend {
 public:
  Id id() const override { return Id::kMix; }

  void ReportTo(WorkMeter* meter) override { meter_ = meter; }

  absl::Status Pack(const ir::BlockView& block, int /*level*/, ByteBuffer* out) override {
    if (block.root != nullptr && block.root->kind == ir::Strings::Kind::kTable &&
        PackRows(block, out)) {
      return absl::OkStatus();
    }
    out->push_back(kRawBlock);
    PutVarint(out, block.text.size());
    codec::RangeEncoder coder(out);
    mix::RawModel(mix::Sizes(block.text.size()))
        .Code(coder, block.text, block.text.size(), nullptr, WorkReport(meter_));
    coder.Finish();
    return absl::OkStatus();
  }

  absl::StatusOr<std::unique_ptr<BlockReader>> Open(ByteView payload,
                                                    const Limits& limits) override {
    if (limits.max_memory != 0 && ReadMemory(limits.raw_size) > limits.max_memory) {
      return absl::ResourceExhaustedError(
          absl::StrCat("the block takes ", ReadMemory(limits.raw_size),
                       " bytes of memory, more than the limit of ", limits.max_memory));
    }
    ByteReader reader(payload);
    uint64_t kind;
    if (!reader.GetVarintUpTo(kStructuredBlock, &kind)) return Damaged("unknown kind of block");
    uint64_t raw_size;
    if (!reader.GetVarint(&raw_size) || raw_size != limits.raw_size) return Damaged("wrong size");
    Metadata metadata;
    metadata.raw = kind == kRawBlock;
    Vector<time::TimestampFormat> formats;
    if (!metadata.raw) {
      uint64_t count;
      if (!reader.GetVarintUpTo(limits.raw_size, &metadata.templates) ||
          !reader.GetVarintUpTo(mix::kMaxFormats, &count)) {
        return Damaged("bad metadata");
      }
      formats.resize(count);
      for (time::TimestampFormat& format : formats) {
        if (!time::TimestampFormat::Parse(&reader, &format))
          return Damaged("unknown timestamp format");
      }
    }
    ByteView coded;
    reader.GetBytes(reader.remaining(), &coded);
    return std::make_unique<MixBlockReader>(metadata, std::move(formats), payload, coded,
                                            limits.raw_size);
  }

  uint64_t PackMemory(uint64_t raw_size, int /*level*/) const override {
    // The parsed rows, measured on logs that were made to take much.
    constexpr uint64_t kParsePerByte = 16;
    return mix::Sizes(raw_size).Memory() + kParsePerByte * raw_size;
  }

  uint64_t ReadMemory(uint64_t raw_size) const override {
    return raw_size + mix::Sizes(raw_size).Memory();
  }

 private:
  // False, with *out as it was, if the block holds more values than the model has room for.
  bool PackRows(const ir::BlockView& block, ByteBuffer* out) const {
    const mix::Sizes sizes(block.text.size());
    const std::span<const text::Slice> rows = block.root->values;
    const Vector<time::TimestampFormat> formats = text::DetectTimestamps(block.text, rows);
    mix::Parse parse;
    if (!mix::ParseBlock(block.text, rows, formats, sizes, &parse)) return false;
    if (block.text.size() >= kLargeBlock) ReturnFreeMemory();
    out->push_back(kStructuredBlock);
    PutVarint(out, block.text.size());
    PutVarint(out, block.root->table->templates.size());
    PutVarint(out, formats.size());
    for (const time::TimestampFormat& format : formats) format.Serialize(out);
    codec::RangeEncoder coder(out);
    const auto model = std::make_unique<mix::RowModel>(sizes, formats);
    model->Encode(coder, block.text, &parse, WorkReport(meter_));
    coder.Finish();
    return true;
  }

  WorkMeter* meter_ = nullptr;
};

}  // namespace

std::unique_ptr<Backend> NewMixBackend() { return std::make_unique<MixBackend>(); }

}  // namespace logpress::backend
