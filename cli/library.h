// The library's C API as the program uses it: statuses for its codes, and files for its callbacks.
#ifndef LOGPRESS_CLI_LIBRARY_H_
#define LOGPRESS_CLI_LIBRARY_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "base/io.h"
#include "logpress/logpress.hpp"

namespace logpress::cli {

// What a call of the library came to; `message` is that of its handle. OK for LOGPRESS_END.
absl::Status StatusOf(logpress_code code, const char* message);

inline absl::Status StatusOf(const Error& error) {
  return StatusOf(error.code, error.message.c_str());
}

// A file that the library reads. Keeps the errors that a callback cannot give.
class LibrarySource {
 public:
  // Borrows `file`.
  explicit LibrarySource(RandomAccess* file) : file_(file) {}
  // To be handed to the library, as long as this lives.
  logpress_source source();
  // As above, but the error of the file where that is what ended the call.
  absl::Status StatusOf(logpress_code code, const char* message) const {
    return failure_.ok() ? cli::StatusOf(code, message) : failure_;
  }
  absl::Status StatusOf(const Error& error) const {
    return StatusOf(error.code, error.message.c_str());
  }

 private:
  RandomAccess* const file_;
  absl::Status failure_;
};

// What the library's output goes to, likewise.
class LibrarySink {
 public:
  // Borrows `sink`.
  explicit LibrarySink(ByteSink* sink) : sink_(sink) {}
  // A logpress_write_function, for which `opaque` is a LibrarySink.
  static int Write(void* opaque, const void* data, size_t size);
  const absl::Status& failure() const { return failure_; }

 private:
  ByteSink* const sink_;
  absl::Status failure_;
};

// A struct of the API with its size set.
template <typename Struct>
Struct Sized() {
  Struct value{};
  value.struct_size = sizeof(value);
  return value;
}

// An id of a trained dictionary as people are told it: sixteen hexadecimal digits.
std::string DictionaryName(uint64_t id);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_LIBRARY_H_
