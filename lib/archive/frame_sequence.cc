#include "archive/frame_sequence.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "archive/time_fields.h"
#include "base/checksum.h"
#include "base/hash.h"

namespace logpress::archive {
namespace {

constexpr size_t kMaxFrames = size_t{2} << 20;

// Of all that a row says.
uint64_t HashOf(const IndexRow& row) {
  uint64_t hash = row.check;
  for (const uint64_t value :
       {row.Code(), row.packed_size, row.raw_size, row.lines, row.templates}) {
    hash = HashMix(hash, value);
  }
  ByteBuffer times;
  PutTimeSpan(row.times, &times);
  return HashMix(hash, Checksum64(times));
}

}  // namespace

void FrameSequence::Begin() {
  next_ = 0;
  link_ = 0;
  broken_ = false;
  lost_ = false;
  frames_.clear();
  comparable_ = true;
}

std::string FrameSequence::Add(const FrameHeader& header) {
  comparable_ &= frames_.size() < kMaxFrames;
  if (comparable_) frames_.push_back({header.number, HashOf(RowOf(header))});
  const uint64_t expected = next_;
  std::string wrong;
  lost_ |= header.number > expected;
  if (header.number < expected || (header.number > expected && !broken_)) {
    wrong = absl::StrCat("it is block ", header.number + 1, " of its archive, and block ",
                         expected + 1, " belongs here");
  } else if (header.number == expected && header.link != link_) {
    wrong = absl::StrCat("it is block ", header.number + 1,
                         " of another archive, or the block before it is of another one");
    lost_ = true;
  }
  // A frame that comes too late leaves the others where they are.
  if (header.number >= expected) {
    next_ = header.number + 1;
    link_ = header.check;
    broken_ = false;
  }
  return wrong;
}

// One walk over the rows; see Compare.
template <typename Missing>
bool FrameSequence::Walk(ByteView index_payload, bool* strangers, const Missing& missing) {
  IndexCursor cursor;
  if (!cursor.Open(index_payload)) return false;
  auto next = frames_.begin();
  *strangers = false;
  listed_bytes_ = 0;
  for (uint64_t i = 0; i < cursor.rows(); ++i) {
    IndexRow row;
    if (!cursor.Next(&row)) return false;
    listed_bytes_ += row.packed_size;
    const uint64_t hash = HashOf(row);
    bool met = false;
    for (; next != frames_.end() && next->number == i; ++next) {
      met |= next->row_hash == hash;
      *strangers |= next->row_hash != hash;
    }
    if (!met) missing(i, row);
  }
  return cursor.AtEnd() && next == frames_.end();
}

bool FrameSequence::Compare(ByteView index_payload,
                            absl::FunctionRef<void(uint64_t number, const IndexRow&)> missing) {
  std::sort(frames_.begin(), frames_.end(),
            [](const Frame& a, const Frame& b) { return a.number < b.number; });
  // Frames that are not in it are of an archive whose own index was not met.
  bool strangers = false;
  if (!Walk(index_payload, &strangers, [](uint64_t, const IndexRow&) {})) return false;
  Walk(index_payload, &strangers, missing);
  broken_ = false;
  lost_ = strangers;
  return true;
}

}  // namespace logpress::archive
