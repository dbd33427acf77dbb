// What is there after a run: the archives of each policy by the folder that it watches, told by
// their indexes alone. For metrics.
#ifndef LOGPRESS_CLI_ARCHIVING_INVENTORY_H_
#define LOGPRESS_CLI_ARCHIVING_INVENTORY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "cli/archiving/file_archiver.h"
#include "cli/archiving/selection.h"
#include "cli/archiving/source_file.h"

namespace logpress::cli::archiving {

// What a folder that was named holds, with those below it.
struct Stock {
  int64_t archives = 0;
  int64_t unreadable = 0;  // of these, such as have no index or a damaged one
  int64_t raw_bytes = 0;   // of log, in the others
  int64_t archive_bytes = 0;
  // In seconds since 1970; nothing when no line says an instant.
  std::optional<int64_t> oldest_line;
  std::optional<int64_t> newest_line;
};

// By folder. Those that hold nothing are there too.
using Inventory = std::map<std::string, Stock>;

// Of the archives in `selection` that are not in `counted`, to which they go: an archive that
// several policies see counts for the first. Nothing when a signal came meanwhile.
std::optional<Inventory> TakeInventory(const RunContext& context, const Selection& selection,
                                       FileIds* counted);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_INVENTORY_H_
