// Where the bytes of a file of archives go.
#ifndef LOGPRESS_ARCHIVE_BREAKDOWN_H_
#define LOGPRESS_ARCHIVE_BREAKDOWN_H_

#include "absl/status/status.h"
#include "archive/index_reader.h"
#include "codec/breakdown.h"

namespace logpress::archive {

// Replaces *parts by what takes the bytes of `reader`'s file, all blocks together: they add up to
// its size. Decodes every block, one at a time. What the reader found damaged is kUnreadable; a
// block that cannot be decoded is an error, that of ReadBlock.
absl::Status MeasureFile(IndexReader* reader, codec::Breakdown* parts);

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_BREAKDOWN_H_
