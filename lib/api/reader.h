// What a logpress_reader is, for the files that work on one.
#ifndef LOGPRESS_API_READER_H_
#define LOGPRESS_API_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/handle.h"
#include "archive/block_cache.h"
#include "archive/index_reader.h"
#include "base/bytes.h"
#include "base/io.h"
#include "base/thread_pool.h"
#include "logpress/logpress.h"

struct logpress_reader : logpress::api::Handle {
  std::unique_ptr<logpress::RandomAccess> source;
  std::unique_ptr<logpress::archive::IndexReader> index;  // null when it could not be opened
  std::string damage;
  bool check_all = false;
  int threads = 1;
  logpress::ThreadPool::Executor executor;
  std::optional<logpress::archive::BlockCache> blocks;  // what lines are read from
  std::shared_ptr<const logpress::archive::BlockCache::Block>
      block;                         // of logpress_reader_read_block
  uint64_t next_block = 0;           // behind that one
  std::vector<logpress_part> parts;  // of logpress_reader_breakdown
};

namespace logpress::api {

// Gives a handle that is made from `reader`, which may be null, the reader's memory.
inline auto PrepareFrom(const logpress_reader* reader) {
  return [reader](Handle* made) -> absl::Status {
    if (reader == nullptr) return absl::InvalidArgumentError("reader is NULL");
    if (reader->start != LOGPRESS_OK)
      return absl::FailedPreconditionError("the reader could not be opened");
    made->memory = reader->memory;
    return absl::OkStatus();
  };
}

}  // namespace logpress::api

#endif  // LOGPRESS_API_READER_H_
