// Where the bytes of a file of archives go, as a table.
#ifndef LOGPRESS_CLI_PARTS_TABLE_H_
#define LOGPRESS_CLI_PARTS_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "logpress/reader.h"

namespace logpress::cli {

// A row for each, and one for all.
std::string PartsTable(const std::vector<logpress_part>& parts, uint64_t packed_size,
                       uint64_t lines);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_PARTS_TABLE_H_
