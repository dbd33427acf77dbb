#include "backend/mix_backend.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "backend/mix/parse.h"
#include "backend/mix/raw_model.h"
#include "backend/mix/row_model.h"
#include "backend/mix/sizes.h"
#include "backend/mix/template_list.h"
#include "backend/mix/work.h"
#include "base/memory.h"
#include "base/status.h"
#include "text/tokenizer.h"

// A payload is
//   kind          one byte: 0 a raw block, 1 a block with structure; 2 more with a letter filter
//   raw size      varint; the sizes of the model's tables follow from it
//   templates     varint, how many the rows have        } with structure
//   formats       varint, at most kMaxFormats           } only
//   format ...    as TimestampFormat::Serialize writes it }
//   filter        if the kind says so, as LetterFilter::Put writes it
//   coded bits    to the end; with structure, first the templates and their counts
namespace logpress::backend {
namespace {

constexpr char kRawBlock = 0;
constexpr char kStructuredBlock = 1;
constexpr char kWithFilter = 2;  // is added to either

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", what));
}

// A raw block takes a decision a bit.
bool RawFits(uint64_t raw_size, uint64_t coded_size) {
  return 8 * raw_size <= mix::MaxDecisions(raw_size, coded_size);
}

// A payload, or the beginning of one.
struct Opened {
  Metadata metadata;
  Vector<time::TimestampFormat> formats;
  std::optional<LetterFilter> letters;
  ByteView coded;
};

absl::Status OpenPayload(ByteView payload, uint64_t raw_size, Opened* opened) {
  ByteReader reader(payload);
  uint64_t kind;
  if (!reader.GetVarintUpTo(kWithFilter + kStructuredBlock, &kind))
    return Damaged("unknown kind of block");
  uint64_t stated_size;
  if (!reader.GetVarint(&stated_size) || stated_size != raw_size) return Damaged("wrong size");
  opened->metadata.raw = (kind & kStructuredBlock) == 0;
  if (!opened->metadata.raw) {
    uint64_t count;
    if (!reader.GetVarintUpTo(raw_size, &opened->metadata.templates) ||
        !reader.GetVarintUpTo(mix::kMaxFormats, &count)) {
      return Damaged("bad metadata");
    }
    opened->formats.resize(count);
    for (time::TimestampFormat& format : opened->formats) {
      if (!time::TimestampFormat::Parse(&reader, &format))
        return Damaged("unknown timestamp format");
    }
  }
  if ((kind & kWithFilter) != 0 && !LetterFilter::Get(&reader, &opened->letters.emplace()))
    return Damaged("bad letter filter");
  reader.GetBytes(reader.remaining(), &opened->coded);
  return absl::OkStatus();
}

class MixBlockReader : public BlockReader {
 public:
  MixBlockReader(Opened opened, ByteView payload, uint64_t raw_size)
      : opened_(std::move(opened)), payload_(payload), raw_size_(raw_size) {
    whole_.size = raw_size;
  }

  const Metadata& metadata() const override { return opened_.metadata; }

  const LetterFilter* letters() const override {
    return opened_.letters ? &*opened_.letters : nullptr;
  }

  std::span<const codec::RowGroup> groups() const override { return {&whole_, 1}; }

  absl::Status Render(size_t /*first*/, size_t /*last*/, uint64_t /*max_lines*/,
                      ByteBuffer* out) override {
    const size_t start = out->size();
    mix::Decoder coder(opened_.coded);
    if (opened_.metadata.raw)
      mix::RawModel(mix::Sizes(raw_size_)).Code(coder, {}, raw_size_, out);
    else
      LOGPRESS_RETURN_IF_ERROR(RenderRows(coder, out));
    // Nothing else would tell that searches leave out what is there.
    if (opened_.letters && !opened_.letters->MayHold(ByteView{*out}.substr(start)))
      return Damaged("the letter filter lacks some of its letters");
    return absl::OkStatus();
  }

  absl::Status Measure(ByteBuffer* out, codec::Breakdown* parts) override {
    if (opened_.metadata.raw) {
      parts->AddBytes(codec::Part::kRawBlocks, 0, payload_.size(), 1);
      return BlockReader::Render(out);
    }
    codec::Breakdown coded;
    mix::MeteredDecoder coder(opened_.coded, &coded);
    if (absl::Status status = RenderRows(coder, out); !status.ok()) return status;
    const uint64_t coded_size = opened_.coded.size();
    parts->AddScaled(coded, coded_size);
    parts->AddBytes(codec::Part::kPayloadHeaders, 0, payload_.size() - coded_size, 1);
    return absl::OkStatus();
  }

 private:
  template <typename Coder>
  absl::Status RenderRows(Coder& coder, ByteBuffer* out) const {
    const auto model = std::make_unique<mix::RowModel>(mix::Sizes(raw_size_), opened_.formats);
    coder.SetMaxDecisions(mix::MaxDecisions(raw_size_, opened_.coded.size()));
    if (!model->Decode(coder, opened_.metadata.templates, out)) return Damaged(model->error());
    return absl::OkStatus();
  }

  Opened opened_;
  codec::RowGroup whole_;
  ByteView payload_;
  uint64_t raw_size_;
};

class MixBackend : public Backend {
 public:
  Id id() const override { return Id::kMix; }

