// The payload of a byte backend: a directory, and segments that can be read one by one.
//
//   kind       one byte: 0 a raw block, whose one segment is its bytes; 1 a block with structure;
//              2 the same with checks, and meta in two segments
//   groups     varint, how many segments of rows there are      } with structure only
//   directory  for each segment: varint size; varint packed size, 0 if its bytes are stored as they
//              are, else times four with its packer added, of which kPrimed is 0; with checks:
//              Checksum32 of its packed bytes
//   segments   raw: bytes; else: meta (description, rest), text, lists, rows of each group
//
// A small payload is read whole, so it has one segment of meta and no checks but its frame's.
#ifndef LOGPRESS_BACKEND_SEGMENTS_H_
#define LOGPRESS_BACKEND_SEGMENTS_H_

#include <array>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "backend/byte_packer.h"
#include "backend/payload_source.h"
#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::backend {

enum class PayloadKind : uint8_t { kRaw = 0, kStructured = 1, kDivided = 2 };

// Packers by id, made when they are first needed.
class Packers {
 public:
  BytePacker& Get(PackerId id);

 private:
  std::array<std::unique_ptr<BytePacker>, kPackerIds> packers_;
};

struct Segment {
  uint64_t offset = 0;  // in the payload
  uint64_t size = 0;
  uint64_t packed_size = 0;  // bytes in the payload
  PackerId packer = PackerId::kStore;
  bool with_next = false;  // packed in front of the next one, as if they were one
  uint32_t check = 0;
};

// What bytes are: those of lines or parts of them, or those of numbers.
enum class Content { kWords, kNumbers };

// Collects the segments of a payload. One thread at a time.
class SegmentWriter {
 public:
  void Start(PayloadKind kind);
  // The next segment is to be packed together with the one behind it: what is in both is found, but
  // neither can be read alone.
  void AddWithNext(ByteView bytes);
  // Packs a segment, unless that makes it larger. kStore keeps it as it is. A short one of
  // words is packed behind the phrases of all logs where that is smaller.
  absl::Status Add(ByteView bytes, Content content, PackerId with, int level, Packers* packers);
  // Appends the payload. Returns the size of its front, which ends with its first segment.
  uint64_t Finish(ByteBuffer* out);

 private:
  PayloadKind kind_ = PayloadKind::kRaw;
  Vector<Segment> segments_;
  ByteBuffer bytes_;
  ByteBuffer waiting_;  // to be packed with the next
  ByteBuffer packed_;
  ByteBuffer primed_;
};

// The directory of a payload.
class SegmentDirectory {
 public:
  // Reads it from `source`, which may be hostile; kDataLoss if it does not describe all bytes
  // there, or more than `max_groups` segments of rows.
  absl::Status Open(PayloadSource* source, uint64_t max_groups);

  PayloadKind kind() const { return kind_; }
  const Vector<Segment>& segments() const { return segments_; }
  // Segments in front of those of rows.
  size_t first_group() const { return kind_ == PayloadKind::kDivided ? 4 : 3; }
  size_t groups() const { return segments_.size() - first_group(); }
  // Bytes of the payload in front of its segments.
  uint64_t size() const { return size_; }
  // Bytes of the payload that a segment takes; those that are packed together share theirs by size.
  uint64_t Share(size_t segment) const;

  // Reads a segment and appends what it holds to *out: kDataLoss if it is damaged, or holds more
  // than `limit` bytes with those that are packed with it.
  absl::Status Read(size_t segment, uint64_t limit, PayloadSource* source, Packers* packers,
                    ByteBuffer* out);
  // The same for one that is stored as it is: *bytes are those of the source.
  absl::Status ReadStored(size_t segment, PayloadSource* source, ByteView* bytes) const;

 private:
  absl::Status Fetch(size_t segment, PayloadSource* source, ByteView* packed) const;
  // False if the bytes end inside the directory; *damaged says that more would not help.
  bool Parse(ByteView bytes, uint64_t payload_size, uint64_t max_groups, bool* damaged);

  PayloadKind kind_ = PayloadKind::kRaw;
  static constexpr size_t kNone = ~size_t{0};

  Vector<Segment> segments_;
  uint64_t size_ = 0;
  ByteBuffer together_;            // what some segments hold that are packed together
  size_t together_first_ = kNone;  // the first of them
};

}  // namespace logpress::backend

#endif  // LOGPRESS_BACKEND_SEGMENTS_H_
