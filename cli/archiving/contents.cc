#include "cli/archiving/contents.h"

#include <sys/stat.h>

#include <algorithm>
#include <vector>

#include "archive/reader.h"
#include "cli/file_io.h"
#include "cli/library.h"
#include "cli/text.h"
#include "logpress/logpress.hpp"

namespace logpress::cli::archiving {
namespace {

constexpr size_t kReadSize = size_t{256} << 10;

class HashSink : public ByteSink {
 public:
  explicit HashSink(Stop* stop) : stop_(stop) {}
  absl::Status Write(ByteView bytes) override {
    if (stop_->Requested()) return absl::CancelledError("stopped");
    hasher_.Add(bytes);
    return absl::OkStatus();
  }
  Contents contents() const { return hasher_.contents(); }

 private:
  Stop* stop_;
  ContentsHasher hasher_;
};

// 0 when it cannot be told: then there is no index either.
uint64_t FileSize(FileOps* ops, int fd) {
  struct stat info {};
  return ops->Stat(fd, &info) == 0 ? static_cast<uint64_t>(info.st_size) : 0;
}

}  // namespace

absl::StatusOr<Contents> ArchiveContents(ByteSource* source, const DecodeLimits& limits,
                                         Stop* stop) {
  archive::ReaderOptions options;
  options.threads = limits.threads;
  options.memory_limit = limits.memory;
  archive::StreamReader reader(source, options);
  HashSink sink(stop);
  if (absl::Status status = reader.ReadAll(&sink); !status.ok()) {
    if (stop->Requested()) return absl::CancelledError("stopped");
    return status;
  }
  return sink.contents();
}

absl::StatusOr<Contents> SourceContents(ByteSource* source, Stop* stop) {
  std::vector<char> buffer(kReadSize);
  ContentsHasher hasher;
  for (;;) {
    if (stop->Requested()) return absl::CancelledError("stopped");
    const absl::StatusOr<size_t> size = source->Read(buffer.data(), buffer.size());
    if (!size.ok()) return size.status();
    if (*size == 0) return hasher.contents();
    hasher.Add(ByteView(buffer.data(), *size));
  }
}

bool BeginsLikeArchive(FileOps* ops, int fd) {
  char start[8];
  const ssize_t got = ops->ReadAt(fd, start, sizeof start, 0);
  return got > 0 && archive::LooksLikeArchive(ByteView(start, static_cast<size_t>(got)));
}

absl::StatusOr<IndexSummary> ReadIndex(FileOps* ops, int fd, const std::string& name) {
  OpsRandomAccess file(ops, fd, FileSize(ops, fd), name);
  LibrarySource source(&file);
  const Result<Reader> reader = Reader::Open(source.source());
  if (!reader) return source.StatusOf(reader.error());
  if (!reader->damage().empty()) return absl::DataLossError(Cat(reader->damage()));
  IndexSummary summary;
  summary.raw_bytes = reader->info().raw_bytes;
  for (uint64_t i = 0; i < reader->info().blocks; ++i) {
    const logpress_block_info block = *reader->Block(i);
    if (block.last_time.kind == LOGPRESS_TIME_NONE) continue;
    summary.end_of_last_line = SecondsAtEnd(block.last_time);
    if (block.time_kind != LOGPRESS_TIME_INSTANT) continue;
    const int64_t oldest = block.lowest_time / 1'000'000;
    const int64_t newest = block.highest_time / 1'000'000;
    summary.oldest_line = std::min(summary.oldest_line.value_or(oldest), oldest);
    summary.newest_line = std::max(summary.newest_line.value_or(newest), newest);
  }
  return summary;
}

std::optional<int64_t> SecondsAtEnd(const logpress_time& time) {
  if (time.kind != LOGPRESS_TIME_INSTANT) return std::nullopt;
  return time.end / 1'000'000;
}

}  // namespace logpress::cli::archiving
