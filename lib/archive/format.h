// The layout of an archive on disk; docs/format.md is the full description.
//
//   archive = header frame* [index] footer
//   header  = 8b "LPZ"  version(1)  head
//   frame   = 8b "LPB"  head  payload
//   index   = 8b "LPI"  head  payload
//   head    = body-size(varint)  body  check(4)
//   footer  = 8b "LPF"  index-size(4)  archive-length(8)  check(4)
//
// A frame also has the check of the head of the one before, so that none can be elsewhere unseen.
// A check is Checksum32 of all bytes from the magic to the check, so that a length is trusted
// before anything is done with it. Every body ends with a list of fields (tag, size, bytes) that a
// reader skips when it does not know them. Integers are varints or little-endian.
#ifndef LOGPRESS_ARCHIVE_FORMAT_H_
#define LOGPRESS_ARCHIVE_FORMAT_H_

#include <cstddef>
#include <cstdint>

#include "absl/functional/function_ref.h"
#include "base/bytes.h"
#include "block/block_coder.h"
#include "time/line_times.h"

namespace logpress::archive {

inline constexpr int kFormatVersion = 0;

// The first four bytes of every section. No UTF-8 text begins or goes on with such bytes.
inline constexpr size_t kMagicSize = 4;
inline constexpr ByteView kMagicPrefix = "\x8bLP";  // that all of them share
inline constexpr ByteView kHeaderMagic = "\x8bLPZ";
inline constexpr ByteView kFrameMagic = "\x8bLPB";
inline constexpr ByteView kIndexMagic = "\x8bLPI";
inline constexpr ByteView kFooterMagic = "\x8bLPF";

// Largest body. Small, so that looking for the next intact frame in
// hostile bytes, which may try one at every fourth byte, stays linear with a small factor.
inline constexpr uint64_t kMaxBodySize = 1024;
// Archive header, frame header and index header fit into this many bytes, whatever they hold.
inline constexpr size_t kMaxHeaderSize = kMagicSize + 1 + 2 + kMaxBodySize + 4;
inline constexpr size_t kMinHeaderSize = kMagicSize + 1 + 1 + 1 + 4;
inline constexpr size_t kFooterSize = 20;
// Index header and payload together; the footer has 32 bits for them.
inline constexpr uint64_t kMaxIndexSize = UINT32_MAX;
// A payload is at most this much larger than its raw bytes (BlockEncoder::Encode promises it).
inline constexpr uint64_t kMaxPayloadGrowth = 64;

enum class ParseResult {
  kOk,
  kTruncated,  // the bytes are the beginning of such a section, as far as they go
  kDamaged,    // whatever follows, they are not: wrong magic, wrong check, a value out of range
};

struct ArchiveHeader {
  int version = kFormatVersion;
  int level = 0;
  size_t size = 0;  // on disk
};

// What a frame and its row of the index say of a block in one number.
struct BlockKind {
  block::BackendId backend = block::BackendId::kStore;
  bool raw = false;              // packed without templates
  bool starts_mid_line = false;  // goes on with the line of the frame before
  bool holds_nul = false;        // some of its bytes are NUL

  uint64_t Code() const;
  // What `code` stands for; false if it is nothing known.
  static bool OfCode(uint64_t code, BlockKind* kind);
};

struct FrameHeader : BlockKind {
  uint64_t payload_size = 0;   // bytes, at most raw_size + kMaxPayloadGrowth
  uint64_t raw_size = 0;       // bytes, 1 to block::kMaxBlockSize
  uint64_t lines = 0;          // that start in the frame, at most raw_size
  uint64_t templates = 0;      // at most raw_size
  uint64_t decode_memory = 0;  // bytes beyond payload and raw bytes; stored in KiB, rounded up
  uint32_t payload_check = 0;  // Checksum32 of the payload
  uint64_t raw_checksum = 0;   // Checksum64 of the raw bytes
  time::TimeSpan times;        // of the lines that start in the frame
  // Where their timestamps stand: see ParseTimePlaces. Borrowed from what the header was parsed
  // from.
  ByteView time_places;
  // The first so many bytes of the payload tell the block's templates and columns; 0: nobody said.
  uint64_t metadata_size = 0;
  uint32_t metadata_check = 0;  // Checksum32 of those
  uint64_t number = 0;          // of the frame in its archive, from 0
  // The check of the header of the frame before; 0 in the first. As that covers the check of the
  // one before it, of its payload and of its raw bytes, a frame says what all before it must be.
  uint32_t link = 0;
  uint32_t check = 0;  // of the header on disk
  size_t size = 0;     // of the header on disk; the payload follows

