#include "archive/section_walker.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

// Bytes that are looked at together, at most, in the search for an intact section and in the check
// of an index.
constexpr size_t kPiece = size_t{64} << 10;
// An index up to this size is compared with the frames; a million blocks and more.
constexpr uint64_t kMaxReadIndex = uint64_t{16} << 20;

std::string VersionMessage(int version) {
  return absl::StrCat("it has format version ", version, " and this program reads version ",
                      kFormatVersion, "; use a newer program");
}

const char* NameOf(SectionKind kind) {
  switch (kind) {
    case SectionKind::kHeader:
      return "archive header";
    case SectionKind::kFrame:
      return "frame header";
    case SectionKind::kIndex:
      return "index header";
    case SectionKind::kFooter:
      return "footer";
    case SectionKind::kNone:
      break;
  }
  return "section";
}

constexpr char kCutOff[] = "it is cut off: the file ends inside it";

}  // namespace

Damage FrameDamage(const FrameHeader& header, uint64_t offset, const std::string& what) {
  Damage damage;
  damage.offset = offset;
  damage.packed_bytes = header.frame_size();
  damage.lines_known = true;
  damage.lines = header.lines;
  damage.raw_bytes = header.raw_size;
  damage.message = absl::StrCat("the block at byte ", offset, ": ", what);
  return damage;
}

absl::Status NotAnArchive(ByteView start) {
  return absl::InvalidArgumentError(
      absl::StrCat("this is not a logpress archive", start.empty() ? ": it is empty" : ""));
}

absl::Status UnknownVersion(uint64_t offset, int version) {
  return absl::UnimplementedError(
      absl::StrCat("the archive at byte ", offset, ": ", VersionMessage(version)));
}

absl::StatusOr<bool> SectionWalker::Next(Section* section) {
  LOGPRESS_RETURN_IF_ERROR(PassPayload());
  for (;;) {
    LOGPRESS_ASSIGN_OR_RETURN(const ByteView bytes, PeekHead());
    const uint64_t offset = bytes_->offset();
    if (offset == 0 && (bytes.empty() || (!skip_ && KindOf(bytes) != SectionKind::kHeader)))
      return NotAnArchive(bytes);
    if (bytes.empty()) {
      LOGPRESS_RETURN_IF_ERROR(End());
      return false;
    }
    section->offset = offset;
    const ParseResult result = ParseSection(bytes, section);
    if (!skip_ && result == ParseResult::kOk && section->kind == SectionKind::kHeader &&
        section->header.version != kFormatVersion) {
      return UnknownVersion(offset, section->header.version);
    }
    Damage damage;
    if (!Usable(result, *section, &damage)) {
      if (damage.lines_known) sequence_.Add(section->frame);
      LOGPRESS_RETURN_IF_ERROR(PassGap(std::move(damage)));
      continue;
    }
    LOGPRESS_RETURN_IF_ERROR(Enter(*section));
    bytes_->Consume(section->head_size);
    at_ = *section;
    left_ = section->payload_size;
    if (section->kind == SectionKind::kIndex) index_check_.Clear();
    if (section->kind == SectionKind::kFooter) LOGPRESS_RETURN_IF_ERROR(CheckFooter(*section));
    return true;
  }
}

// As many bytes as the next head has, and no more are waited for.
absl::StatusOr<ByteView> SectionWalker::PeekHead() {
  for (size_t size = kMagicSize;;) {
    LOGPRESS_ASSIGN_OR_RETURN(const ByteView bytes, bytes_->Peek(size));
    const size_t need = HeadSize(bytes);
    if (need <= bytes.size() || bytes.size() < size) return bytes;
    size = need;
  }
}

// Whether what was parsed at the present place may be there; if not, *damage says why.
bool SectionWalker::Usable(ParseResult result, const Section& section, Damage* damage) const {
  std::string what;
  if (section.kind == SectionKind::kNone) {
    what = inside_ ? "there is no frame"
                   : "what stands there is no archive; if it was one, its header is damaged";
  } else if (result != ParseResult::kOk) {
    what = absl::StrCat(
        "the ", NameOf(section.kind), " there is ",
        result == ParseResult::kTruncated ? "cut off: the file ends inside it" : "damaged");
  } else if (section.kind == SectionKind::kHeader && section.header.version != kFormatVersion) {
    what = VersionMessage(section.header.version);
    damage->unknown_version = true;
  } else if (bytes_->MayHold(section.size())) {
    return true;
  } else if (section.kind == SectionKind::kFrame) {
    *damage = FrameDamage(section.frame, section.offset, kCutOff);
    return false;
  } else {
    what = "the index there is cut off: the file ends inside it";
  }
  damage->offset = section.offset;
  damage->message = absl::StrCat("at byte ", section.offset, ": ", what);
  return false;
}

