// Where an archive is written to: its new file, with an eye on the room that is left.
#ifndef LOGPRESS_CLI_ARCHIVING_NEW_FILE_SINK_H_
#define LOGPRESS_CLI_ARCHIVING_NEW_FILE_SINK_H_

#include <sys/statvfs.h>

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "base/io.h"
#include "cli/file_io.h"
#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli::archiving {

// Borrows the descriptor.
class NewFileSink : public ByteSink {
 public:
  // `min_free`: bytes of the file system that are left to others.
  NewFileSink(FileOps* ops, int fd, std::string name, uint64_t min_free)
      : ops_(ops), fd_(fd), name_(std::move(name)), min_free_(min_free), sink_(ops, fd, name_) {}

  // As OpsSink; kResourceExhausted without an errno when less than `min_free` would be left.
  absl::Status Write(ByteView bytes) override {
    if (min_free_ > 0 && unchecked_ >= kCheckEvery) {
      unchecked_ = 0;
      struct statvfs info {};
      // A file system that does not know has no bound to guard.
      if (ops_->StatFileSystem(fd_, &info) == 0 && info.f_blocks > 0) {
        const uint64_t free = uint64_t{info.f_bavail} * info.f_frsize;
        if (free < min_free_) {
          return absl::ResourceExhaustedError(
              Cat(name_, ": only ", HumanSize(free), " are free on its file system, and ",
                  HumanSize(min_free_), " are to stay so; make room, or lower --min-free"));
        }
      }
    }
    unchecked_ += bytes.size();
    return sink_.Write(bytes);
  }

 private:
  static constexpr uint64_t kCheckEvery = uint64_t{4} << 20;

  FileOps* ops_;
  int fd_;
  std::string name_;
  uint64_t min_free_;
  uint64_t unchecked_ = kCheckEvery;
  OpsSink sink_;
};

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_NEW_FILE_SINK_H_
