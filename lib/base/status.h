// Errors as values: the two macros that pass them on, and the errno inside a status.
#ifndef LOGPRESS_BASE_STATUS_H_
#define LOGPRESS_BASE_STATUS_H_

#include <new>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace logpress {

// A status for a failed system call: the code that fits `error` (an errno value, not 0), the
// message
// "<what>: <text of the error>", and the errno itself for StatusErrno.
absl::Status ErrnoStatus(int error, std::string_view what);

// The errno that ErrnoStatus put into `status`, 0 when there is none.
int StatusErrno(const absl::Status& status);

// `status` with "<what>: " before its message; code and errno stay. OK stays OK.
absl::Status Annotate(const absl::Status& status, std::string_view what);

// There is no memory left, which is not the same as a limit that was set: both have the code
// kResourceExhausted. When not even the message has room it is left out.
absl::Status OutOfMemory(std::string_view what) noexcept;
bool IsOutOfMemory(const absl::Status& status);

// What `work` returns, or OutOfMemory(what) where it does not find memory. Containers throw then,
// and this is where it ends: once on every thread of the pool (base/thread_pool.cc), once in every
// call of the API and for every file of the program, and where a caller goes on all the same.
template <typename Work>
absl::Status CatchOutOfMemory(std::string_view what, const Work& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return OutOfMemory(what);
  }
}

}  // namespace logpress

// Returns from the function when `expression` is not OK.
#define LOGPRESS_RETURN_IF_ERROR(expression)      \
  do {                                            \
    absl::Status logpress_status_ = (expression); \
    if (!logpress_status_.ok()) [[unlikely]]      \
      return logpress_status_;                    \
  } while (false)

// NOLINTBEGIN(bugprone-macro-parentheses): a declaration cannot stand in parentheses.
// Assigns the value of the StatusOr `expression` to `target`, or returns its status.
#define LOGPRESS_ASSIGN_OR_RETURN(target, expression) \
  LOGPRESS_ASSIGN_OR_RETURN_(LOGPRESS_CONCAT_(logpress_or_, __LINE__), target, expression)
#define LOGPRESS_CONCAT_(a, b) LOGPRESS_CONCAT2_(a, b)
#define LOGPRESS_CONCAT2_(a, b) a##b
#define LOGPRESS_ASSIGN_OR_RETURN_(result, target, expression) \
  auto result = (expression);                                  \
  if (!result.ok()) [[unlikely]]                               \
    return std::move(result).status();                         \
  target = *std::move(result)
// NOLINTEND(bugprone-macro-parentheses)

#endif  // LOGPRESS_BASE_STATUS_H_
