// Where the bytes of a file of archives go, as a table.
#ifndef LOGPRESS_CLI_PARTS_TABLE_H_
#define LOGPRESS_CLI_PARTS_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "archive/index_reader.h"

namespace logpress::cli {

// What one part takes of a file of archives, and on how many things.
struct PartSize {
  std::string name;
  uint64_t bytes;
  uint64_t count;  // 0: there is nothing to count
};

// All parts that take anything. Decodes every block; errors are those of reading them.
absl::StatusOr<std::vector<PartSize>> MeasureParts(archive::IndexReader* reader);

// A row for each, and one for all.
std::string PartsTable(const std::vector<PartSize>& parts, uint64_t packed_size, uint64_t lines);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_PARTS_TABLE_H_