// Notes what an intact section means for the archive.
absl::Status SectionWalker::Enter(const Section& section) {
  if (section.kind == SectionKind::kHeader) {
    if (inside_ && reporter_ != nullptr) reporter_->Joined(archive_start_, section.offset);
    all_known_ &= inside_ ? !sequence_.unsure() : section.offset == end_;
    Begin(section.offset);
    header_size_ = section.size();
  } else if (!inside_ ||
             (section.kind == SectionKind::kFrame && sequence_.BeginsAnother(section.frame))) {
    // Behind a damaged header the archive begins here as far as can be known.
    if (!resynced_) {
      LOGPRESS_RETURN_IF_ERROR(Report(
          absl::StrCat("at byte ", section.offset, " an archive goes on that did not begin")));
    }
    BeginHeadless(section.offset);
  }
  accounted_ += section.size();
  end_ = section.offset + section.size();
  if (section.kind == SectionKind::kIndex) index_size_ = section.size();
  return section.kind == SectionKind::kFrame ? EnterFrame(section) : absl::OkStatus();
}

absl::Status SectionWalker::EnterFrame(const Section& section) {
  const std::string wrong = sequence_.Add(section.frame);
  if (wrong.empty()) return absl::OkStatus();
  return Report(absl::StrCat("the block at byte ", section.offset, " is out of place: ", wrong),
                /*out_of_place=*/true);
}

void SectionWalker::Begin(uint64_t offset) {
  archive_start_ = offset;
  found_ = true;
  inside_ = true;
  intact_ = true;
  index_size_ = 0;
  sequence_.Begin();
  accounted_ = 0;
  header_size_ = 0;
  doubtful_start_ = false;
  compared_ = false;
}

// What was passed over may have been the archive's own; its footer will tell.
void SectionWalker::BeginHeadless(uint64_t offset) {
  all_known_ &= !inside_;
  Begin(inside_ ? offset : end_);
  doubtful_start_ = true;
  intact_ = false;
  sequence_.Break();
}

absl::Status SectionWalker::CheckFooter(const Section& section) {
  inside_ = false;
  const uint64_t length = bytes_->offset() - archive_start_;
  const Footer& footer = section.footer;
  // What was skipped was not part of it, or the index told, when all bytes are accounted for.
  all_known_ &= doubtful_start_ ? compared_ && length == footer.archive_length
                                : accounted_ == footer.archive_length;
  if (!intact_ || (footer.archive_length == length && footer.index_size == index_size_))
    return absl::OkStatus();
  return Report(absl::StrCat("the footer at byte ", section.offset, " states an archive of ",
                             footer.archive_length, " bytes with an index of ", footer.index_size,
                             ", and there are ", length, " with ", index_size_,
                             ": parts of it are missing or were added"));
}

absl::Status SectionWalker::End() {
  if (!inside_) return absl::OkStatus();
  inside_ = false;
  all_known_ &= followed_ && !sequence_.unsure();
  if (followed_) {
    if (reporter_ != nullptr) reporter_->Joined(archive_start_, bytes_->offset());
    return absl::OkStatus();
  }
  return Report(absl::StrCat("the archive that begins at byte ", archive_start_,
                             " is torn: it ends without its footer"));
}

// Goes behind the section that was given last.
absl::Status SectionWalker::PassPayload() {
  if (left_ == 0) return absl::OkStatus();
  if (at_.kind == SectionKind::kIndex) return PassIndex();
  LOGPRESS_RETURN_IF_ERROR(bytes_->Skip(&left_));
  left_ = 0;
  return absl::OkStatus();
}

absl::Status SectionWalker::PassIndex() {
  if (sequence_.comparable() && at_.payload_size <= kMaxReadIndex) {
    LOGPRESS_ASSIGN_OR_RETURN(const bool whole, ReadPayload(&index_));
    return whole ? CompareIndex(index_) : absl::OkStatus();
  }
  while (left_ > 0) {
    LOGPRESS_ASSIGN_OR_RETURN(const ByteView ready,
                              bytes_->Peek(static_cast<size_t>(std::min<uint64_t>(left_, kPiece))));
    if (ready.empty()) {
      left_ = 0;
      return absl::OkStatus();  // End() misses the footer
    }
    const size_t size = static_cast<size_t>(std::min<uint64_t>(left_, ready.size()));
    index_check_.Add(ready.substr(0, size));
    bytes_->Consume(size);
    left_ -= size;
  }
  return CheckIndex(index_check_.value());
}

absl::Status SectionWalker::CheckIndex(uint32_t check) {
  if (check == at_.index.payload_check) return absl::OkStatus();
  return Report(absl::StrCat("the index at byte ", at_.offset,
                             " does not match its checksum; no line is lost by that"));
}

