// Writes a new file and leaves holes where pages of it are zero.
#ifndef LOGPRESS_CLI_SPARSE_SINK_H_
#define LOGPRESS_CLI_SPARSE_SINK_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "base/fd_io.h"
#include "base/io.h"

namespace logpress::cli {

// Borrows the descriptor, which must stand at the end of an empty regular file. One thread at a
// time.
class SparseSink : public ByteSink {
 public:
  // Without `sparse` all is written as it comes.
  SparseSink(int fd, const std::string& name, bool sparse)
      : fd_(fd), name_(name), sparse_(sparse), sink_(fd, name) {}

  // A hole is what is zero from one multiple of 4 KiB to another within `bytes`.
  absl::Status Write(ByteView bytes) override;
  // To be called at the end: a hole there is only known by the size of the file.
  absl::Status Finish();

 private:
  absl::Status WriteData(ByteView bytes);

  const int fd_;
  const std::string name_;
  const bool sparse_;
  FdSink sink_;
  uint64_t offset_ = 0;
  uint64_t hole_ = 0;  // zeros before offset_ that are not written
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_SPARSE_SINK_H_
