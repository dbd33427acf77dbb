// The report as JSON Lines on standard output: an object a file, and one for the run at the end.
#ifndef LOGPRESS_CLI_ARCHIVING_JSON_H_
#define LOGPRESS_CLI_ARCHIVING_JSON_H_

#include <string_view>

namespace logpress::cli::archiving {

struct FileResult;
struct PolicyTotals;

void PrintJsonFile(const FileResult& result, std::string_view policy, bool dry_run);
// An error or a warning that is no file's outcome.
void PrintJsonMessage(std::string_view type, std::string_view path, std::string_view message);
void PrintJsonSummary(const PolicyTotals& totals, double seconds, std::string_view stopped,
                      bool dry_run);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_JSON_H_
