#include "backend/segments.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/checksum.h"
#include "base/status.h"

namespace logpress::backend {
namespace {

// What is read at first: the directory of all but the largest blocks.
constexpr uint64_t kFirstRead = 512;
constexpr uint64_t kPackerBits = 2;
// What no packer made: the last of them, and no bytes.
constexpr uint64_t kWithNext = 3;
static_assert(static_cast<size_t>(PackerId::kPrimed) == 1u << kPackerBits);
// Of more bytes than these the first phrases of a log are a small part.
constexpr size_t kMaxPrimed = size_t{64} << 10;
// Up to this level zstd alone is not tried where the phrases are: it wins a few bytes, if any.
constexpr int kPrimedAlone = 5;

constexpr uint64_t PackerBits(PackerId packer) {
  return packer == PackerId::kPrimed ? 0 : static_cast<uint64_t>(packer);
}

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", what));
}

}  // namespace

BytePacker& Packers::Get(PackerId id) {
  std::unique_ptr<BytePacker>& packer = packers_[static_cast<size_t>(id)];
  if (packer == nullptr) packer = NewPacker(id);
  return *packer;
}

void SegmentWriter::Start(PayloadKind kind) {
  kind_ = kind;
  segments_.clear();
  bytes_.clear();
  waiting_.clear();
}

void SegmentWriter::AddWithNext(ByteView bytes) {
  Segment segment;
  segment.size = bytes.size();
  segment.with_next = true;
  segments_.push_back(segment);
  waiting_.append(bytes);
}

absl::Status SegmentWriter::Add(ByteView bytes, Content content, PackerId with, int level,
                                Packers* packers) {
  Segment segment;
  segment.size = bytes.size();
  if (!segments_.empty() && segments_.back().with_next) {
    waiting_.append(bytes);
    bytes = waiting_;
  }
  ByteView smallest = bytes;
  const auto pack = [&](PackerId packer, ByteBuffer* packed) {
    packed->clear();
    LOGPRESS_RETURN_IF_ERROR(packers->Get(packer).Pack(bytes, level, packed));
    if (packed->size() < smallest.size()) {
      segment.packer = packer;
      smallest = *packed;
    }
    return absl::OkStatus();
  };
  if (!bytes.empty() && with != PackerId::kStore) {
    const bool primed = content == Content::kWords && bytes.size() <= kMaxPrimed;
    if (!primed || with != PackerId::kZstd || level > kPrimedAlone)
      LOGPRESS_RETURN_IF_ERROR(pack(with, &packed_));
    if (primed) LOGPRESS_RETURN_IF_ERROR(pack(PackerId::kPrimed, &primed_));
  }
  bytes = smallest;
  segment.packed_size = bytes.size();
  if (kind_ == PayloadKind::kDivided) segment.check = Checksum32(bytes);
  bytes_.append(bytes);
  waiting_.clear();
  segments_.push_back(segment);
  return absl::OkStatus();
}

uint64_t SegmentWriter::Finish(ByteBuffer* out) {
  const size_t start = out->size();
  out->push_back(static_cast<char>(kind_));
  if (kind_ == PayloadKind::kStructured) PutVarint(out, segments_.size() - 3);
  if (kind_ == PayloadKind::kDivided) PutVarint(out, segments_.size() - 4);
  uint64_t front = 0;
  for (const Segment& segment : segments_) {
    PutVarint(out, segment.size);
    if (front == 0) front = segment.packed_size;
    if (segment.with_next) {
      PutVarint(out, kWithNext);
      continue;
    }
    PutVarint(out, segment.packer == PackerId::kStore
                       ? 0
                       : segment.packed_size << kPackerBits | PackerBits(segment.packer));
    if (kind_ == PayloadKind::kDivided) PutFixed32(out, segment.check);
  }
  front += out->size() - start;
  out->append(bytes_);
  return front;
}

absl::Status SegmentDirectory::Open(PayloadSource* source, uint64_t max_groups) {
  for (uint64_t size = kFirstRead;; size *= 16) {
    size = std::min(size, source->available());
    ByteView bytes;
    LOGPRESS_RETURN_IF_ERROR(source->Read(0, size, &bytes));
    bool damaged = false;
    if (Parse(bytes, source->size(), max_groups, &damaged)) return absl::OkStatus();
    if (damaged || size == source->available()) return Damaged("bad directory of segments");
  }
}

