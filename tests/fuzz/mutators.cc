#include "fuzz/mutators.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "archive/format.h"
#include "archive/index.h"
#include "backend/segments.h"
#include "base/checksum.h"

namespace logpress::fuzz {
namespace {

using archive::SectionKind;

constexpr uint64_t kMostUnpacked = uint64_t{1} << 20;
constexpr size_t kMostAdded = 64;

void PutCheck(ByteView of, size_t at, ByteBuffer* bytes) {
  const uint32_t check = Checksum32(of);
  for (size_t i = 0; i < 4; ++i) (*bytes)[at + i] = static_cast<char>(check >> (8 * i));
}

// The head of the section that `bytes` begin with, its check made right; empty if there is none.
ByteBuffer HeadOf(ByteView bytes) {
  const SectionKind kind = archive::KindOf(bytes);
  size_t size = archive::kFooterSize - 4;
  if (kind == SectionKind::kNone) return "";
  if (kind != SectionKind::kFooter) {
    const size_t start = archive::kMagicSize + (kind == SectionKind::kHeader ? 1 : 0);
    if (bytes.size() < start) return "";
    ByteReader reader(bytes.substr(start));
    uint64_t body = 0;
    if (!reader.GetVarintUpTo(archive::kMaxBodySize, &body)) return "";
    size = start + reader.position() + static_cast<size_t>(body);
  }
  if (size + 4 > bytes.size()) return "";
  ByteBuffer head(bytes.substr(0, size + 4));
  PutCheck(ByteView(head).substr(0, size), size, &head);
  return head;
}

// Puts sections one behind the other.
class Repairer {
 public:
  explicit Repairer(bool new_index) : new_index_(new_index) {}

  // Takes the section that `bytes` begin with. Returns its size, or 0.
  size_t Take(ByteView bytes) {
    const ByteBuffer head = HeadOf(bytes);
    archive::Section section;
    if (head.empty() || archive::ParseSection(head, &section) != archive::ParseResult::kOk)
      return 0;
    const ByteView payload = bytes.substr(
        head.size(), static_cast<size_t>(std::min<uint64_t>(section.payload_size, bytes.size())));
    switch (section.kind) {
      case SectionKind::kHeader:
        begin_ = out_.size();
        link_ = 0;
        own_index_size_.reset();
        index_.Clear();
        archive::AppendArchiveHeader(&section.header, &out_);
        break;
      case SectionKind::kFrame:
        TakeFrame(section.frame, payload);
        break;
      case SectionKind::kIndex:
        TakeIndex(section.index, payload);
        break;
      default:
        TakeFooter();
    }
    return head.size() + payload.size();
  }

  ByteBuffer Result() && { return std::move(out_); }

 private:
  void TakeFrame(archive::FrameHeader header, ByteView payload) {
    header.payload_size = payload.size();
    header.payload_check = Checksum32(payload);
    header.metadata_size = std::min<uint64_t>(header.metadata_size, payload.size());
    header.metadata_check = Checksum32(payload.substr(0, header.metadata_size));
    header.number = index_.rows();
    header.link = link_;
    // What the payload gives is what was meant, so that readers go on behind it.
    ByteBuffer raw;
    if (header.raw_size <= kMostUnpacked &&
        decoder_.Decode(header.backend, payload, header.raw_size, 0, &raw).ok())
      header.raw_checksum = Checksum64(raw);
    archive::AppendFrameHeader(&header, &out_);
    link_ = header.check;
    index_.Add(archive::RowOf(header));
    out_.append(payload);
  }

  void TakeIndex(archive::IndexHeader header, ByteView payload) {
    if (new_index_) return;
    const size_t start = out_.size();
    header.payload_size = payload.size();
    header.payload_check = Checksum32(payload);
    archive::AppendIndexHeader(&header, &out_);
    out_.append(payload);
    own_index_size_ = out_.size() - start;
  }

  void TakeFooter() {
    if (!own_index_size_) {
      archive::AppendArchiveEnd(index_, out_.size() - begin_, &out_).IgnoreError();
      return;
    }
    archive::Footer footer;
    footer.index_size = *own_index_size_;
    footer.archive_length = out_.size() - begin_ + archive::kFooterSize;
    archive::AppendFooter(footer, &out_);
  }

