#include "api/handle.h"

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "block/dictionary.h"

namespace logpress::api {
namespace {

constexpr char kOutOfMemory[] = "out of memory";
constexpr char kInternal[] = "a fault of logpress; please report it";
// Payloads that tell errors of the API's own from those of the stages.
constexpr char kTooSmallUrl[] = "logpress/too-small";

// No string: a thread that has to free something at its end needs memory to note that, and glibc
// ends the process where there is none.
constinit thread_local char message_of_thread[1024] = "";

}  // namespace

absl::Status CallbackError(const char* what, int result) {
  return absl::AbortedError(absl::StrCat(what, " failed: the callback returned ", result));
}

absl::Status TooSmall() {
  absl::Status status = absl::OutOfRangeError("the destination is too small for the result");
  status.SetPayload(kTooSmallUrl, absl::Cord());
  return status;
}

absl::Status ReadingStatus(const absl::Status& status) {
  if (status.code() != absl::StatusCode::kInvalidArgument) return status;
  return absl::NotFoundError(status.message());
}

logpress_code CodeOf(const absl::Status& status) {
  if (StatusErrno(status) != 0) return LOGPRESS_IO_ERROR;
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return LOGPRESS_OK;
    case absl::StatusCode::kInvalidArgument:
      return LOGPRESS_INVALID_ARGUMENT;
    case absl::StatusCode::kFailedPrecondition:
      return block::IsWrongDictionary(status) ? LOGPRESS_WRONG_DICTIONARY : LOGPRESS_MISUSE;
    case absl::StatusCode::kNotFound:
      return LOGPRESS_NOT_AN_ARCHIVE;
    case absl::StatusCode::kDataLoss:
      return LOGPRESS_DAMAGED;
    case absl::StatusCode::kUnimplemented:
      return LOGPRESS_UNSUPPORTED;
    case absl::StatusCode::kResourceExhausted:
      return IsOutOfMemory(status) ? LOGPRESS_OUT_OF_MEMORY : LOGPRESS_MEMORY_LIMIT;
    case absl::StatusCode::kOutOfRange:
      return status.GetPayload(kTooSmallUrl) ? LOGPRESS_BUFFER_TOO_SMALL : LOGPRESS_OUT_OF_RANGE;
    case absl::StatusCode::kAborted:
      return LOGPRESS_IO_ERROR;
    default:
      return LOGPRESS_INTERNAL;
  }
}

void KeepForThread(const LastError& error) noexcept {
  const std::string_view message = error.message();
  const size_t size = std::min(message.size(), sizeof(message_of_thread) - 1);
  message.copy(message_of_thread, size);
  message_of_thread[size] = '\0';
}

logpress_code LastError::Take(const absl::Status& status) noexcept {
  if (status.ok()) return LOGPRESS_OK;
  try {
    const logpress_code code = CodeOf(status);
    if (status.message().empty()) {
      fixed_ = code == LOGPRESS_OUT_OF_MEMORY ? kOutOfMemory : kInternal;
    } else {
      const absl::string_view message = status.message();
      message_.assign(message.data(), message.size());
      fixed_ = nullptr;
    }
    if (code == LOGPRESS_IO_ERROR) errno = StatusErrno(status);
    return code;
  } catch (const std::bad_alloc&) {
    fixed_ = kOutOfMemory;
    return LOGPRESS_OUT_OF_MEMORY;
  }
}

}  // namespace logpress::api

extern "C" {

const char* logpress_version(void) { return LOGPRESS_VERSION; }

const char* logpress_last_message(void) { return logpress::api::message_of_thread; }

const char* logpress_code_name(int code) {
  switch (code) {
    case LOGPRESS_OK:
      return "ok";
    case LOGPRESS_END:
      return "end";
    case LOGPRESS_INVALID_ARGUMENT:
      return "invalid argument";
    case LOGPRESS_MISUSE:
      return "not possible in this state";
    case LOGPRESS_NOT_AN_ARCHIVE:
      return "not a logpress archive";
    case LOGPRESS_DAMAGED:
      return "damaged";
    case LOGPRESS_UNSUPPORTED:
      return "needs a newer logpress";
    case LOGPRESS_MEMORY_LIMIT:
      return "memory limit reached";
    case LOGPRESS_OUT_OF_MEMORY:
      return "out of memory";
    case LOGPRESS_BUFFER_TOO_SMALL:
      return "buffer too small";
    case LOGPRESS_OUT_OF_RANGE:
      return "out of range";
    case LOGPRESS_IO_ERROR:
      return "input or output failed";
    case LOGPRESS_INTERNAL:
      return "internal error";
    case LOGPRESS_WRONG_DICTIONARY:
      return "needs another dictionary";
  }
  return "unknown code";
}

}  // extern "C"
