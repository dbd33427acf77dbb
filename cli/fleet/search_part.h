// Searching and verifying a part: of an archive that was made by the plan, or of a file that it
// names.
#ifndef LOGPRESS_CLI_FLEET_SEARCH_PART_H_
#define LOGPRESS_CLI_FLEET_SEARCH_PART_H_

#include <string>

#include "absl/status/statusor.h"
#include "base/io.h"
#include "cli/archiving/contents.h"
#include "cli/fleet/context.h"
#include "cli/fleet/plan.h"
#include "cli/fleet/record.h"

namespace logpress::cli::fleet {

// Where the part is looked for.
std::string PathOfRead(const Context& context, const Part& part);

// The options with which a file is searched.
grep::GrepOptions SearchOptionsOf(const Context& context, const std::string& path);

// Prints to `out` what is found in the part, as `logpress grep` does of the whole file. Ranges of
// a log are searched one by one only where that comes to the same; else the first has it all.
absl::StatusOr<PartResult> SearchPart(const Context& context, const Part& part, ByteSink* out);

// Reads the part to its end. kDataLoss when it is damaged, or holds something else than `packed`
// (null: that is not known).
absl::StatusOr<PartResult> VerifyPart(const Context& context, const Part& part,
                                      const archiving::Contents* packed);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_SEARCH_PART_H_
