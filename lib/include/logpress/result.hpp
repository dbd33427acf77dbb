/**
 * @file result.hpp
 * What a call came to: a value, or an error with its code and message.
 */
#ifndef LOGPRESS_RESULT_HPP_
#define LOGPRESS_RESULT_HPP_

#if __cplusplus <= 201703L
#error "logpress.hpp needs C++20: compile with -std=c++20 or later, or use logpress.h"
#endif

#include <logpress/status.h>

#include <optional>
#include <string>
#include <utility>

namespace logpress {

/** What went wrong: a code for programs and a message for people. */
struct Error {
  logpress_code code = LOGPRESS_OK; /**< Never LOGPRESS_OK in a failed Result. */
  std::string message;              /**< In English; may be empty. */
};

/** A value, or the error that there is instead. */
template <typename T>
class [[nodiscard]] Result {
 public:
  /** A value. */
  Result(T value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  /** An error. */
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  /** Whether there is a value. */
  bool ok() const { return value_.has_value(); }
  /** The same. */
  explicit operator bool() const { return ok(); }
  /** The value. Precondition: ok(). */
  T& operator*() & { return *value_; }
  /** The value. Precondition: ok(). */
  const T& operator*() const& { return *value_; }
  /** The value. Precondition: ok(). */
  T&& operator*() && { return *std::move(value_); }
  /** The value. Precondition: ok(). */
  T* operator->() { return &*value_; }
  /** The value. Precondition: ok(). */
  const T* operator->() const { return &*value_; }
  /** The error; its code is LOGPRESS_OK when there is a value. */
  const Error& error() const { return error_; }

 private:
  std::optional<T> value_;
  Error error_;
};

/** Done, or an error. */
template <>
class [[nodiscard]] Result<void> {
 public:
  /** Done. */
  Result() = default;
  /** An error. */
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)
  /** Whether it is done. */
  bool ok() const { return error_.code == LOGPRESS_OK; }
  /** The same. */
  explicit operator bool() const { return ok(); }
  /** The error; its code is LOGPRESS_OK when it is done. */
  const Error& error() const { return error_; }

 private:
  Error error_;
};

}  // namespace logpress

#endif  // LOGPRESS_RESULT_HPP_
