/**
 * @file logpress.hpp
 * The C++ face of logpress: header-only over logpress.h, standard types only, C++20.
 *
 * Handles are values that free themselves and can be moved. Nothing throws (but std::bad_alloc,
 * where a std::string is made): what can fail returns a logpress::Result. Lifetimes and threads are
 * as logpress.h says: a Lines must not outlive its Reader, nor a line the next step.
 */
#ifndef LOGPRESS_LOGPRESS_HPP_
#define LOGPRESS_LOGPRESS_HPP_

#if __cplusplus <= 201703L
#error "logpress.hpp needs C++20: compile with -std=c++20 or later, or use logpress.h"
#endif

#include <logpress/logpress.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
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

/** An instant as logpress counts it. */
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/** Implementation. */
namespace detail {

struct Free {
  void operator()(logpress_context* handle) const { logpress_context_free(handle); }
  void operator()(logpress_writer* handle) const { logpress_writer_free(handle); }
  void operator()(logpress_decoder* handle) const { logpress_decoder_free(handle); }
  void operator()(logpress_reader* handle) const { logpress_reader_free(handle); }
  void operator()(logpress_lines* handle) const { logpress_lines_free(handle); }
  void operator()(logpress_metadata* handle) const { logpress_metadata_free(handle); }
  void operator()(logpress_statements* handle) const { logpress_statements_free(handle); }
  void operator()(logpress_rows* handle) const { logpress_rows_free(handle); }
};
template <typename T>
using Handle = std::unique_ptr<T, Free>;

inline const char* MessageOf(const logpress_context* handle) {
  return logpress_context_message(handle);
}
inline const char* MessageOf(const logpress_writer* handle) {
  return logpress_writer_message(handle);
}
inline const char* MessageOf(const logpress_decoder* handle) {
  return logpress_decoder_message(handle);
}
inline const char* MessageOf(const logpress_reader* handle) {
  return logpress_reader_message(handle);
}
inline const char* MessageOf(const logpress_lines* handle) {
  return logpress_lines_message(handle);
}
inline const char* MessageOf(const logpress_metadata* handle) {
  return logpress_metadata_message(handle);
}
inline const char* MessageOf(const logpress_statements* handle) {
  return logpress_statements_message(handle);
}
inline const char* MessageOf(const logpress_rows* handle) { return logpress_rows_message(handle); }

template <typename T>
Error ErrorOf(logpress_code code, const T* handle) {
  return {code, MessageOf(handle)};
}

}  // namespace detail

/** The options, all defaults. */
inline logpress_options Options() { return logpress_default_options(); }

/** Packs and unpacks buffers, and keeps what that needs. */
class Context {
 public:
  /** Makes one. */
  static Result<Context> New(const logpress_options& options = Options()) {
    logpress_context* handle = nullptr;
    const logpress_code code = logpress_context_new(&options, &handle);
    Context context(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return context;
  }

  /** Packs `source` into `destination`, of which the result is the part that was filled. */
  Result<std::span<std::byte>> Compress(std::span<const std::byte> source,
                                        std::span<std::byte> destination) {
    size_t written = 0;
    const logpress_code code =
        logpress_context_compress(handle_.get(), source.data(), source.size(), destination.data(),
                                  destination.size(), &written);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle_.get());
    return destination.first(written);
  }

