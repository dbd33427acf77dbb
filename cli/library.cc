#include "cli/library.h"

#include "base/bytes.h"
#include "base/status.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

// For the library; what went wrong is kept beside.
constexpr int kFailed = -1;

}  // namespace

absl::Status StatusOf(logpress_code code, const char* message) {
  switch (code) {
    case LOGPRESS_OK:
    case LOGPRESS_END:
      return absl::OkStatus();
    case LOGPRESS_INVALID_ARGUMENT:
    case LOGPRESS_NOT_AN_ARCHIVE:
      return absl::InvalidArgumentError(message);
    case LOGPRESS_MISUSE:
    case LOGPRESS_WRONG_DICTIONARY:
      return absl::FailedPreconditionError(message);
    case LOGPRESS_DAMAGED:
      return absl::DataLossError(message);
    case LOGPRESS_UNSUPPORTED:
      return absl::UnimplementedError(message);
    case LOGPRESS_MEMORY_LIMIT:
      return absl::ResourceExhaustedError(message);
    case LOGPRESS_OUT_OF_MEMORY:
      return OutOfMemory(message);
    case LOGPRESS_BUFFER_TOO_SMALL:
    case LOGPRESS_OUT_OF_RANGE:
      return absl::OutOfRangeError(message);
    case LOGPRESS_IO_ERROR:
      return absl::UnknownError(message);
    case LOGPRESS_INTERNAL:
      break;
  }
  return absl::InternalError(message);
}

logpress_source LibrarySource::source() {
  const auto read_at = [](void* opaque, uint64_t offset, void* buffer, size_t size) {
    auto* const self = static_cast<LibrarySource*>(opaque);
    self->failure_ = self->file_->ReadAt(offset, size, static_cast<char*>(buffer));
    return self->failure_.ok() ? 0 : kFailed;
  };
  return {file_->Size(), read_at, this};
}

int LibrarySink::Write(void* opaque, const void* data, size_t size) {
  auto* const self = static_cast<LibrarySink*>(opaque);
  self->failure_ = self->sink_->Write(ByteView(static_cast<const char*>(data), size));
  return self->failure_.ok() ? 0 : kFailed;
}

std::string DictionaryName(uint64_t id) { return Formatted("%016x", id); }

}  // namespace logpress::cli
