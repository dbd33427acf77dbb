// What a writer takes of memory, and how to take less.
#ifndef LOGPRESS_ARCHIVE_WRITER_MEMORY_H_
#define LOGPRESS_ARCHIVE_WRITER_MEMORY_H_

#include <cstdint>

#include "absl/status/status.h"
#include "archive/writer.h"

namespace logpress::archive {

// Bytes of base/memory.h that a writer with these options takes at most, whatever the log. Most
// logs take a quarter to a half of it.
uint64_t WriterMemory(const WriterOptions& options);

// Changes *options so that WriterMemory is at most `limit` bytes (0: no limit): fewer threads,
// which cost time only, and should one thread not do, smaller blocks, which cost ratio. The block
// size does not depend on the number of threads, so neither does the archive. kResourceExhausted,
// with what it takes at least, if no block of 64 KiB or more does.
absl::Status FitMemory(uint64_t limit, WriterOptions* options);

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_WRITER_MEMORY_H_
