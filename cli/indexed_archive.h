// An archive in a file, read through its index.
#ifndef LOGPRESS_CLI_INDEXED_ARCHIVE_H_
#define LOGPRESS_CLI_INDEXED_ARCHIVE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "archive/index_reader.h"
#include "base/io.h"
#include "cli/archive_input.h"
#include "cli/input_file.h"
#include "cli/options.h"

namespace logpress::cli {

struct IndexedArchive {
  std::unique_ptr<RandomAccess> file;
  std::unique_ptr<archive::IndexReader> index;  // null: it has to be read front to back
};

// The archive that `source` stands at the beginning of, unless it is none, cannot seek, or what is
// damaged is to be passed over. Errors are those of ArchiveError().
absl::StatusOr<IndexedArchive> OpenIndexed(const Options& options, ArchiveSource* source,
                                           const InputFile& input);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_INDEXED_ARCHIVE_H_
