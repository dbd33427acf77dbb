#include "archive/format.h"

#include <algorithm>
#include <limits>

#include "archive/time_fields.h"
#include "base/checksum.h"

namespace logpress::archive {
namespace {

constexpr size_t kCheckSize = 4;
constexpr uint64_t kKiB = 1024;
// Beyond all memory there is, and far from overflowing a sum.
constexpr uint64_t kMaxDecodeMemoryKiB = uint64_t{1} << 40;

// Of a kind of block; the eight bits from kBackendShift on are the backend.
constexpr uint64_t kRawBit = 1;
constexpr uint64_t kMidLineBit = 2;
constexpr int kBackendShift = 2;
constexpr uint64_t kNulBit = 1024;

// Fields of a frame's header.
enum FrameField : uint64_t { kTimes = 1, kTimePlaces = 2, kMetadata = 3, kPlace = 4 };

void AppendField(uint64_t tag, ByteView value, ByteBuffer* body) {
  PutVarint(body, tag);
  PutVarint(body, value.size());
  body->append(value);
}

// The first frame of an archive has none: most small logs have no other.
void AppendPlace(const FrameHeader& header, ByteBuffer* body) {
  if (header.number == 0) return;
  ByteBuffer value;
  PutVarint(&value, header.number);
  PutFixed32(&value, header.link);
  AppendField(kPlace, value, body);
}

void AppendFrameFields(const FrameHeader& header, ByteBuffer* body) {
  ByteBuffer value;
  if (header.times.kinds != 0) {
    PutTimeSpan(header.times, &value);
    AppendField(kTimes, value, body);
    AppendField(kTimePlaces, header.time_places, body);
  }
  if (header.metadata_size != 0) {
    value.clear();
    PutVarint(&value, header.metadata_size);
    PutFixed32(&value, header.metadata_check);
    AppendField(kMetadata, value, body);
  }
  AppendPlace(header, body);
}

bool ParseFrameFields(ByteView bytes, FrameHeader* header) {
  return WalkFields(bytes, [header](uint64_t tag, ByteView value) {
    ByteReader reader(value);
    switch (tag) {
      case kTimes:
        return GetTimeSpan(&reader, &header->times) && reader.empty();
      case kTimePlaces:
        header->time_places = value;
        return true;
      case kMetadata:
        return reader.GetVarintUpTo(header->payload_size, &header->metadata_size) &&
               reader.GetFixed32(&header->metadata_check) && reader.empty();
      case kPlace:
        return reader.GetVarint(&header->number) && header->number > 0 &&
               reader.GetFixed32(&header->link) && reader.empty();
      default:
        return true;
    }
  });
}

bool AnyFields(ByteView bytes) {
  return WalkFields(bytes, [](uint64_t, ByteView) { return true; });
}

// Appends the check of all bytes from `begin` on, and returns it.
uint32_t AppendCheck(size_t begin, ByteBuffer* out) {
  const ByteView bytes = *out;
  const uint32_t check = Checksum32(bytes.substr(begin));
  PutFixed32(out, check);
  return check;
}

// kOk when `bytes` begin with `magic`, kTruncated when they end inside it.
ParseResult ParseMagic(ByteView magic, ByteView bytes) {
  const size_t size = std::min(magic.size(), bytes.size());
  if (bytes.substr(0, size) != magic.substr(0, size)) return ParseResult::kDamaged;
  return size == magic.size() ? ParseResult::kOk : ParseResult::kTruncated;
}

// Parses "body-size body check" behind the first `start_size` bytes.
ParseResult ParseHead(ByteView bytes, size_t start_size, ByteView* body, size_t* section_size,
                      uint32_t* head_check = nullptr) {
  if (bytes.size() < start_size) return ParseResult::kTruncated;
  ByteReader reader(bytes.substr(start_size));
  uint64_t body_size = 0;
  if (!reader.GetVarintUpTo(kMaxBodySize, &body_size)) {
    // A size up to kMaxBodySize takes two bytes.
    return reader.remaining() < 2 ? ParseResult::kTruncated : ParseResult::kDamaged;
  }
  ByteView content;
  if (!reader.GetBytes(body_size, &content)) return ParseResult::kTruncated;
  const ByteView checked = bytes.substr(0, start_size + reader.position());
  uint32_t check = 0;
  if (!reader.GetFixed32(&check)) return ParseResult::kTruncated;
  if (check != Checksum32(checked)) return ParseResult::kDamaged;
  *body = content;
  *section_size = checked.size() + kCheckSize;
  if (head_check != nullptr) *head_check = check;
  return ParseResult::kOk;
}

// How many bytes of a frame's body stand before its fields.
size_t FixedSize(ByteView body) {
  constexpr int kVarints = 6;
  ByteReader reader(body);
  uint64_t value = 0;
  for (int i = 0; i < kVarints; ++i) reader.GetVarint(&value);
  return reader.position() + sizeof(uint32_t) + sizeof(uint64_t);
}

}  // namespace

uint64_t BlockKind::Code() const {
  return static_cast<uint64_t>(backend) << kBackendShift | (raw ? kRawBit : 0) |
         (starts_mid_line ? kMidLineBit : 0) | (holds_nul ? kNulBit : 0);
}

bool BlockKind::OfCode(uint64_t code, BlockKind* kind) {
  if (code >= 2 * kNulBit) return false;
  kind->backend = static_cast<block::BackendId>((code & (kNulBit - 1)) >> kBackendShift);
  kind->raw = (code & kRawBit) != 0;
  kind->starts_mid_line = (code & kMidLineBit) != 0;
  kind->holds_nul = (code & kNulBit) != 0;
  return true;
}

uint32_t AppendHead(ByteView start, ByteView body, ByteBuffer* out) {
  const size_t begin = out->size();
  out->append(start);
  PutVarint(out, body.size());
  out->append(body);
  return AppendCheck(begin, out);
}

void AppendArchiveHeader(ArchiveHeader* header, ByteBuffer* out) {
  const size_t begin = out->size();
  ByteBuffer start(kHeaderMagic);
  start.push_back(static_cast<char>(header->version));
  ByteBuffer body;
  PutVarint(&body, static_cast<uint64_t>(header->level));
  AppendHead(start, body, out);
  header->size = out->size() - begin;
}

void AppendFrameHeader(FrameHeader* header, ByteBuffer* out) {
  const size_t begin = out->size();
  ByteBuffer body;
  PutVarint(&body, header->Code());
  PutVarint(&body, header->payload_size);
  PutVarint(&body, header->raw_size);
  PutVarint(&body, header->lines);
  PutVarint(&body, header->templates);
  PutVarint(&body, (header->decode_memory + kKiB - 1) / kKiB);
  PutFixed32(&body, header->payload_check);
  PutFixed64(&body, header->raw_checksum);
  AppendFrameFields(*header, &body);
  header->check = AppendHead(kFrameMagic, body, out);
  header->size = out->size() - begin;
}

void AppendIndexHeader(IndexHeader* header, ByteBuffer* out) {
  const size_t begin = out->size();
  ByteBuffer body;
  PutVarint(&body, header->payload_size);
  PutFixed32(&body, header->payload_check);
  AppendHead(kIndexMagic, body, out);
  header->size = out->size() - begin;
}

void AppendFooter(const Footer& footer, ByteBuffer* out) {
  const size_t begin = out->size();
  out->append(kFooterMagic);
  PutFixed32(out, static_cast<uint32_t>(footer.index_size));
  PutFixed64(out, footer.archive_length);
  AppendCheck(begin, out);
}

void AppendMovedFrameHeader(ByteView head, FrameHeader* header, ByteBuffer* out) {
  const size_t begin = out->size();
  ByteView old;
  size_t size = 0;
  ParseHead(head, kMagicSize, &old, &size);
  const ByteView fixed = old.substr(0, FixedSize(old));
  ByteBuffer body(fixed);
  WalkFields(old.substr(fixed.size()), [&body](uint64_t tag, ByteView value) {
    if (tag != kPlace) AppendField(tag, value, &body);
    return true;
  });
  AppendPlace(*header, &body);
  if (body.size() > kMaxBodySize) {
    // Only somebody's own invention is so long. What a frame holds can be read without its fields.
    body.assign(fixed);
    AppendPlace(*header, &body);
  }
  header->check = AppendHead(kFrameMagic, body, out);
  header->size = out->size() - begin;
}

ParseResult ParseArchiveHeader(ByteView bytes, ArchiveHeader* header) {
  const ParseResult magic = ParseMagic(kHeaderMagic, bytes);
  if (magic != ParseResult::kOk) return magic;
  if (bytes.size() == kMagicSize) return ParseResult::kTruncated;
  ArchiveHeader parsed;
  parsed.version = static_cast<uint8_t>(bytes[kMagicSize]);
  if (parsed.version != kFormatVersion) {
    *header = parsed;
    return ParseResult::kOk;
  }
  ByteView body;
  const ParseResult result = ParseHead(bytes, kMagicSize + 1, &body, &parsed.size);
  if (result != ParseResult::kOk) return result;
  ByteReader reader(body);
  uint64_t level = 0;
  if (!reader.GetVarintUpTo(std::numeric_limits<uint8_t>::max(), &level) ||
      !AnyFields(body.substr(reader.position()))) {
    return ParseResult::kDamaged;
  }
  parsed.level = static_cast<int>(level);
  *header = parsed;
  return ParseResult::kOk;
}

ParseResult ParseFrameHeader(ByteView bytes, FrameHeader* header) {
  const ParseResult magic = ParseMagic(kFrameMagic, bytes);
  if (magic != ParseResult::kOk) return magic;
  FrameHeader parsed;
  ByteView body;
  const ParseResult result = ParseHead(bytes, kMagicSize, &body, &parsed.size, &parsed.check);
  if (result != ParseResult::kOk) return result;
  ByteReader reader(body);
  uint64_t kind = 0;
  uint64_t decode_memory = 0;
  if (!reader.GetVarint(&kind) || !BlockKind::OfCode(kind, &parsed) ||
      !reader.GetVarintUpTo(block::kMaxBlockSize + kMaxPayloadGrowth, &parsed.payload_size) ||
      !reader.GetVarintUpTo(block::kMaxBlockSize, &parsed.raw_size) || parsed.raw_size == 0 ||
      parsed.payload_size > parsed.raw_size + kMaxPayloadGrowth ||
      !reader.GetVarintUpTo(parsed.raw_size, &parsed.lines) ||
      !reader.GetVarintUpTo(parsed.raw_size, &parsed.templates) ||
      !reader.GetVarintUpTo(kMaxDecodeMemoryKiB, &decode_memory) ||
      !reader.GetFixed32(&parsed.payload_check) || !reader.GetFixed64(&parsed.raw_checksum) ||
      !ParseFrameFields(body.substr(reader.position()), &parsed)) {
    return ParseResult::kDamaged;
  }
  parsed.decode_memory = decode_memory * kKiB;
  *header = parsed;
  return ParseResult::kOk;
}

ParseResult ParseIndexHeader(ByteView bytes, IndexHeader* header) {
  const ParseResult magic = ParseMagic(kIndexMagic, bytes);
  if (magic != ParseResult::kOk) return magic;
  IndexHeader parsed;
  ByteView body;
  const ParseResult result = ParseHead(bytes, kMagicSize, &body, &parsed.size);
  if (result != ParseResult::kOk) return result;
  ByteReader reader(body);
  if (!reader.GetVarintUpTo(kMaxIndexSize - parsed.size, &parsed.payload_size) ||
      !reader.GetFixed32(&parsed.payload_check) || !AnyFields(body.substr(reader.position()))) {
    return ParseResult::kDamaged;
  }
  *header = parsed;
  return ParseResult::kOk;
}

ParseResult ParseFooter(ByteView bytes, Footer* footer) {
  const ParseResult magic = ParseMagic(kFooterMagic, bytes);
  if (magic != ParseResult::kOk) return magic;
  if (bytes.size() < kFooterSize) return ParseResult::kTruncated;
  ByteReader reader(bytes.substr(kMagicSize, kFooterSize - kMagicSize));
  uint32_t index_size = 0;
  uint32_t check = 0;
  Footer parsed;
  if (!reader.GetFixed32(&index_size) || !reader.GetFixed64(&parsed.archive_length) ||
      !reader.GetFixed32(&check) ||
      check != Checksum32(bytes.substr(0, kFooterSize - kCheckSize))) {
    return ParseResult::kDamaged;
  }
  parsed.index_size = index_size;
  if (parsed.archive_length < kMinHeaderSize + kFooterSize ||
      parsed.index_size > parsed.archive_length - kMinHeaderSize - kFooterSize) {
    return ParseResult::kDamaged;
  }
  *footer = parsed;
  return ParseResult::kOk;
}

SectionKind KindOf(ByteView bytes) {
  const ByteView magic = bytes.substr(0, kMagicSize);
  if (magic == kHeaderMagic) return SectionKind::kHeader;
  if (magic == kFrameMagic) return SectionKind::kFrame;
  if (magic == kIndexMagic) return SectionKind::kIndex;
  if (magic == kFooterMagic) return SectionKind::kFooter;
  return SectionKind::kNone;
}

ParseResult ParseSection(ByteView bytes, Section* section) {
  section->kind = KindOf(bytes);
  section->payload_size = 0;
  ParseResult result = ParseResult::kDamaged;
  switch (section->kind) {
    case SectionKind::kHeader:
      result = ParseArchiveHeader(bytes, &section->header);
      section->head_size = section->header.size;
      break;
    case SectionKind::kFrame:
      result = ParseFrameHeader(bytes, &section->frame);
      section->head_size = section->frame.size;
      section->payload_size = section->frame.payload_size;
      break;
    case SectionKind::kIndex:
      result = ParseIndexHeader(bytes, &section->index);
      section->head_size = section->index.size;
      section->payload_size = section->index.payload_size;
      break;
    case SectionKind::kFooter:
      result = ParseFooter(bytes, &section->footer);
      section->head_size = kFooterSize;
      break;
    case SectionKind::kNone:
      break;
  }
  return result;
}

size_t HeadSize(ByteView bytes) {
  const SectionKind kind = KindOf(bytes);
  if (kind == SectionKind::kNone) return kMagicSize;
  if (kind == SectionKind::kFooter) return kFooterSize;
  size_t start = kMagicSize;
  if (kind == SectionKind::kHeader) {
    ++start;
    if (bytes.size() < start) return start;
    if (bytes[kMagicSize] != kFormatVersion) return start;
  }
  ByteReader reader(bytes.substr(start));
  uint64_t body_size = 0;
  if (!reader.GetVarint(&body_size)) {
    constexpr size_t kLongestVarint = 10;
    return std::min(bytes.size() + 1, start + kLongestVarint);
  }
  // A larger one is damaged.
  return start + reader.position() + std::min(body_size, kMaxBodySize) + kCheckSize;
}

uint64_t IntactSectionSize(ByteView bytes) {
  Section section;
  // A header of another version has size 0.
  return ParseSection(bytes, &section) == ParseResult::kOk ? section.size() : 0;
}

bool WalkFields(ByteView bytes, absl::FunctionRef<bool(uint64_t tag, ByteView value)> field) {
  ByteReader reader(bytes);
  while (!reader.empty()) {
    uint64_t tag = 0;
    uint64_t size = 0;
    ByteView value;
    if (!reader.GetVarint(&tag) || !reader.GetVarint(&size) || !reader.GetBytes(size, &value) ||
        !field(tag, value)) {
      return false;
    }
  }
  return true;
}

}  // namespace logpress::archive
