/**
 * @file lines.hpp
 * Lines of an archive, as a range.
 */
#ifndef LOGPRESS_LINES_HPP_
#define LOGPRESS_LINES_HPP_

#include <logpress/lines.h>
#include <logpress/reader.h>
#include <logpress/status.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <logpress/handle.hpp>
#include <logpress/result.hpp>
#include <optional>
#include <string_view>

namespace logpress {

/** A line; its bytes stay until the next step of the walk. */
struct Line {
  std::string_view bytes;                            /**< The newline included. */
  uint64_t number = 0;                               /**< Lines that start before it. */
  logpress_time_kind time_kind = LOGPRESS_TIME_NONE; /**< What `time` is. */
  int64_t time = 0;                                  /**< As in logpress_line. */
};

/** A walk through lines: a range for `for`, or step by step, forwards and backwards. */
class Lines {
 public:
  /** Walks forwards; an input iterator, of which there is one at a time. */
  class Iterator {
   public:
    using iterator_concept = std::input_iterator_tag; /**< What it is. */
    using value_type = Line;                          /**< What it gives. */
    using difference_type = std::ptrdiff_t;           /**< Of iterators; of no use. */

    Iterator() = default;
    /** The line. */
    const Line& operator*() const { return lines_->current_; }
    /** Part of it. */
    const Line* operator->() const { return &lines_->current_; }
    /** The next one. */
    Iterator& operator++() {
      if (!lines_->Step()) lines_ = nullptr;
      return *this;
    }
    /** The same. */
    void operator++(int) { ++*this; }
    /** Whether no line is left, or the walk failed: Lines::error() tells which. */
    friend bool operator==(const Iterator& it, std::default_sentinel_t) {
      return it.lines_ == nullptr;
    }

   private:
    friend class Lines;
    explicit Iterator(Lines* lines) : lines_(lines) {}
    Lines* lines_ = nullptr;
  };

  /** The next line from where the walk stands. */
  Iterator begin() { return Iterator(Step() ? this : nullptr); }
  /** Behind the last. */
  static std::default_sentinel_t end() { return {}; }

  /** Goes over the next line; nothing behind the last. */
  Result<std::optional<Line>> Next() { return Taken(logpress_lines_next); }
  /** Goes over the line before; nothing before the first. */
  Result<std::optional<Line>> Previous() { return Taken(logpress_lines_previous); }
  /** Goes before the first line. */
  void ToFirst() { logpress_lines_to_first(handle_.get()); }
  /** Goes behind the last line. */
  void ToLast() { logpress_lines_to_last(handle_.get()); }

  /** Why a loop over the lines ended; its code is LOGPRESS_OK when that was their end. */
  const Error& error() const { return error_; }
  /** The handle, for the C API. */
  logpress_lines* get() const { return handle_.get(); }

 private:
  friend class Reader;
  explicit Lines(logpress_lines* handle) : handle_(handle) {}

  Result<std::optional<Line>> Taken(logpress_code (*step)(logpress_lines*, logpress_line*)) {
    logpress_line line;
    const logpress_code code = step(handle_.get(), &line);
    if (code == LOGPRESS_END) return std::optional<Line>();
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle_.get());
    return std::optional<Line>({{line.data, line.size},
                                line.number,
                                static_cast<logpress_time_kind>(line.time_kind),
                                line.time});
  }

  bool Step() {
    auto next = Next();
    if (!next) error_ = next.error();
    if (!next || !*next) return false;
    current_ = **next;
    return true;
  }

  detail::Handle<logpress_lines> handle_;
  Line current_;
  Error error_;
};

}  // namespace logpress

#endif  // LOGPRESS_LINES_HPP_
