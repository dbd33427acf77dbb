// Where in a file that holds archives the next one goes.
#ifndef LOGPRESS_ARCHIVE_APPEND_H_
#define LOGPRESS_ARCHIVE_APPEND_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "base/bytes.h"
#include "base/io.h"

namespace logpress::archive {

struct AppendPoint {
  uint64_t offset = 0;  // what stands behind it is to be cut off
  ByteBuffer end;       // to be written there first: ends an archive that was torn; may be empty
  uint64_t cut = 0;     // bytes that are cut off
};

// Finds the end of the last archive in `file`. A tail that is torn, as a crash leaves it, is to be
// cut off behind its last block that decodes; then the archive is whole again. An empty file begins
// at 0. Errors: those of IndexReader::Open, and kDataLoss when the file is damaged elsewhere:
// nothing should be appended to it.
absl::StatusOr<AppendPoint> FindAppendPoint(RandomAccess* file, uint64_t memory_limit);

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_APPEND_H_
