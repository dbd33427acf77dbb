#include "block/dictionary_decoder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status.h"

namespace logpress::block {
namespace {

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", what));
}

}  // namespace

class DictionaryDecoder::Reader : public backend::BlockReader {
 public:
  Reader(DictionaryDecoder* decoder, ByteView payload, const backend::Limits& limits)
      : decoder_(decoder), payload_(payload), limits_(limits) {
    metadata_.raw = true;
    whole_.size = limits.raw_size;
  }

  const backend::Metadata& metadata() const override { return metadata_; }
  std::span<const codec::RowGroup> groups() const override { return {&whole_, 1}; }

  absl::Status Render(size_t /*first*/, size_t /*last*/, uint64_t /*max_lines*/,
                      ByteBuffer* out) override {
    return decoder_->Decode(payload_, limits_, out);
  }

  absl::Status Measure(ByteBuffer* out, codec::Breakdown* parts) override {
    parts->AddBytes(codec::Part::kRawBlocks, 0, payload_.size(), 1);
    return BlockReader::Render(out);
  }

 private:
  DictionaryDecoder* const decoder_;
  const ByteView payload_;
  const backend::Limits limits_;
  backend::Metadata metadata_;
  codec::RowGroup whole_;
};

DictionaryDecoder::DictionaryDecoder(Dictionary dictionary, Backends* backends)
    : dictionary_(std::move(dictionary)),
      backends_(backends),
      rows_(*dictionary_),
      packer_(dictionary_->prefix()) {}

absl::StatusOr<std::unique_ptr<backend::BlockReader>> DictionaryDecoder::Open(
    ByteView payload, const backend::Limits& limits) {
  uint64_t id;
  if (!GetDictionaryId(payload, &id)) return Damaged("cut off");
  if (id != dictionary_->id()) return WrongDictionary(DictionaryName(id), dictionary_);
  const uint64_t need = limits.raw_size + Memory(limits.raw_size);
  if (limits.max_memory != 0 && need > limits.max_memory) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "the block takes ", need, " bytes of memory, more than the limit of ", limits.max_memory));
  }
  return std::make_unique<Reader>(this, payload.substr(sizeof(id)), limits);
}

absl::Status DictionaryDecoder::Decode(ByteView payload, const backend::Limits& limits,
                                       ByteBuffer* raw) {
  ByteReader reader(payload);
  LOGPRESS_RETURN_IF_ERROR(GetPart(limits, true, &reader, &loose_));
  LOGPRESS_RETURN_IF_ERROR(GetPart(limits, false, &reader, &text_));
  return rows_.Decode(payload.substr(reader.position()), loose_, text_, limits.raw_size, raw);
}

absl::Status DictionaryDecoder::GetPart(const backend::Limits& limits, bool may_stand_alone,
                                        ByteReader* reader, ByteBuffer* part) {
  part->clear();
  uint64_t size;
  uint64_t packing;
  uint64_t packed_size;
  ByteView packed;
  if (!reader->GetVarintUpTo(limits.raw_size, &size)) return Damaged("a part has no size");
  if (size == 0) return absl::OkStatus();
  if (!reader->GetVarint(&packing) || !reader->GetVarint(&packed_size) ||
      !reader->GetBytes(packed_size, &packed)) {
    return Damaged("a part is cut off");
  }
  if (packing == kPartStored) {
    part->append(packed);
  } else if (packing == kPartBehindPrefix) {
    LOGPRESS_RETURN_IF_ERROR(packer_.Unpack(packed, size, part));
  } else {
    const uint64_t id = packing - kPartAlone;
    if (!may_stand_alone || id == static_cast<uint64_t>(backend::Id::kAuto) ||
        id >= static_cast<uint64_t>(backend::Id::kDictionary)) {
      return Damaged("a part of an unknown packing");
    }
    LOGPRESS_ASSIGN_OR_RETURN(
        const std::unique_ptr<backend::BlockReader> alone,
        backends_->Get(static_cast<backend::Id>(id)).Open(packed, {size, limits.max_memory}));
    LOGPRESS_RETURN_IF_ERROR(alone->Render(part));
  }
  return part->size() == size ? absl::OkStatus() : Damaged("a part of another size");
}

uint64_t DictionaryDecoder::Memory(uint64_t raw_size) {
  // Models and what is known of columns; loose rows and long strings.
  constexpr uint64_t kState = uint64_t{4} << 20;
  return kState + 2 * raw_size;
}

}  // namespace logpress::block
