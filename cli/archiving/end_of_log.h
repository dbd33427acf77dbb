// When a log ended, which is how old it and its archive are: the time of its last line where that
// is known, else the time of its last change, which archives carry. In seconds since 1970.
#ifndef LOGPRESS_CLI_ARCHIVING_END_OF_LOG_H_
#define LOGPRESS_CLI_ARCHIVING_END_OF_LOG_H_

#include <cstdint>

#include "cli/archiving/file_archiver.h"
#include "cli/archiving/source_file.h"

namespace logpress::cli::archiving {

// Of the log in the archive `archive`, by its index alone.
int64_t EndOfArchivedLog(FileOps* ops, const Candidate& archive);

// Of `log`, which nobody has packed yet, by its last megabyte. What another packer packed is
// unpacked for that.
int64_t EndOfLog(const RunContext& context, const Candidate& log);

// Why Policy::delete_after says that an archive has served its time, "its log ended 40 days ago";
// empty when it has not.
std::string DueToDelete(const RunContext& context, int64_t ended);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_END_OF_LOG_H_
