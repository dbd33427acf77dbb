#include "block/dictionary_encoder.h"

#include "base/newlines.h"
#include "base/status.h"
#include "block/dictionary_decoder.h"

namespace logpress::block {
namespace {

// In a larger block there is enough to learn without a dictionary, which may pay more; and in one
// of which so large a part is new to the dictionary.
constexpr size_t kMuch = size_t{64} << 10;
constexpr size_t kLooseShare = 2;
// Fewer loose rows have no structure of their own that is worth its bytes.
constexpr size_t kMinAlone = size_t{2} << 10;
// What a quick level makes of rows behind the prefix shows what a strong one may make, which takes
// thirty times as long: so many per cent at least, or nearly.
constexpr int kQuickLevel = 1;
constexpr uint64_t kLeastOfQuick = 70;

BlockOptions Alone(BlockOptions options) {
  options.dictionary = nullptr;
  options.meter = nullptr;
  return options;
}

}  // namespace

DictionaryEncoder::DictionaryEncoder(const BlockOptions& options)
    : dictionary_(options.dictionary),
      level_(options.level),
      rows_(*dictionary_),
      packer_(dictionary_->prefix()),
      alone_(Alone(options)) {}

absl::Status DictionaryEncoder::Encode(ByteView raw, ByteBuffer* payload, BlockSummary* summary) {
  payload->clear();
  if (raw.empty()) return alone_.Encode(raw, payload, summary);
  rows_.Encode(raw, &coded_);
  alone_memory_ = 0;
  PutFixed64(payload, dictionary_->id());
  LOGPRESS_RETURN_IF_ERROR(PutPart(coded_.loose, true, payload));
  LOGPRESS_RETURN_IF_ERROR(PutPart(coded_.text, false, payload));
  payload->append(coded_.rows);
  *summary = BlockSummary();
  summary->backend = BackendId::kDictionary;
  summary->raw = true;
  summary->lines = CountNewlines(raw) + (raw.back() != '\n');
  summary->decode_memory = DictionaryDecoder::Memory(raw.size()) + alone_memory_;
  if (raw.size() < kMuch && coded_.loose.size() * kLooseShare < raw.size() &&
      payload->size() < raw.size()) {
    return absl::OkStatus();
  }
  BlockSummary alone;
  LOGPRESS_RETURN_IF_ERROR(alone_.Encode(raw, &alone_payload_, &alone));
  if (alone_payload_.size() > payload->size()) return absl::OkStatus();
  payload->swap(alone_payload_);
  *summary = alone;
  return absl::OkStatus();
}

absl::Status DictionaryEncoder::PutPart(ByteView bytes, bool may_stand_alone, ByteBuffer* payload) {
  PutVarint(payload, bytes.size());
  if (bytes.empty()) return absl::OkStatus();
  ByteView best = bytes;
  uint64_t packing = kPartStored;
  if (may_stand_alone && bytes.size() >= kMinAlone) {
    BlockSummary summary;
    LOGPRESS_RETURN_IF_ERROR(alone_.Encode(bytes, &alone_payload_, &summary));
    if (alone_payload_.size() < best.size()) {
      best = alone_payload_;
      packing = kPartAlone + static_cast<uint64_t>(summary.backend);
      alone_memory_ = summary.decode_memory;
    }
  }
  packed_.clear();
  bool may_win = true;
  if (packing != kPartStored && level_ > kQuickLevel) {
    LOGPRESS_RETURN_IF_ERROR(packer_.Pack(bytes, kQuickLevel, &packed_));
    may_win = packed_.size() * kLeastOfQuick < best.size() * 100;
    packed_.clear();
  }
  if (may_win) LOGPRESS_RETURN_IF_ERROR(packer_.Pack(bytes, level_, &packed_));
  if (may_win && packed_.size() < best.size()) {
    best = packed_;
    packing = kPartBehindPrefix;
    alone_memory_ = 0;
  }
  PutVarint(payload, packing);
  PutVarint(payload, best.size());
  payload->append(best);
  return absl::OkStatus();
}

}  // namespace logpress::block
