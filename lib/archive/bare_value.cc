#include "archive/bare_value.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/checksum.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

constexpr uint8_t kKindMask = 7;
constexpr uint8_t kHasCheck = 8;
constexpr uint8_t kRawBytes = 0;
constexpr uint8_t kShort = 7;
constexpr auto kDictionary = static_cast<uint8_t>(block::BackendId::kDictionary);
// Of a dictionary's id, so many bytes are in a payload and so many in a value.
constexpr size_t kIdSize = sizeof(uint64_t);
constexpr size_t kShortIdSize = sizeof(uint32_t);
// Larger values do not notice the bytes around their payload.
constexpr size_t kMaxShort = size_t{4} << 10;
// A line alone has no structure, and is never larger than this level of zstd makes it. A shorter
// one is not anyway: behind the phrases it loses a few bytes to it at most, and has no frame.
constexpr int kLineLevel = 3;
constexpr size_t kMinLine = size_t{1} << 10;

struct Head {
  uint8_t kind = kRawBytes;
  bool has_check = false;
  uint64_t raw_size = 0;
  uint32_t check = 0;
  ByteView content;
};

bool ParseHead(ByteView value, Head* head) {
  ByteReader reader(value);
  ByteView first;
  if (!reader.GetBytes(1, &first)) return false;
  const auto bits = static_cast<uint8_t>(first[0]);
  if (bits > (kKindMask | kHasCheck)) return false;
  head->kind = bits & kKindMask;
  head->has_check = (bits & kHasCheck) != 0;
  return reader.GetVarintUpTo(block::kMaxBlockSize, &head->raw_size) &&
         (!head->has_check || reader.GetFixed32(&head->check)) &&
         reader.GetBytes(reader.remaining(), &head->content);
}

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("the value is damaged: ", what));
}

}  // namespace

BareWriter::BareWriter(const block::BlockOptions& options)
    : options_(options),
      encoder_(options),
      short_packer_(backend::NewPrimedPacker()),
      nothing_(ByteView(), backend::ZstdPrefix::kNone),
      line_packer_(nothing_) {}

absl::Status BareWriter::PackShort(ByteView raw) {
  short_.clear();
  if (options_.backend == block::BackendId::kStore) return absl::OkStatus();
  if (raw.size() <= kMaxShort)
    LOGPRESS_RETURN_IF_ERROR(short_packer_->Pack(raw, options_.level, &short_));
  if (raw.size() < kMinLine || raw.find('\n') < raw.size() - 1) return absl::OkStatus();
  line_.clear();
  LOGPRESS_RETURN_IF_ERROR(line_packer_.PackAlone(raw, kLineLevel, &line_));
  if (short_.empty() || line_.size() < short_.size()) short_.swap(line_);
  return absl::OkStatus();
}

absl::Status BareWriter::Write(ByteView raw, bool with_check, ByteBuffer* value) {
  block::BlockSummary summary;
  LOGPRESS_RETURN_IF_ERROR(encoder_.Encode(raw, &payload_, &summary));
  auto kind = static_cast<uint8_t>(summary.backend);
  ByteView content = payload_;
  size_t dropped = 0;  // bytes behind the first of the content
  if (kind == kDictionary) dropped = kIdSize - kShortIdSize;
  LOGPRESS_RETURN_IF_ERROR(PackShort(raw));
  if (!short_.empty() && short_.size() < content.size() - dropped) {
    kind = kShort;
    content = short_;
    dropped = 0;
  }
  if (content.size() - dropped >= raw.size()) {
    kind = kRawBytes;
    content = raw;
    dropped = 0;
  }
  value->clear();
  value->push_back(static_cast<char>(kind | (with_check ? kHasCheck : 0)));
  PutVarint(value, raw.size());
  if (with_check) PutFixed32(value, Checksum32(raw));
  if (dropped > 0) {
    value->append(content.substr(0, kShortIdSize));
    content.remove_prefix(kIdSize);
  }
  value->append(content);
  return absl::OkStatus();
}

BareReader::BareReader(block::Dictionary dictionary)
    : dictionary_(std::move(dictionary)),
      decoder_(dictionary_),
      short_packer_(backend::NewPrimedPacker()) {}

absl::Status BareReader::Read(ByteView value, uint64_t memory_limit, ByteBuffer* raw) {
  Head head;
  raw->clear();
  if (!ParseHead(value, &head)) return Damaged("bad head");
  if (head.raw_size > memory_limit) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the value has ", head.raw_size, " bytes and the limit is ", memory_limit));
  }
  switch (head.kind) {
    case kRawBytes:
      raw->append(head.content);
      break;
    case kShort:
      LOGPRESS_RETURN_IF_ERROR(short_packer_->Unpack(head.content, head.raw_size, raw));
      break;
    default: {
      ByteView payload = head.content;
      if (head.kind == kDictionary) {
        uint32_t id;
        if (!ByteReader(payload).GetFixed32(&id)) return Damaged("cut off");
        if (dictionary_ == nullptr || static_cast<uint32_t>(dictionary_->id()) != id)
          return block::WrongDictionary(absl::StrCat("...", absl::Hex(id, absl::kZeroPad8)),
                                        dictionary_);
        payload_.clear();
        PutFixed64(&payload_, dictionary_->id());
        payload_.append(payload.substr(kShortIdSize));
        payload = payload_;
      }
      LOGPRESS_RETURN_IF_ERROR(decoder_.Decode(static_cast<block::BackendId>(head.kind), payload,
                                               head.raw_size, memory_limit, raw));
    }
  }
  if (raw->size() != head.raw_size) return Damaged("another size than it states");
  if (head.has_check && Checksum32(*raw) != head.check)
    return Damaged("its content does not match its checksum");
  return absl::OkStatus();
}

bool GetBareSize(ByteView value, uint64_t* raw_size) {
  Head head;
  if (!ParseHead(value, &head)) return false;
  *raw_size = head.raw_size;
  return true;
}

}  // namespace logpress::archive