bool SegmentDirectory::Parse(ByteView bytes, uint64_t payload_size, uint64_t max_groups,
                             bool* damaged) {
  segments_.clear();
  ByteReader reader(bytes);
  uint64_t kind;
  if (!reader.GetVarint(&kind)) return false;
  *damaged = true;
  if (kind > static_cast<uint64_t>(PayloadKind::kDivided)) return false;
  kind_ = static_cast<PayloadKind>(kind);
  uint64_t count = 1;
  if (kind_ != PayloadKind::kRaw) {
    uint64_t groups;
    if (!reader.GetVarint(&groups)) {
      *damaged = false;
      return false;
    }
    if (groups == 0 || groups > max_groups) return false;
    count = groups + first_group();
  }
  uint64_t total = 0;
  for (uint64_t i = 0; i < count; ++i) {
    Segment segment;
    uint64_t packed;
    if (!reader.GetVarint(&segment.size) || !reader.GetVarint(&packed) ||
        (kind_ == PayloadKind::kDivided && packed != kWithNext &&
         !reader.GetFixed32(&segment.check))) {
      *damaged = false;
      return false;
    }
    segment.offset = total;
    segment.with_next = packed == kWithNext;
    if (segment.with_next) {
      if (i + 1 == count) return false;
    } else {
      segment.packer = static_cast<PackerId>(packed % (1u << kPackerBits));
      segment.packed_size = packed >> kPackerBits;
      if (packed == 0) {
        // Stored, with those in front of it that are packed with it.
        uint64_t room = payload_size - total;
        for (size_t k = segments_.size(); k > 0 && segments_[k - 1].with_next; --k) {
          if (segments_[k - 1].size > room) return false;
          room -= segments_[k - 1].size;
          segment.packed_size += segments_[k - 1].size;
        }
        if (segment.size > room) return false;
        segment.packed_size += segment.size;
      } else if (segment.packer == PackerId::kStore) {
        segment.packer = PackerId::kPrimed;
      }
      if (segment.packed_size > payload_size - total) return false;
      total += segment.packed_size;
    }
    segments_.push_back(segment);
  }
  size_ = reader.position();
  if (total != payload_size - size_) return false;
  for (Segment& segment : segments_) segment.offset += size_;
  return true;
}

absl::Status SegmentDirectory::Fetch(size_t segment, PayloadSource* source,
                                     ByteView* packed) const {
  const Segment& wanted = segments_[segment];
  LOGPRESS_RETURN_IF_ERROR(source->Read(wanted.offset, wanted.packed_size, packed));
  if (kind_ == PayloadKind::kDivided && Checksum32(*packed) != wanted.check)
    return Damaged("a segment does not match its checksum");
  return absl::OkStatus();
}

absl::Status SegmentDirectory::Read(size_t segment, uint64_t limit, PayloadSource* source,
                                    Packers* packers, ByteBuffer* out) {
  size_t first = segment;
  while (first > 0 && segments_[first - 1].with_next) --first;
  size_t last = segment;
  while (segments_[last].with_next) ++last;
  uint64_t size = 0;
  uint64_t begin = 0;
  for (size_t i = first; i <= last; ++i) {
    if (segments_[i].size > limit - size) return Damaged("a segment larger than the block allows");
    if (i == segment) begin = size;
    size += segments_[i].size;
  }
  ByteView packed;
  if (first == last) {
    LOGPRESS_RETURN_IF_ERROR(Fetch(segment, source, &packed));
    return packers->Get(segments_[segment].packer).Unpack(packed, size, out);
  }
  if (together_first_ != first) {
    together_.clear();
    together_first_ = kNone;
    LOGPRESS_RETURN_IF_ERROR(Fetch(last, source, &packed));
    LOGPRESS_RETURN_IF_ERROR(packers->Get(segments_[last].packer).Unpack(packed, size, &together_));
    together_first_ = first;
  }
  out->append(together_, begin, segments_[segment].size);
  return absl::OkStatus();
}

uint64_t SegmentDirectory::Share(size_t segment) const {
  size_t last = segment;
  while (segments_[last].with_next) ++last;
  uint64_t before = 0;  // what those in front of this one hold
  size_t first = segment;
  for (; first > 0 && segments_[first - 1].with_next; --first) before += segments_[first - 1].size;
  uint64_t size = before;
  for (size_t i = segment; i <= last; ++i) size += segments_[i].size;
  if (size == 0) return segment == last ? segments_[last].packed_size : 0;
  const auto part = [&](uint64_t bytes) { return segments_[last].packed_size * bytes / size; };
  return part(before + segments_[segment].size) - part(before);
}

absl::Status SegmentDirectory::ReadStored(size_t segment, PayloadSource* source,
                                          ByteView* bytes) const {
  const bool alone =
      !segments_[segment].with_next && (segment == 0 || !segments_[segment - 1].with_next);
  if (!alone || segments_[segment].packer != PackerId::kStore)
    return Damaged("a packed segment of bits");
  return Fetch(segment, source, bytes);
}

}  // namespace logpress::backend
