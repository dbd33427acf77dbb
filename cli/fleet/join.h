// The archives of the ranges of a log become the archive of the log: joined archives are an
// archive.
#ifndef LOGPRESS_CLI_FLEET_JOIN_H_
#define LOGPRESS_CLI_FLEET_JOIN_H_

#include <span>

#include "absl/status/status.h"
#include "cli/fleet/pack_part.h"
#include "cli/fleet/plan.h"
#include "cli/fleet/record.h"

namespace logpress::cli::fleet {

// `parts` are all of one file, `results` what came of each. The joined archive is compared with
// these to the byte before and after it is on the disk, has the attributes of the log, and gets its
// name as that of a whole log does; then the archives of the ranges are removed. Where that was
// done before, nothing is. "what; what to do" when it fails: kDataLoss when an archive is not what
// its record says, kNotFound when it is gone, else as PackPart.
absl::Status JoinRanges(const Context& context, std::span<const Part> parts,
                        std::span<const PartResult> results);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_JOIN_H_
