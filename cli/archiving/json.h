// The report as JSON Lines: an object a file, and one for the run at the end. Each is a line.
#ifndef LOGPRESS_CLI_ARCHIVING_JSON_H_
#define LOGPRESS_CLI_ARCHIVING_JSON_H_

#include <string>
#include <string_view>

namespace logpress::cli::archiving {

struct FileResult;
struct PolicyTotals;

std::string FileJson(const FileResult& result, std::string_view policy, bool dry_run);
// An error or a warning that is no file's outcome.
std::string MessageJson(std::string_view type, std::string_view path, std::string_view message);
std::string SummaryJson(const PolicyTotals& totals, double seconds, std::string_view stopped,
                        bool dry_run);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_JSON_H_