// Whether the index lists the frames that there were; it knows what was in the gaps.
absl::Status SectionWalker::CompareIndex(ByteView index) {
  const bool unsure = sequence_.unsure();
  uint64_t missing = 0;
  uint64_t first = 0;
  const bool listed = sequence_.Compare(index, [&](uint64_t number, const IndexRow& row) {
    if (missing++ == 0) first = number;
    if (skip_) reporter_->Missing(row);
  });
  if (!listed) {
    return Report(
        absl::StrCat("the index at byte ", at_.offset, " lists other blocks than there are"));
  }
  compared_ = !sequence_.unsure();
  accounted_ = compared_ ? header_size_ + sequence_.listed_bytes() + index_size_ : 0;
  if (missing == 0 || unsure) return absl::OkStatus();
  return Report(absl::StrCat("block ", first + 1, " of the archive that begins at byte ",
                             archive_start_, " is missing or out of place: the index at byte ",
                             at_.offset, " lists another one"));
}

absl::StatusOr<bool> SectionWalker::ReadPayload(ByteBuffer* payload) {
  if (left_ == at_.payload_size) payload->clear();
  const absl::Status status = bytes_->Fill(at_.payload_size, payload);
  left_ = at_.payload_size - payload->size();
  LOGPRESS_RETURN_IF_ERROR(status);
  const bool whole = left_ == 0;
  left_ = 0;
  if (at_.kind == SectionKind::kIndex) {
    if (!whole) return false;  // End() misses the footer
    const uint32_t check = Checksum32(*payload);
    LOGPRESS_RETURN_IF_ERROR(CheckIndex(check));
    return check == at_.index.payload_check;
  }
  if (!whole) return PassDamagedPayload(*payload, kCutOff);
  if (skip_ && Checksum32(*payload) != at_.frame.payload_check)
    return PassDamagedPayload(*payload, "its payload does not match its checksum");
  return true;
}

absl::StatusOr<bool> SectionWalker::PassDamagedPayload(const ByteBuffer& payload,
                                                       const std::string& what) {
  Damage damage = FrameDamage(at_.frame, at_.offset, what);
  if (!skip_) return absl::DataLossError(damage.message);
  sequence_.Break();
  furthest_ = std::max(furthest_, bytes_->offset());
  LOGPRESS_ASSIGN_OR_RETURN(const ByteView next, bytes_->Peek(kMaxHeaderSize));
  // When a section follows, the payload was changed in place. Otherwise bytes were lost or added,
  // and the next section is looked for inside what was taken for the payload; but only as often as
  // keeps the time linear when somebody nests frames in frames.
  if (IntactSectionSize(next) == 0) {
    if (rescanned_ + payload.size() <= 2 * furthest_) {
      rescanned_ += payload.size();
      bytes_->Unread(payload);
    }
    LOGPRESS_RETURN_IF_ERROR(FindSection());
  }
  damage.packed_bytes = bytes_->offset() - damage.offset;
  reporter_->Damaged(std::move(damage));
  return false;
}

// Something at the present place cannot be used. Stops there, or finds the next intact section.
absl::Status SectionWalker::PassGap(Damage damage) {
  if (!skip_) return absl::DataLossError(damage.message);
  bytes_->Consume(1);
  LOGPRESS_RETURN_IF_ERROR(FindSection());
  damage.packed_bytes = bytes_->offset() - damage.offset;
  reporter_->Damaged(std::move(damage));
  return absl::OkStatus();
}

// Drops bytes up to the next intact section, or all.
absl::Status SectionWalker::FindSection() {
  intact_ = false;
  resynced_ = true;
  doubtful_start_ |= !inside_ || !sequence_.begun();
  sequence_.Break();
  for (size_t piece = kMaxHeaderSize;;) {
    LOGPRESS_ASSIGN_OR_RETURN(const ByteView bytes, bytes_->Peek(piece));
    if (bytes.empty()) {
      inside_ = false;
      all_known_ = false;
      return absl::OkStatus();
    }
    const size_t candidate = bytes.find(kMagicPrefix);
    if (candidate == ByteView::npos) {
      // The last bytes may begin a magic, unless nothing follows.
      bytes_->Consume(bytes.size() - (bytes.size() < piece ? 0 : kMagicPrefix.size() - 1));
      piece = std::min(2 * piece, kPiece);
      continue;
    }
    bytes_->Consume(candidate);
    piece = kMaxHeaderSize;
    LOGPRESS_ASSIGN_OR_RETURN(const ByteView head, bytes_->Peek(piece));
    const uint64_t size = IntactSectionSize(head);
    if (size > 0 && bytes_->MayHold(size)) {
      found_ = true;
      return absl::OkStatus();
    }
    bytes_->Consume(1);
  }
}

// Damage that makes nothing undecodable.
absl::Status SectionWalker::Report(std::string message, bool out_of_place) {
  if (!skip_) return absl::DataLossError(message);
  Damage damage;
  damage.offset = bytes_->offset();
  damage.out_of_place = out_of_place;
  damage.message = std::move(message);
  reporter_->Damaged(std::move(damage));
  return absl::OkStatus();
}

}  // namespace logpress::archive