  uint64_t frame_size() const { return size + payload_size; }
  // What a reader must hold to decode the frame, in bytes.
  uint64_t memory_need() const { return payload_size + raw_size + decode_memory; }
};

struct IndexHeader {
  uint64_t payload_size = 0;  // bytes, at most kMaxIndexSize
  uint32_t payload_check = 0;
  size_t size = 0;  // of the header on disk; the payload follows
};

struct Footer {
  uint64_t index_size =
      0;  // of index header and payload, which end where the footer begins; 0: none
  uint64_t archive_length = 0;  // header to footer, both included
};

// Appends `start` (a magic, for an archive header with the version) and the head with `body`, whose
// check it returns.
uint32_t AppendHead(ByteView start, ByteView body, ByteBuffer* out);

// Append the sections. `header->size` is set, and a frame's `header->check`.
void AppendArchiveHeader(ArchiveHeader* header, ByteBuffer* out);
void AppendFrameHeader(FrameHeader* header, ByteBuffer* out);
void AppendIndexHeader(IndexHeader* header, ByteBuffer* out);
void AppendFooter(const Footer& footer, ByteBuffer* out);
// Appends the frame header that `head` is, fields of later versions included, with the number and
// the link of *header, whose size and check are set.
void AppendMovedFrameHeader(ByteView head, FrameHeader* header, ByteBuffer* out);

// Parse the section that `bytes` begin with; the result is set on kOk alone. A header of a version
// other than kFormatVersion is kOk with that version and size 0: the rest may look different.
ParseResult ParseArchiveHeader(ByteView bytes, ArchiveHeader* header);
ParseResult ParseFrameHeader(ByteView bytes, FrameHeader* header);
ParseResult ParseIndexHeader(ByteView bytes, IndexHeader* header);
ParseResult ParseFooter(ByteView bytes, Footer* footer);

// What section `bytes` begin with, by their magic alone; kNone too when they end inside it.
enum class SectionKind { kNone, kHeader, kFrame, kIndex, kFooter };
SectionKind KindOf(ByteView bytes);

// A section of any kind, by its head.
struct Section {
  SectionKind kind = SectionKind::kNone;
  uint64_t offset = 0;  // where it stands, for whoever knows that
  size_t head_size = 0;
  uint64_t payload_size = 0;  // of frame and index: what follows the head
  ArchiveHeader header;       // the one of these that `kind` says
  FrameHeader frame;
  IndexHeader index;
  Footer footer;

  uint64_t size() const { return head_size + payload_size; }
};

// Parses the section that `bytes` begin with. `kind` is always set, the rest on kOk alone.
ParseResult ParseSection(ByteView bytes, Section* section);
// How many bytes the head of that section has; while that cannot be told, more than there are, but
// never more than are needed to tell it. At most kMaxHeaderSize.
size_t HeadSize(ByteView bytes);
// The size of the section, payload included, that `bytes` begin with, judged by its head (whole, of
// this version, check and all), or 0: where reading can go on behind a damaged place. An archive
// header counts without the frames behind it.
uint64_t IntactSectionSize(ByteView bytes);

// True when `bytes` hold a well-formed list of fields. Calls `field` for each, in order, and stops
// when it returns false.
bool WalkFields(ByteView bytes, absl::FunctionRef<bool(uint64_t tag, ByteView value)> field);

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_FORMAT_H_
