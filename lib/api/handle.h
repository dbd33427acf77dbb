// What all handles of the C API are made of: the last error, and the door that no exception passes.
#ifndef LOGPRESS_API_HANDLE_H_
#define LOGPRESS_API_HANDLE_H_

#include <new>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "logpress/logpress.h"

namespace logpress::api {

// The code that fits a status of the stages below.
logpress_code CodeOf(const absl::Status& status);

// A callback of the caller returned `result`.
absl::Status CallbackError(const char* what, int result);

// The destination of a call is too small. Told apart from all that the stages return.
absl::Status TooSmall();

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

// Runs `work`, which returns a status or a code, and turns what it throws into a code. `error` may
// be null when there is no handle.
template <typename Work>
logpress_code Guard(LastError* error, const Work& work) noexcept {
  LastError none;
  if (error == nullptr) error = &none;
  try {
    return error->Take(work());
  } catch (const std::bad_alloc&) {
    return error->Take(absl::ResourceExhaustedError(""));
  } catch (...) {
    return error->Take(absl::InternalError(""));
  }
}

// Makes a handle in *result, or leaves NULL there when there is no memory for it. Then runs
// `start(handle)`, whose error the handle keeps: handle->error and handle->start.
template <typename Handle, typename Start>
logpress_code MakeHandle(Handle** result, const Start& start) noexcept {
  if (result == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  *result = new (std::nothrow) Handle;
  if (*result == nullptr) return LOGPRESS_OUT_OF_MEMORY;
  Handle* const handle = *result;
  handle->start = Guard(&handle->error, [&] { return start(handle); });
  return handle->start;
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
