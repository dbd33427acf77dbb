// Where the bytes of a file of archives go, as a table.
#ifndef LOGPRESS_CLI_PARTS_TABLE_H_
#define LOGPRESS_CLI_PARTS_TABLE_H_

#include <string>

#include "absl/status/statusor.h"
#include "archive/index_reader.h"

namespace logpress::cli {

// A row for each part that takes anything, and one for all. Decodes every block; errors are those
// of reading them.
absl::StatusOr<std::string> PartsTable(archive::IndexReader* reader);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_PARTS_TABLE_H_
