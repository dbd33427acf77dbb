// Packing a part, with what `logpress archive` guarantees: nothing appears under its name before it
// is complete, on the disk, and read back.
#ifndef LOGPRESS_CLI_FLEET_PACK_PART_H_
#define LOGPRESS_CLI_FLEET_PACK_PART_H_

#include <string>

#include "absl/status/statusor.h"
#include "cli/archiving/new_archive.h"
#include "cli/file_io.h"
#include "cli/fleet/context.h"
#include "cli/fleet/plan.h"
#include "cli/fleet/record.h"

namespace logpress::cli::fleet {

// A name in a folder.
struct Place {
  std::string folder;
  std::string name;

  std::string Path() const;
};

// Where the archive of the part goes: that of a whole file to its place, that of a range into the
// folder of the work.
Place PlaceOfPart(const Context& context, const Part& part);
// The place that a path names.
Place PlaceOf(const std::string& path);

// Packs the part. "what; what to do" when that fails: kNotFound, kPermissionDenied,
// kFailedPrecondition when the log is not what the plan says, kAlreadyExists when another archive
// is in the way, kDataLoss when it does not read back, kCancelled when the run is to stop.
absl::StatusOr<PartResult> PackPart(const Context& context, const Part& part);

// Whether what an earlier run says of the part still stands.
bool StillThere(const Context& context, const Part& part, const PartResult& result);

// Removes what earlier runs left unfinished of the archive `name`.
void RemoveUnfinished(const Context& context, int folder, const std::string& name);
// The hidden name of an archive that the run `token` has not finished.
std::string UnfinishedName(const std::string& name, const std::string& token);

// Opens the folder of a place; with --output-dir it is made.
absl::StatusOr<Fd> OpenPlace(const Context& context, const Place& place);

// What is there instead of an archive.
absl::Status InTheWay(const std::string& name);

// Gives `made`, which holds `output`, its name, and syncs the folder. What stands there already is
// left, if it is the same to the byte; if it is not, kAlreadyExists.
absl::Status PlaceOrCompare(const Context& context, int folder, const std::string& name,
                            const archiving::Contents& output, archiving::NewArchive* made);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_PACK_PART_H_
