// Makes a whole archive of what is intact in a damaged one.
#ifndef LOGPRESS_ARCHIVE_REPAIR_H_
#define LOGPRESS_ARCHIVE_REPAIR_H_

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "archive/section_walker.h"
#include "base/io.h"
#include "time/line_times.h"

namespace logpress::archive {

// A place where blocks were lost, or where one is out of place.
struct LostPlace {
  Damage damage;
  // The last time before it and the first behind it; of no kind where nobody knows.
  time::LineTime after;
  time::LineTime before;
};

struct RepairReport {
  bool whole = true;  // there was nothing to mend: what was written is what was read
  // Kept:
  uint64_t archives = 0;
  uint64_t blocks = 0;
  uint64_t lines = 0;
  uint64_t raw_bytes = 0;
  uint64_t packed_bytes = 0;  // written
  // Lost:
  uint64_t places = 0;  // but for those with a block out of place
  uint64_t lost_packed_bytes = 0;
  uint64_t lost_lines = 0;
  bool all_losses_known = true;  // false: lost_lines is the least it can be
  // Kept where they stand, although they belong elsewhere.
  uint64_t blocks_out_of_place = 0;
};

// Copies to `sink` every block of `file` whose payload matches its check, as it is and without
// decoding it, and gives every archive an index and a footer of its own. Blocks are numbered anew.
// Calls `lost` for each place where something is left out or out of place, in order (null: does
// not).
//
// OK although something was lost; *report says so. kInvalidArgument when there is no archive in the
// file, kUnimplemented when there is one of a later version, or an error of `file` and `sink`: what
// was written is then of no use.
absl::Status Repair(RandomAccess* file, ByteSink* sink,
                    const std::function<void(const LostPlace&)>& lost, RepairReport* report);

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_REPAIR_H_