  /** Unpacks likewise. */
  Result<std::span<std::byte>> Decompress(std::span<const std::byte> source,
                                          std::span<std::byte> destination) {
    size_t written = 0;
    const logpress_code code =
        logpress_context_decompress(handle_.get(), source.data(), source.size(), destination.data(),
                                    destination.size(), &written);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle_.get());
    return destination.first(written);
  }

  /** Packs into a string of its own. */
  Result<std::string> Compress(std::string_view source) {
    std::string packed(static_cast<size_t>(logpress_compress_bound(source.size())), '\0');
    auto written =
        Compress(std::as_bytes(std::span(source)), std::as_writable_bytes(std::span(packed)));
    if (!written) return written.error();
    packed.resize(written->size());
    return packed;
  }

  /**
   * Unpacks into a string of its own, which may have `limit` bytes: what an archive says of its
   * size is not to be trusted.
   */
  Result<std::string> Decompress(std::string_view source, uint64_t limit) {
    uint64_t size = 0;
    const logpress_code code = logpress_decompressed_size(source.data(), source.size(), &size);
    if (code != LOGPRESS_OK) return Error{code, logpress_code_name(code)};
    if (size > limit) return Error{LOGPRESS_MEMORY_LIMIT, "larger than the limit of the call"};
    std::string raw(static_cast<size_t>(size), '\0');
    auto written =
        Decompress(std::as_bytes(std::span(source)), std::as_writable_bytes(std::span(raw)));
    if (!written) return written.error();
    raw.resize(written->size());
    return raw;
  }

  /** Gives back the memory that it keeps from call to call. */
  void Trim() { logpress_context_trim(handle_.get()); }

  /** The handle, for the C API. */
  logpress_context* get() const { return handle_.get(); }

 private:
  explicit Context(logpress_context* handle) : handle_(handle) {}
  detail::Handle<logpress_context> handle_;
};

