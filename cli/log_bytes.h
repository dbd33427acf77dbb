// The bytes of a log, or a part of them, out of whatever file it is kept in.
#ifndef LOGPRESS_CLI_LOG_BYTES_H_
#define LOGPRESS_CLI_LOG_BYTES_H_

#include "absl/status/status.h"
#include "archive/reader.h"
#include "base/io.h"
#include "cli/archive_input.h"
#include "cli/console.h"
#include "cli/input_file.h"
#include "cli/options.h"

namespace logpress::cli {

// What else than archives is read.
enum class Accept {
  kArchives,
  kPacked,    // the files of other packers too
  kAnything,  // and all other files as they are
};

// Gives options.part of what `source` holds to `sink`; through the index of an archive, if it has
// one. Damaged places are told on `console` when options.recover passes over them. Errors begin
// with the name of the input, but for those of `sink`.
absl::Status ReadLog(const Options& options, Accept accept, ArchiveSource* source,
                     const InputFile& input, ByteSink* sink, Console* console,
                     archive::ReaderTotals* totals);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_LOG_BYTES_H_
