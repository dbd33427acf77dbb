// Where bytes come from and go to: three small interfaces, so that the archive neither knows files
// nor needs them. base/fd_io.h implements them over file descriptors, base/memory_io.h over memory.
#ifndef LOGPRESS_BASE_IO_H_
#define LOGPRESS_BASE_IO_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/bytes.h"

namespace logpress {

// Takes bytes in order. One thread at a time.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  // Takes all of `bytes` or fails; after a failure an unknown part of them was taken.
  virtual absl::Status Write(ByteView bytes) = 0;
};

// Gives bytes in order. One thread at a time.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Puts up to `size` bytes (size > 0) into `buffer` and returns how many: at least one, fewer than
  // `size` only because no more are there right now, 0 at the end.
  virtual absl::StatusOr<size_t> Read(char* buffer, size_t size) = 0;
};

// Bytes of a known number that can be read anywhere. One thread at a time.
class RandomAccess {
 public:
  virtual ~RandomAccess() = default;
  virtual uint64_t Size() const = 0;
  // Fills `buffer` with the `size` bytes at `offset`. kOutOfRange when they end beyond Size() or
  // the file has become shorter.
  virtual absl::Status ReadAt(uint64_t offset, size_t size, char* buffer) = 0;
};

}  // namespace logpress

#endif  // LOGPRESS_BASE_IO_H_