  void ReportTo(WorkMeter* meter) override { meter_ = meter; }

  absl::Status Pack(const ir::BlockView& block, int /*level*/, ByteBuffer* out) override {
    metadata_size_ = 0;
    packed_ = Metadata();
    if (block.root != nullptr && block.root->kind == ir::Strings::Kind::kTable &&
        PackRows(block, out)) {
      return absl::OkStatus();
    }
    packed_.raw = true;
    const size_t begin = out->size();
    out->push_back(kRawBlock);
    PutVarint(out, block.text.size());
    const size_t start = out->size();
    mix::Encoder coder(out);
    mix::RawModel(mix::Sizes(block.text.size()))
        .Code(coder, block.text, block.text.size(), nullptr, WorkReport(meter_));
    coder.Finish();
    if (!RawFits(block.text.size(), out->size() - start))
      return absl::OutOfRangeError("the block repeats itself more than mix may pack");
    AddFilter(block.text, begin, start, out);
    return absl::OkStatus();
  }

  absl::StatusOr<std::unique_ptr<BlockReader>> Open(PayloadSource* source,
                                                    const Limits& limits) override {
    LOGPRESS_RETURN_IF_ERROR(CheckMemory(limits));
    ByteView payload;
    LOGPRESS_RETURN_IF_ERROR(source->Read(0, source->size(), &payload));
    Opened opened;
    LOGPRESS_RETURN_IF_ERROR(OpenPayload(payload, limits.raw_size, &opened));
    if (opened.metadata.raw && !RawFits(limits.raw_size, opened.coded.size()))
      return Damaged("it takes more work than so few bytes can ask for");
    return std::make_unique<MixBlockReader>(std::move(opened), payload, limits.raw_size);
  }

  uint64_t metadata_size() const override { return metadata_size_; }
  Metadata packed() const override { return packed_; }

  absl::Status ReadMetadata(PayloadSource* source, const Limits& limits,
                            codec::BlockMetadata* metadata) override {
    LOGPRESS_RETURN_IF_ERROR(CheckMemory(limits));
    *metadata = codec::BlockMetadata();
    ByteView payload;
    LOGPRESS_RETURN_IF_ERROR(source->Read(0, source->available(), &payload));
    Opened opened;
    LOGPRESS_RETURN_IF_ERROR(OpenPayload(payload, limits.raw_size, &opened));
    if (opened.metadata.raw) return absl::OkStatus();
    const auto list =
        std::make_unique<mix::TemplateList>(mix::Sizes(limits.raw_size), opened.formats.size());
    mix::Decoder coder(opened.coded);
    coder.SetMaxDecisions(mix::MaxDecisions(limits.raw_size, source->size()));
    if (!list->Code(coder, nullptr, opened.metadata.templates))
      return Damaged("bad list of templates");
    list->Describe(opened.formats, metadata);
    return absl::OkStatus();
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
  // False, with *out as it was, if the block holds more values than the model has room for, or is
  // more work than so few bytes may be.
  bool PackRows(const ir::BlockView& block, ByteBuffer* out) {
    const mix::Sizes sizes(block.text.size());
    const std::span<const text::Slice> rows = block.root->values;
    const Vector<time::TimestampFormat> formats = text::DetectTimestamps(block.text, rows);
    mix::Parse parse;
    if (!mix::ParseBlock(block.text, rows, formats, sizes, &parse)) return false;
    const size_t start = out->size();
    packed_.templates = parse.row_patterns.size();
    out->push_back(kStructuredBlock);
    PutVarint(out, block.text.size());
    PutVarint(out, packed_.templates);
    PutVarint(out, formats.size());
    for (const time::TimestampFormat& format : formats) format.Serialize(out);
    const size_t coded = out->size();
    mix::Encoder coder(out);
    const auto model = std::make_unique<mix::RowModel>(sizes, formats);
    metadata_size_ = coded - start + model->Encode(coder, block.text, &parse, WorkReport(meter_));
    coder.Finish();
    if (coder.decisions() > mix::MaxDecisions(block.text.size(), out->size() - coded)) {
      out->resize(start);
      metadata_size_ = 0;
      packed_ = Metadata();
      return false;
    }
    metadata_size_ += AddFilter(block.text, start, coded, out);
    metadata_size_ = std::min<uint64_t>(metadata_size_, out->size() - start);
    return true;
  }

  // Puts a filter, if one is worth it, before the coded bits of the payload that begins at `begin`.
  // Returns its size.
  static uint64_t AddFilter(ByteView text, size_t begin, size_t coded, ByteBuffer* out) {
    const auto filter = LetterFilter::Make(text, out->size() - begin);
    if (!filter) return 0;
    ByteBuffer bytes;
    filter->Put(&bytes);
    out->insert(coded, bytes);
    (*out)[begin] = static_cast<char>((*out)[begin] + kWithFilter);
    return bytes.size();
  }

  WorkMeter* meter_ = nullptr;
  Metadata packed_;
  uint64_t metadata_size_ = 0;
};

}  // namespace

std::unique_ptr<Backend> NewMixBackend() { return std::make_unique<MixBackend>(); }

}  // namespace logpress::backend
