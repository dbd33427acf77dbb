#include "cli/sparse_sink.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/status.h"

namespace logpress::cli {
namespace {

// What most file systems keep or leave out as a whole.
constexpr size_t kPage = 4096;

bool IsZero(ByteView page) {
  return page[0] == '\0' && std::memcmp(page.data(), page.data() + 1, page.size() - 1) == 0;
}

}  // namespace

absl::Status SparseSink::Write(ByteView bytes) {
  if (!sparse_) return sink_.Write(bytes);
  size_t data = 0;  // where what is to be written begins
  size_t at = std::min<size_t>((kPage - offset_ % kPage) % kPage, bytes.size());
  while (bytes.size() - at >= kPage) {
    if (!IsZero(bytes.substr(at, kPage))) {
      at += kPage;
      continue;
    }
    LOGPRESS_RETURN_IF_ERROR(WriteData(bytes.substr(data, at - data)));
    hole_ += kPage;
    offset_ += kPage;
    at += kPage;
    data = at;
  }
  return WriteData(bytes.substr(data));
}

absl::Status SparseSink::WriteData(ByteView bytes) {
  if (bytes.empty()) return absl::OkStatus();
  if (hole_ > 0 && lseek(fd_, static_cast<off_t>(hole_), SEEK_CUR) < 0)
    return ErrnoStatus(errno, name_);
  hole_ = 0;
  offset_ += bytes.size();
  return sink_.Write(bytes);
}

absl::Status SparseSink::Finish() {
  if (hole_ > 0 && ftruncate(fd_, static_cast<off_t>(offset_)) != 0)
    return ErrnoStatus(errno, name_);
  return absl::OkStatus();
}

}  // namespace logpress::cli
