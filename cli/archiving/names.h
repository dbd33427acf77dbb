// Names: what becomes of them, and the hidden ones that a run leaves for a moment; which of them
// look rotated is in rotated_names.h. Names are bytes; nothing here minds spaces, newlines or
// broken UTF-8.
#ifndef LOGPRESS_CLI_ARCHIVING_NAMES_H_
#define LOGPRESS_CLI_ARCHIVING_NAMES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logpress::cli::archiving {

// The archive that `source` becomes: "app.log.1" and "app.log.1.gz" become "app.log.1.lpz".
std::string ArchiveName(std::string_view source);

// Where that name is taken by another log: "app.log.1-20240531T235959Z.lpz", by the time of the
// last change of the source, in seconds since 1970. The same for every run.
std::string DatedArchiveName(std::string_view source, int64_t changed);

// The hidden names. The archive while it is written, ".app.log.1.lpz-new"; the source in the moment
// before it is removed, ".app.log.1.lpz-rm", nothing when that would be too long a name.
std::string NewName(std::string_view archive);
std::optional<std::string> RemovalName(std::string_view source);
bool IsNewName(std::string_view name);
// The source that `name` stands for, if it is one of RemovalName().
std::optional<std::string> SourceOfRemovalName(std::string_view name);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_NAMES_H_
