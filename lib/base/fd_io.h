// The interfaces of base/io.h over POSIX file descriptors.
//
// Interrupted calls are repeated and short transfers completed. Every error is a value that carries
// the errno (StatusErrno of base/status.h): a full disk is ENOSPC and kResourceExhausted, a closed
// pipe is EPIPE; for the latter the program must have SIGPIPE ignored. The descriptor is borrowed:
// opening, syncing and closing are the caller's. `name` is how messages call the file.
#ifndef LOGPRESS_BASE_FD_IO_H_
#define LOGPRESS_BASE_FD_IO_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/io.h"

namespace logpress {

class FdSink : public ByteSink {
 public:
  FdSink(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  absl::Status Write(ByteView bytes) override;

 private:
  int fd_;
  std::string name_;
};

class FdSource : public ByteSource {
 public:
  FdSource(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override;

 private:
  int fd_;
  std::string name_;
};

// Reads with pread, so the descriptor's own position stays where it was.
class FdRandomAccess : public RandomAccess {
 public:
  // kFailedPrecondition when the descriptor cannot seek (a pipe, a terminal). The size is taken
  // now.
  static absl::StatusOr<std::unique_ptr<FdRandomAccess>> Open(int fd, std::string name);
  uint64_t Size() const override { return size_; }
  absl::Status ReadAt(uint64_t offset, size_t size, char* buffer) override;

 private:
  FdRandomAccess(int fd, std::string name, uint64_t size)
      : fd_(fd), name_(std::move(name)), size_(size) {}

  int fd_;
  std::string name_;
  uint64_t size_;
};

}  // namespace logpress

#endif  // LOGPRESS_BASE_FD_IO_H_
