// What a file holds, as one value to compare: its size and a 128-bit hash (XXH3 of xxHash).
#ifndef LOGPRESS_CLI_ARCHIVING_CONTENTS_H_
#define LOGPRESS_CLI_ARCHIVING_CONTENTS_H_

#include <xxhash.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/bytes.h"
#include "base/io.h"
#include "cli/archiving/stop.h"
#include "cli/file_ops.h"
#include "logpress/time.h"

namespace logpress::cli::archiving {

struct Contents {
  uint64_t size = 0;
  XXH128_hash_t hash{};

  bool operator==(const Contents& other) const {
    return size == other.size && XXH128_isEqual(hash, other.hash) != 0;
  }
};

// Takes bytes in pieces. Not thread-safe.
class ContentsHasher {
 public:
  ContentsHasher() : state_(XXH3_createState(), XXH3_freeState) {
    XXH3_128bits_reset(state_.get());
  }
  void Add(ByteView bytes) {
    XXH3_128bits_update(state_.get(), bytes.data(), bytes.size());
    size_ += bytes.size();
  }
  Contents contents() const { return {size_, XXH3_128bits_digest(state_.get())}; }

 private:
  std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> state_;
  uint64_t size_ = 0;
};

struct DecodeLimits {
  int threads = 1;
  uint64_t memory = 0;  // bytes; 0: the library's default
};

// Reads the archive that `source` gives to its end, checks it and says what it holds. kCancelled
// when `stop` asks to end, else what archive::StreamReader returns.
absl::StatusOr<Contents> ArchiveContents(ByteSource* source, const DecodeLimits& limits,
                                         Stop* stop);

// Reads `source` to its end. kCancelled when `stop` asks to end.
absl::StatusOr<Contents> SourceContents(ByteSource* source, Stop* stop);

// True when the file behind `fd` begins like an archive. Its position stays.
bool BeginsLikeArchive(FileOps* ops, int fd);

// What an archive holds, by its index alone. Times are in seconds since 1970, and nothing where the
// lines say no year or no date.
struct IndexSummary {
  uint64_t raw_bytes = 0;
  std::optional<int64_t> oldest_line;
  std::optional<int64_t> newest_line;
  std::optional<int64_t> end_of_last_line;
};
// Of the archive behind `fd`; an error when it has no index, or a damaged one.
absl::StatusOr<IndexSummary> ReadIndex(FileOps* ops, int fd, const std::string& name);

// The end of what `time` may stand for: of a date, the end of the day. Nothing when it is no
// instant.
std::optional<int64_t> SecondsAtEnd(const logpress_time& time);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_CONTENTS_H_
