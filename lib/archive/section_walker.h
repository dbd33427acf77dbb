// The one walk over the sections of archives, under everything that reads them front to back.
//
//   header frame* [index] footer  header frame* ...
//
// It finds what comes next, checks that it may come there, and has all the messages about what may
// not. Where something is damaged it stops, or (recovery) it reports that and goes on with the next
// section that is intact. What a frame holds is its user's business.
#ifndef LOGPRESS_ARCHIVE_SECTION_WALKER_H_
#define LOGPRESS_ARCHIVE_SECTION_WALKER_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/byte_window.h"
#include "archive/format.h"
#include "archive/frame_sequence.h"
#include "archive/index.h"
#include "base/bytes.h"
#include "base/checksum.h"
#include "base/memory.h"

namespace logpress::archive {

// One damaged place.
struct Damage {
  uint64_t offset = 0;        // of the first byte that could not be used
  uint64_t packed_bytes = 0;  // how many could not; 0: nothing is lost by it
  bool lines_known = false;   // the frame header was intact: `lines` and `raw_bytes` are exact
  uint64_t lines = 0;
  uint64_t raw_bytes = 0;
  bool unknown_version = false;  // it may be an archive that a newer program reads
  bool out_of_place = false;     // a block that is intact and does not belong there
  std::string message;           // what was wrong, with the byte offset
};

// The frame at `offset` cannot be used, because of `what`.
Damage FrameDamage(const FrameHeader& header, uint64_t offset, const std::string& what);

// The errors of a file that is not one of ours, given its first bytes, and of an archive that is of
// a later version.
absl::Status NotAnArchive(ByteView start);
absl::Status UnknownVersion(uint64_t offset, int version);

// One thread at a time.
class SectionWalker {
 public:
  // Is told of what Next() and ReadPayload() pass over.
  class Reporter {
   public:
    virtual ~Reporter() = default;
    virtual void Damaged(Damage damage) = 0;
    // An archive that was not ended (its writer was) and another behind it, without anything lost
    // in between: one begins at `begin`, the other at `offset`.
    virtual void Joined(uint64_t /*begin*/, uint64_t /*offset*/) {}
    // A frame that the archive's index lists and that was not found: it was in what was damaged.
    virtual void Missing(const IndexRow& /*row*/) {}
  };

  enum class OnDamage {
    kStop,  // Next() and ReadPayload() return it as kDataLoss
    kSkip,
  };

  // Borrows both; `reporter` may be null with kStop.
  SectionWalker(ByteWindow* bytes, OnDamage on_damage, Reporter* reporter)
      : bytes_(bytes), skip_(on_damage == OnDamage::kSkip), reporter_(reporter) {}

  // The end of the bytes is where another archive begins.
  void SetFollowed() { followed_ = true; }

  // Goes to the next section, over the payload of the last one unless that was read. False at the
  // end. An index's payload is checked here, a frame's is not. Errors, besides damage: those of the
  // window; kInvalidArgument when the bytes do not begin with an archive, kUnimplemented for one of
  // a later version (both with kStop). After kUnavailable it may be called again.
  absl::StatusOr<bool> Next(Section* section);

  // Reads the payload of the section that Next() gave. False when it is damaged and was passed
  // over; *payload is then of no use. With kStop the check of a frame's payload is left to
  // DecodeFrame, which may run elsewhere. Errors as for Next(); after kUnavailable it is to be
  // called again with the same buffer, which holds what came so far.
  absl::StatusOr<bool> ReadPayload(ByteBuffer* payload);

  // Whether any intact section was met.
  bool found() const { return found_; }
  // Whether an archive has begun and its footer was not met yet.
  bool inside() const { return inside_; }
  // Whether it is known how many lines were lost, at the end.
  bool all_losses_known() const { return all_known_; }

 private:
  absl::StatusOr<ByteView> PeekHead();
  bool Usable(ParseResult result, const Section& section, Damage* damage) const;
  absl::Status Enter(const Section& section);
  void Begin(uint64_t offset);
  void BeginHeadless(uint64_t offset);
  absl::Status EnterFrame(const Section& section);
  absl::Status CheckFooter(const Section& section);
  absl::Status End();
  absl::Status PassPayload();
  absl::Status PassIndex();
  absl::Status CheckIndex(uint32_t check);
  absl::Status CompareIndex(ByteView index);
  absl::StatusOr<bool> PassDamagedPayload(const ByteBuffer& payload, const std::string& what);
  absl::Status PassGap(Damage damage);
  absl::Status FindSection();
  absl::Status Report(std::string message, bool out_of_place = false);

  ByteWindow* const bytes_;
  const bool skip_;
  Reporter* const reporter_;
  bool followed_ = false;

  bool found_ = false;
  bool inside_ = false;    // between an archive's header and its footer
  bool intact_ = true;     // nothing of this archive was skipped: its lengths must be right
  bool resynced_ = false;  // something was skipped, ever
  uint64_t archive_start_ = 0;
  uint64_t end_ = 0;         // of the last intact section
  uint64_t index_size_ = 0;  // of this archive's index section; 0: none yet
  Section at_;               // given last
  uint64_t left_ = 0;        // bytes of its payload that were not taken yet
  RunningChecksum32 index_check_;
  uint64_t furthest_ = 0;   // as far as bytes were read
  uint64_t rescanned_ = 0;  // payload bytes that were searched for sections

  FrameSequence sequence_;    // of this archive
  uint64_t header_size_ = 0;  // of this archive
  uint64_t accounted_ = 0;    // bytes of its sections, those included that the index says were lost
  bool doubtful_start_ = false;  // what stood before its first frame was skipped
  bool compared_ = false;        // its index told which frames were lost
  bool all_known_ = true;
  ByteBuffer index_;
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_SECTION_WALKER_H_
