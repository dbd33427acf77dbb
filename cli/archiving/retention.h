// Archives that have served their time.
#ifndef LOGPRESS_CLI_ARCHIVING_RETENTION_H_
#define LOGPRESS_CLI_ARCHIVING_RETENTION_H_

#include <vector>

#include "cli/archiving/file_archiver.h"
#include "cli/archiving/source_file.h"

namespace logpress::cli::archiving {

// Deletes of `archives`, which are the policy's, those whose log ended before Policy::delete_after
// (by the time of its last line where that is known, else by the time of its last change), and then
// the oldest until all of them together take no more than Policy::max_total. An archive is deleted
// only if it can be read to its end without error; one that cannot is an error, and stays. Each is
// told. None that this run made is deleted, whatever it is due for: that is told, and so is what
// `unpacked` bytes of logs that a dry run would have packed may lead to. Stops when the context
// says so.
void DeleteOld(const RunContext& context, const std::vector<Candidate>& archives,
               uint64_t unpacked);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_RETENTION_H_
