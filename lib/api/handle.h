// What all handles of the C API are made of: the last error, and the door that no exception passes.
#ifndef LOGPRESS_API_HANDLE_H_
#define LOGPRESS_API_HANDLE_H_

#include <memory>
#include <new>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "base/memory.h"
#include "base/status.h"
#include "logpress/logpress.h"

namespace logpress::api {

// The code that fits a status of the stages below.
logpress_code CodeOf(const absl::Status& status);

// A callback of the caller returned `result`.
absl::Status CallbackError(const char* what, int result);

// The destination of a call is too small. Told apart from all that the stages return.
absl::Status TooSmall();

// What a reader of archives returned. As it says with kInvalidArgument that the bytes are no
// archive, that might also blame an argument; here it has a code of its own.
absl::Status ReadingStatus(const absl::Status& status);

// The last error of a handle.
class LastError {
 public:
  // Keeps the message of `status` and returns its code. OK leaves the message as it is.
  logpress_code Take(const absl::Status& status) noexcept;
  // "" when there was none.
  const char* message() const { return fixed_ != nullptr ? fixed_ : message_.c_str(); }
  // For what is worth telling and no error.
  void Tell(std::string message) {
    message_ = std::move(message);
    fixed_ = nullptr;
  }

 private:
  std::string message_;
  const char* fixed_ = nullptr;  // instead of message_, when there is no memory for one
};

// Keeps the message for logpress_last_message() on this thread, cut where it is very long.
void KeepForThread(const LastError& error) noexcept;

// What every handle begins with. Its memory outlives all else that it holds.
struct Handle {
  std::shared_ptr<Memory> memory;  // null: the system's
  LastError error;
  logpress_code start = LOGPRESS_OK;
};

// Runs `work`, which returns a status, with the memory `memory`, and turns what it throws into a
// code.
template <typename Work>
logpress_code Guard(Memory* memory, LastError* error, const Work& work) noexcept {
  const MemoryScope scope(memory);
  try {
    return error->Take(work());
  } catch (const std::bad_alloc&) {
    return error->Take(OutOfMemory(""));
  } catch (...) {
    return error->Take(absl::InternalError(""));
  }
}

// The same on a handle.
template <typename Work>
logpress_code Guard(Handle* handle, const Work& work) noexcept {
  return Guard(handle->memory.get(), &handle->error, work);
}

// Makes a handle in *result, or leaves NULL there when there is no memory for it. Then runs
// `prepare(handle)`, which gives the handle its memory, and with that `start(handle)`. The error of
// either the handle keeps: handle->error and handle->start.
template <typename Made, typename Prepare, typename Start>
logpress_code MakeHandle(Made** result, const Prepare& prepare, const Start& start) noexcept {
  if (result == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  *result = new (std::nothrow) Made;
  if (*result == nullptr) return LOGPRESS_OUT_OF_MEMORY;
  Made* const handle = *result;
  handle->start = Guard(handle, [&] { return prepare(handle); });
  if (handle->start == LOGPRESS_OK) handle->start = Guard(handle, [&] { return start(handle); });
  return handle->start;
}

// Whether the caller has said how large a struct of theirs is: without that no field can be read or
// set.
template <typename Struct>
bool SizeIsSet(const Struct* given) {
  return given != nullptr && given->struct_size >= sizeof(given->struct_size);
}

// Sets a field of a struct of the caller, unless that was compiled without it.
template <typename Struct, typename Field, typename Value>
void SetField(Struct* given, Field Struct::*field, Value value) {
  const char* const end = reinterpret_cast<const char*>(&(given->*field) + 1);
  if (given->struct_size >= static_cast<size_t>(end - reinterpret_cast<const char*>(given)))
    given->*field = static_cast<Field>(value);
}

}  // namespace logpress::api

#endif  // LOGPRESS_API_HANDLE_H_
