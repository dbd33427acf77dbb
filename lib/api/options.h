// logpress_options as the stages understand them.
#ifndef LOGPRESS_API_OPTIONS_H_
#define LOGPRESS_API_OPTIONS_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "api/handle.h"
#include "archive/reader.h"
#include "archive/writer.h"
#include "base/thread_pool.h"
#include "logpress/logpress.h"

namespace logpress::api {

struct Options {
  archive::WriterOptions writer;
  archive::ReaderOptions reader;
  uint64_t memory_limit = archive::kDefaultMemoryLimit;
  uint64_t writer_limit = 0;  // 0: none
  uint64_t flush_interval = 0;
  bool check_all = false;
  logpress_bare bare = LOGPRESS_ARCHIVES;
  Memory::Source allocator;  // allocate is null: the system's
};

// kInvalidArgument, with what to do, when a field is out of range. Null gives the defaults.
absl::Status Convert(const logpress_options* given, Options* options);

// What a writer takes of the options, cut down to their memory limit. kResourceExhausted when it is
// too low.
absl::StatusOr<archive::WriterOptions> Fitted(const Options& options);

// Convert, and gives `handle` its memory.
absl::Status Prepare(const logpress_options* given, Handle* handle, Options* options);

}  // namespace logpress::api

#endif  // LOGPRESS_API_OPTIONS_H_
