// Streams between files: the bytes of a part, and what is hashed on its way.
#ifndef LOGPRESS_CLI_FLEET_STREAMS_H_
#define LOGPRESS_CLI_FLEET_STREAMS_H_

#include <algorithm>
#include <cstdint>

#include "base/io.h"
#include "base/status.h"
#include "cli/archiving/contents.h"

namespace logpress::cli::fleet {

class PartSource : public ByteSource {
 public:
  // Of `size` bytes of `file`, which is borrowed, from `begin` on.
  PartSource(RandomAccess* file, uint64_t begin, uint64_t size)
      : file_(file), at_(begin), rest_(size) {}

  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    size = std::min<uint64_t>(size, rest_);
    if (size > 0) LOGPRESS_RETURN_IF_ERROR(file_->ReadAt(at_, size, buffer));
    at_ += size;
    rest_ -= size;
    return size;
  }

 private:
  RandomAccess* const file_;
  uint64_t at_;
  uint64_t rest_;
};

class HashingSink : public ByteSink {
 public:
  // Hands on to `sink`, which is borrowed.
  explicit HashingSink(ByteSink* sink) : sink_(sink) {}

  absl::Status Write(ByteView bytes) override {
    hasher_.Add(bytes);
    return sink_->Write(bytes);
  }
  // What came by.
  archiving::Contents contents() const { return hasher_.contents(); }

 private:
  ByteSink* const sink_;
  archiving::ContentsHasher hasher_;
};

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_STREAMS_H_