  const bool new_index_;
  ByteBuffer out_;
  size_t begin_ = 0;  // of the archive in out_
  uint32_t link_ = 0;
  archive::IndexBuilder index_;
  std::optional<size_t> own_index_size_;
  block::BlockDecoder decoder_;
};

}  // namespace

bool MutateSegment(uint64_t raw_size, uint32_t seed, ByteBuffer* payload) {
  backend::MemoryPayload source(*payload);
  backend::SegmentDirectory directory;
  backend::Packers packers;
  if (!directory.Open(&source, raw_size + 1).ok()) return false;
  Vector<ByteBuffer> segments(directory.segments().size());
  for (size_t i = 0; i < segments.size(); ++i)
    if (!directory.Read(i, kMostUnpacked, &source, &packers, &segments[i]).ok()) return false;
  if (segments.empty()) return false;

  ByteBuffer& chosen = segments[seed % segments.size()];
  const size_t size = chosen.size();
  chosen.resize(size + kMostAdded);
  chosen.resize(LLVMFuzzerMutate(reinterpret_cast<uint8_t*>(chosen.data()), size, chosen.size()));
  backend::SegmentWriter writer;
  writer.Start(directory.kind());
  for (const ByteBuffer& segment : segments)
    writer.Add(segment, backend::Content::kNumbers, backend::PackerId::kStore, 1, &packers)
        .IgnoreError();
  payload->clear();
  writer.Finish(payload);
  return true;
}

ByteBuffer RepairArchive(ByteView bytes, bool new_index) {
  Repairer repairer(new_index);
  for (size_t at = 0; (at = bytes.find(archive::kMagicPrefix, at)) != ByteView::npos;)
    at += std::max<size_t>(1, repairer.Take(bytes.substr(at)));
  return std::move(repairer).Result();
}

void MutateFrame(uint32_t seed, ByteBuffer* archive) {
  Vector<size_t> frames;
  for (size_t at = 0; (at = archive->find(archive::kFrameMagic, at)) != ByteBuffer::npos; ++at)
    frames.push_back(at);
  if (frames.empty()) return;
  const size_t at = frames[seed / 7 % frames.size()];
  archive::FrameHeader header;
  const ByteView rest = ByteView(*archive).substr(at);
  if (archive::ParseFrameHeader(rest, &header) != archive::ParseResult::kOk) return;
  if (header.frame_size() > rest.size()) return;
  ByteBuffer payload(rest.substr(header.size, header.payload_size));
  if (!MutateSegment(header.raw_size, seed, &payload)) return;
  ByteBuffer changed(archive->substr(0, at));
  ByteBuffer head;
  const ByteBuffer behind(rest.substr(header.frame_size()));
  header.payload_size = payload.size();
  archive::AppendFrameHeader(&header, &head);
  *archive = changed.append(head).append(payload).append(behind);
}

size_t MutateArchive(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  if (seed % 2 == 0) size = LLVMFuzzerMutate(data, size, max_size);
  ByteBuffer archive(reinterpret_cast<const char*>(data), size);
  if (seed % 2 != 0) MutateFrame(seed / 2, &archive);
  // A new index tells of what is there, an old one may lie.
  return Return(RepairArchive(archive, seed % 3 != 0), data, size, max_size);
}

bool HoldsMix(ByteView archive) {
  for (size_t at = 0; (at = archive.find(archive::kFrameMagic, at)) != ByteView::npos; ++at) {
    archive::FrameHeader header;
    if (archive::ParseFrameHeader(archive.substr(at), &header) == archive::ParseResult::kOk &&
        header.backend == block::BackendId::kMix)
      return true;
  }
  return false;
}

size_t Return(ByteView bytes, uint8_t* data, size_t size, size_t max_size) {
  if (bytes.empty() || bytes.size() > max_size) return size;
  std::memcpy(data, bytes.data(), bytes.size());
  return bytes.size();
}

}  // namespace logpress::fuzz
