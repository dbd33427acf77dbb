// The file of a trained dictionary; see docs/format.md.
#ifndef LOGPRESS_PRIMER_FILE_H_
#define LOGPRESS_PRIMER_FILE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "backend/byte_packer.h"
#include "base/bytes.h"

namespace logpress::primer {

struct File {
  uint64_t id = 0;         // XXH64 of all that follows
  uint64_t described = 0;  // bytes of rows that the description is of
  uint64_t rows = 0;       // that follow it
  uint64_t text_size = 0;  // of these
  uint64_t meta_size = 0;  // of the description
  uint64_t long_size = 0;  // of long strings
  backend::PackerId packer = backend::PackerId::kStore;
  ByteView packed;  // the description and long strings
  ByteView coded;
};

// Appends the file to *out; sets the id.
void AppendFile(File* file, ByteBuffer* out);

// kInvalidArgument if the bytes are no dictionary, kDataLoss if they are a damaged one,
// kUnimplemented if it is of a newer version. The views are of `bytes`.
absl::Status ParseFile(ByteView bytes, File* file);

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_FILE_H_
