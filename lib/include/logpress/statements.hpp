/**
 * @file statements.hpp
 * The statements of a log, and its lines taken apart.
 */
#ifndef LOGPRESS_STATEMENTS_HPP_
#define LOGPRESS_STATEMENTS_HPP_

#include <logpress/options.h>
#include <logpress/rows.h>
#include <logpress/statements.h>
#include <logpress/status.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <logpress/handle.hpp>
#include <logpress/result.hpp>
#include <optional>
#include <span>
#include <string_view>

namespace logpress {

/** An instant as logpress counts it. */
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/** Lines taken apart, one after the other; must go before its Statements. */
class Rows {
 public:
  /** The next line, whose parts stay until the next call; nothing behind the last. */
  Result<std::optional<logpress_row>> Next() {
    logpress_row row = {};
    row.struct_size = sizeof(row);
    const logpress_code code = logpress_rows_next(handle_.get(), &row);
    if (code == LOGPRESS_END) return std::optional<logpress_row>();
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle_.get());
    return std::optional<logpress_row>(row);
  }
  /** The handle, for the C API. */
  logpress_rows* get() const { return handle_.get(); }

 private:
  friend class Statements;
  explicit Rows(logpress_rows* handle) : handle_(handle) {}
  detail::Handle<logpress_rows> handle_;
};

/** The statements of a log: see the functions logpress_statements_...(). */
class Statements {
 public:
  /** Those of a log that was not packed, which must outlive them and their rows. */
  static Result<Statements> OfLog(std::string_view log,
                                  const logpress_options& options = Options()) {
    logpress_statements* handle = nullptr;
    const logpress_code code =
        logpress_statements_of_log(&options, log.data(), log.size(), &handle);
    Statements statements(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return statements;
  }

  /** How many there are. */
  size_t size() const { return logpress_statements_count(handle_.get()); }
  /** Statement `i`; all zero beyond the last. */
  logpress_statement operator[](size_t i) const {
    logpress_statement statement = {};
    statement.struct_size = sizeof(statement);
    static_cast<void>(logpress_statements_get(handle_.get(), i, &statement));
    return statement;
  }
  /** Some values of a slot of statement `i`; none where there is no such slot. */
  std::span<const logpress_value> Examples(size_t i, size_t slot) const {
    const logpress_value* examples = nullptr;
    size_t count = 0;
    static_cast<void>(logpress_statements_slot(handle_.get(), i, slot, nullptr, &examples, &count));
    return {examples, count};
  }

  /** The lines [first, first + count), or as many as there are; all of them by default. */
  Result<logpress::Rows> Rows(uint64_t first = 0, uint64_t count = UINT64_MAX) {
    logpress_rows* handle = nullptr;
    const logpress_code code = logpress_statements_rows(handle_.get(), first, count, &handle);
    return Walk(code, handle);
  }
  /** The lines whose time is in [from, to). */
  Result<logpress::Rows> RowsBetween(Time from, Time to) {
    logpress_rows* handle = nullptr;
    const logpress_code code = logpress_statements_rows_between(
        handle_.get(), from.time_since_epoch().count(), to.time_since_epoch().count(), &handle);
    return Walk(code, handle);
  }
  /** The handle, for the C API. */
  logpress_statements* get() const { return handle_.get(); }

 private:
  friend class Reader;
  explicit Statements(logpress_statements* handle) : handle_(handle) {}
  static Result<logpress::Rows> Walk(logpress_code code, logpress_rows* handle) {
    logpress::Rows rows(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return rows;
  }
  detail::Handle<logpress_statements> handle_;
};

}  // namespace logpress

#endif  // LOGPRESS_STATEMENTS_HPP_
