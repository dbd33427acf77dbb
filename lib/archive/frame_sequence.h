// Whether the frames of an archive stand where its writer put them, none missing and none of
// another archive, as somebody finds out who meets them front to back and then their index.
#ifndef LOGPRESS_ARCHIVE_FRAME_SEQUENCE_H_
#define LOGPRESS_ARCHIVE_FRAME_SEQUENCE_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "archive/format.h"
#include "archive/index.h"
#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::archive {

// Takes 16 bytes a frame, at most some 30 MB: of archives with more frames the index is not
// compared.
class FrameSequence {
 public:
  // Another archive begins.
  void Begin();
  // Something was skipped: whatever number comes next, those before it were lost there.
  void Break() { broken_ = true; }
  // Whether `header` is the first frame of an archive, and one whose own header was skipped.
  bool BeginsAnother(const FrameHeader& header) const {
    return broken_ && header.number == 0 && next_ > 0;
  }

  // The next frame. Empty when it belongs there, otherwise what is wrong.
  std::string Add(const FrameHeader& header);

  // Compares with the archive's index: calls `missing` for every row that is not that of a frame
  // that was added, in order. After that it is known which frames were lost. False, and nothing
  // called, when the payload is damaged or lists fewer frames than there are.
  bool Compare(ByteView index_payload,
               absl::FunctionRef<void(uint64_t number, const IndexRow&)> missing);
  // Whether any frame was added.
  bool begun() const { return next_ > 0; }
  // Whether frames may be lost of which nobody knows how many lines they had.
  bool unsure() const { return broken_ || lost_; }
  // What the frames that it listed take, all of them.
  uint64_t listed_bytes() const { return listed_bytes_; }
  // False when there were too many frames to compare them.
  bool comparable() const { return comparable_; }

 private:
  struct Frame {
    uint64_t number;
    uint64_t row_hash;
  };
  template <typename Missing>
  bool Walk(ByteView index_payload, bool* strangers, const Missing& missing);

  uint64_t next_ = 0;  // the number of the frame that should come, if nothing was skipped
  uint32_t link_ = 0;  // and its link
  bool broken_ = false;
  bool lost_ = false;
  Vector<Frame> frames_;
  bool comparable_ = true;
  uint64_t listed_bytes_ = 0;
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_FRAME_SEQUENCE_H_
