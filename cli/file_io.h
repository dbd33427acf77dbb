// Files through FileOps: descriptors that close themselves, and the interfaces of base/io.h.
//
// Interrupted calls are repeated and short transfers completed. Errors carry their errno
// (StatusErrno of base/status.h) and the message "NAME: cannot ...: text of the error".
#ifndef LOGPRESS_CLI_FILE_IO_H_
#define LOGPRESS_CLI_FILE_IO_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/io.h"
#include "cli/file_ops.h"

namespace logpress::cli {

// Owns a descriptor, or none (-1).
class Fd {
 public:
  Fd() = default;
  Fd(FileOps* ops, int fd) : ops_(ops), fd_(fd) {}
  Fd(Fd&& other) noexcept : ops_(other.ops_), fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    Reset();
    ops_ = other.ops_;
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  ~Fd() { Reset(); }

  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }
  // Closes it now; what the call returned.
  int Reset() {
    const int fd = std::exchange(fd_, -1);
    return fd < 0 ? 0 : ops_->Close(fd);
  }

 private:
  FileOps* ops_ = nullptr;
  int fd_ = -1;
};

// OpenAt that is repeated when interrupted; close-on-exec always. -1 and errno as the call.
Fd OpenFile(FileOps* ops, int folder, const std::string& name, int flags, mode_t mode = 0);

// Borrow the descriptor. `name` is how messages call the file.
class OpsSink : public ByteSink {
 public:
  OpsSink(FileOps* ops, int fd, std::string name) : ops_(ops), fd_(fd), name_(std::move(name)) {}
  absl::Status Write(ByteView bytes) override;

 private:
  FileOps* ops_;
  int fd_;
  std::string name_;
};

class OpsSource : public ByteSource {
 public:
  OpsSource(FileOps* ops, int fd, std::string name) : ops_(ops), fd_(fd), name_(std::move(name)) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override;

 private:
  FileOps* ops_;
  int fd_;
  std::string name_;
};

// `size` is what fstat says.
class OpsRandomAccess : public RandomAccess {
 public:
  OpsRandomAccess(FileOps* ops, int fd, uint64_t size, std::string name)
      : ops_(ops), fd_(fd), size_(size), name_(std::move(name)) {}
  uint64_t Size() const override { return size_; }
  absl::Status ReadAt(uint64_t offset, size_t size, char* buffer) override;

 private:
  FileOps* ops_;
  int fd_;
  uint64_t size_;
  std::string name_;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_FILE_IO_H_
