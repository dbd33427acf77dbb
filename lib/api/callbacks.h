// What callers give for files: their functions as the stages see them.
#ifndef LOGPRESS_API_CALLBACKS_H_
#define LOGPRESS_API_CALLBACKS_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "api/handle.h"
#include "base/bytes.h"
#include "base/io.h"
#include "base/memory.h"
#include "logpress/reader.h"
#include "logpress/writer.h"

namespace logpress::api {

// Runs a function of the caller's from within a call. What it takes of memory is not the handle's,
// which may end before that is freed.
template <typename Function>
auto CallOut(const Function& function) {
  const MemoryScope outside(nullptr);
  return function();
}

class CallbackSource : public RandomAccess {
 public:
  explicit CallbackSource(const logpress_source& source) : source_(source) {}
  uint64_t Size() const override { return source_.size; }
  absl::Status ReadAt(uint64_t offset, size_t size, char* buffer) override {
    if (offset > source_.size || size > source_.size - offset)
      return absl::DataLossError("the archive ends inside what is to be read");
    if (size == 0) return absl::OkStatus();
    const int result =
        CallOut([&] { return source_.read_at(source_.opaque, offset, buffer, size); });
    return result == 0 ? absl::OkStatus() : CallbackError("reading", result);
  }

 private:
  const logpress_source source_;
};

// kInvalidArgument when the caller gave no function.
inline absl::Status CheckSource(const logpress_source* source) {
  if (source != nullptr && source->read_at != nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError("source or its read_at is NULL");
}

class CallbackSink : public ByteSink {
 public:
  CallbackSink(logpress_write_function write, void* opaque) : write_(write), opaque_(opaque) {}
  absl::Status Write(ByteView bytes) override {
    if (bytes.empty()) return absl::OkStatus();
    const int result = CallOut([&] { return write_(opaque_, bytes.data(), bytes.size()); });
    return result == 0 ? absl::OkStatus() : CallbackError("writing", result);
  }

 private:
  const logpress_write_function write_;
  void* const opaque_;
};

}  // namespace logpress::api

#endif  // LOGPRESS_API_CALLBACKS_H_