/** Packs a stream. */
class Writer {
 public:
  /** Writes the file `path`; `mode` says what becomes of one that is there. */
  static Result<Writer> Open(const std::string& path, logpress_open_mode mode,
                             const logpress_options& options = Options()) {
    logpress_writer* handle = nullptr;
    const logpress_code code = logpress_writer_open(&options, path.c_str(), mode, &handle);
    Writer writer(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return writer;
  }

  /**
   * Hands the archive to `*sink`, which has `bool Write(std::span<const std::byte>)`, must not
   * throw and must outlive the writer.
   */
  template <typename Sink>
  static Result<Writer> New(Sink* sink, const logpress_options& options = Options()) {
    const auto write = [](void* opaque, const void* data, size_t size) noexcept {
      const std::span bytes(static_cast<const std::byte*>(data), size);
      return static_cast<Sink*>(opaque)->Write(bytes) ? 0 : -1;
    };
    logpress_writer* handle = nullptr;
    const logpress_code code = logpress_writer_new(&options, write, sink, &handle);
    Writer writer(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return writer;
  }

  /** Appends bytes, in pieces of any size. */
  Result<void> Append(std::string_view bytes) {
    return Done(logpress_writer_append(handle_.get(), bytes.data(), bytes.size()));
  }
  /** Ends the block here. */
  Result<void> Flush() { return Done(logpress_writer_flush(handle_.get())); }
  /** Ends the archive. */
  Result<void> Finish() { return Done(logpress_writer_finish(handle_.get())); }

  /** The handle, for the C API. */
  logpress_writer* get() const { return handle_.get(); }

 private:
  explicit Writer(logpress_writer* handle) : handle_(handle) {}
  Result<void> Done(logpress_code code) {
    if (code == LOGPRESS_OK) return {};
    return detail::ErrorOf(code, handle_.get());
  }
  detail::Handle<logpress_writer> handle_;
};

/** Unpacks a stream whose bytes are put in as they come. */
class Decoder {
 public:
  /** Makes one. */
  static Result<Decoder> New(const logpress_options& options = Options()) {
    logpress_decoder* handle = nullptr;
    const logpress_code code = logpress_decoder_new(&options, &handle);
    Decoder decoder(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return decoder;
  }

  /** What a call came to. */
  struct Step {
    std::span<std::byte> raw; /**< The part of the destination that was filled. */
    bool end = false;         /**< The archive ended, or (Finish) the stream. */
  };

  /**
   * Takes bytes off the front of `*packed` and fills `destination`; see
   * logpress_decoder_decompress().
   */
  Result<Step> Decompress(std::span<const std::byte>* packed, std::span<std::byte> destination) {
    size_t consumed = 0;
    size_t written = 0;
    const logpress_code code =
        logpress_decoder_decompress(handle_.get(), packed->data(), packed->size(), &consumed,
                                    destination.data(), destination.size(), &written);
    *packed = packed->subspan(consumed);
    return Done(code, destination.first(written));
  }

  /** No bytes follow; gives what is left. */
  Result<Step> Finish(std::span<std::byte> destination) {
    size_t written = 0;
    const logpress_code code =
        logpress_decoder_finish(handle_.get(), destination.data(), destination.size(), &written);
    return Done(code, destination.first(written));
  }

  /** The handle, for the C API. */
  logpress_decoder* get() const { return handle_.get(); }

 private:
  explicit Decoder(logpress_decoder* handle) : handle_(handle) {}
  Result<Step> Done(logpress_code code, std::span<std::byte> raw) {
    if (code != LOGPRESS_OK && code != LOGPRESS_END) return detail::ErrorOf(code, handle_.get());
    return Step{raw, code == LOGPRESS_END};
  }
  detail::Handle<logpress_decoder> handle_;
};

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

/** What a block holds: see the functions logpress_metadata_...(). */
class Metadata {
 public:
  /** The handle, for the C API. */
  const logpress_metadata* get() const { return handle_.get(); }
  /** How many templates there are. */
  size_t templates() const { return logpress_metadata_templates(handle_.get()); }
  /** How many rows have template `i`; 0 beyond the last. */
  uint64_t rows(size_t i) const {
    logpress_template found = {};
    static_cast<void>(logpress_metadata_template(handle_.get(), i, &found));
    return found.rows;
  }
  /** The text of template `i`, with `slot` for every slot. */
  std::string text(size_t i, std::string_view slot = "<*>") const {
    std::string result;
    logpress_template found = {};
    if (logpress_metadata_template(handle_.get(), i, &found) != LOGPRESS_OK) return result;
    for (size_t at = 0; at <= found.slots; ++at) {
      const char* data = nullptr;
      size_t size = 0;
      static_cast<void>(logpress_metadata_literal(handle_.get(), i, at, &data, &size));
      if (at > 0) result += slot;
      result.append(data, size);
    }
    return result;
  }

 private:
  friend class Reader;
  explicit Metadata(logpress_metadata* handle) : handle_(handle) {}
  detail::Handle<logpress_metadata> handle_;
};

/** A line that Reader::Search() found, alive during the call. */
struct FoundLine {
  std::string_view bytes; /**< The newline included; the last line may have none. */
  uint64_t number = 0;    /**< Lines that start before it. */
  uint64_t offset = 0;    /**< Raw bytes before it, if that was asked. */
  bool selected = true;   /**< False: context of a line that is. */
};

/** Options of a search that are all default. */
inline logpress_search_options SearchOptions() {
  logpress_search_options options = {};
  options.struct_size = sizeof(options);
  return options;
}

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

/** An opened archive. */
class Reader {
 public:
  /** Opens a file. */
  static Result<Reader> OpenFile(const std::string& path,
                                 const logpress_options& options = Options()) {
    logpress_reader* handle = nullptr;
    const logpress_code code = logpress_reader_open_file(&options, path.c_str(), &handle);
    return Opened(code, handle);
  }

  /** Opens bytes in memory, which must outlive the reader. */
  static Result<Reader> OpenMemory(std::span<const std::byte> bytes,
                                   const logpress_options& options = Options()) {
    logpress_reader* handle = nullptr;
    const logpress_code code =
        logpress_reader_open_memory(&options, bytes.data(), bytes.size(), &handle);
    return Opened(code, handle);
  }

  /** Opens what a source of the caller's gives. */
  static Result<Reader> Open(const logpress_source& source,
                             const logpress_options& options = Options()) {
    logpress_reader* handle = nullptr;
    const logpress_code code = logpress_reader_open(&options, &source, &handle);
    return Opened(code, handle);
  }

  /** What the archive holds. */
  logpress_archive_info info() const {
    logpress_archive_info info = {};
    info.struct_size = sizeof(info);
    static_cast<void>(logpress_reader_info(handle_.get(), &info));
    return info;
  }

  /** What the index knows of a block. */
  Result<logpress_block_info> Block(uint64_t block) const {
    logpress_block_info info = {};
    info.struct_size = sizeof(info);
    const logpress_code code = logpress_reader_block(handle_.get(), block, &info);
    if (code != LOGPRESS_OK) return Error{code, logpress_code_name(code)};
    return info;
  }

  /** The raw bytes of a block, until the next call. */
  Result<std::string_view> ReadBlock(uint64_t block) {
    const char* data = nullptr;
    size_t size = 0;
    const logpress_code code = logpress_reader_read_block(handle_.get(), block, &data, &size);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle_.get());
    return std::string_view(data, size);
  }

  /** What a block holds, without its lines. */
  Result<Metadata> ReadMetadata(uint64_t block) {
    logpress_metadata* handle = nullptr;
    const logpress_code code = logpress_reader_metadata(handle_.get(), block, &handle);
    Metadata metadata(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return metadata;
  }

  /** The lines [first, first + count), or as many as there are; all of them by default. */
  Result<logpress::Lines> Lines(uint64_t first = 0, uint64_t count = UINT64_MAX) {
    logpress_lines* handle = nullptr;
    const logpress_code code = logpress_reader_lines(handle_.get(), first, count, &handle);
    return Walk(code, handle);
  }

  /** The lines whose time is in [from, to). */
  Result<logpress::Lines> LinesBetween(Time from, Time to) {
    logpress_lines* handle = nullptr;
    const int64_t begin = from.time_since_epoch().count();
    const int64_t end = to.time_since_epoch().count();
    const logpress_code code = logpress_reader_lines_between(handle_.get(), begin, end, &handle);
    return Walk(code, handle);
  }

  /**
   * Calls `found` with each line that matches any of the patterns, a FoundLine, until it returns
   * false. It must neither throw nor use the reader. See logpress_search().
   */
  template <typename Found>
  Result<logpress_search_stats> Search(std::span<const std::string_view> patterns, Found&& found,
                                       const logpress_search_options& options = SearchOptions()) {
    const auto data = std::make_unique<const char*[]>(patterns.size());
    const auto sizes = std::make_unique<size_t[]>(patterns.size());
    for (size_t i = 0; i < patterns.size(); ++i) {
      // An empty view may have no address.
      data[i] = patterns[i].empty() ? "" : patterns[i].data();
      sizes[i] = patterns[i].size();
    }
    using Function = std::remove_reference_t<Found>;
    const auto call = [](void* opaque, const logpress_found* line) -> int {
      Function& function = *static_cast<Function*>(opaque);
      const FoundLine given = {
          {line->data, line->size}, line->number, line->offset, line->selected != 0};
      return function(given) ? LOGPRESS_OK : LOGPRESS_END;
    };
    logpress_search_stats stats = {};
    stats.struct_size = sizeof(stats);
    const logpress_code code =
        logpress_search(handle_.get(), data.get(), sizes.get(), patterns.size(), &options, call,
                        const_cast<void*>(static_cast<const void*>(&found)), &stats);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle_.get());
    return stats;
  }

  /** Its statements, and through them its lines as rows. The reader must outlive them. */
  Result<logpress::Statements> Statements() {
    logpress_statements* handle = nullptr;
    const logpress_code code = logpress_reader_statements(handle_.get(), &handle);
    logpress::Statements statements(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return statements;
  }

  /** What is wrong with the archive as far as its index tells; empty when nothing is. */
  std::string_view damage() const {
    const char* const damage = logpress_reader_damage(handle_.get());
    return damage == nullptr ? std::string_view() : std::string_view(damage);
  }

  /** The handle, for the C API. */
  logpress_reader* get() const { return handle_.get(); }

 private:
  explicit Reader(logpress_reader* handle) : handle_(handle) {}

  static Result<Reader> Opened(logpress_code code, logpress_reader* handle) {
    Reader reader(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return reader;
  }
  static Result<logpress::Lines> Walk(logpress_code code, logpress_lines* handle) {
    logpress::Lines lines(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return lines;
  }

  detail::Handle<logpress_reader> handle_;
};

}  // namespace logpress

#endif  // LOGPRESS_LOGPRESS_HPP_
