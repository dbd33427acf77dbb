/**
 * @file reader.hpp
 * An opened archive: what it holds, its lines, search, statements.
 */
#ifndef LOGPRESS_READER_HPP_
#define LOGPRESS_READER_HPP_

#include <logpress/lines.h>
#include <logpress/metadata.h>
#include <logpress/options.h>
#include <logpress/reader.h>
#include <logpress/search.h>
#include <logpress/statements.h>
#include <logpress/status.h>

#include <cstddef>
#include <cstdint>
#include <logpress/handle.hpp>
#include <logpress/lines.hpp>
#include <logpress/metadata.hpp>
#include <logpress/result.hpp>
#include <logpress/statements.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace logpress {

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

  /** One of the archives that stand one behind the other. */
  Result<logpress_member_info> Member(uint64_t member) const {
    logpress_member_info info = {};
    info.struct_size = sizeof(info);
    const logpress_code code = logpress_reader_member(handle_.get(), member, &info);
    if (code != LOGPRESS_OK) return Error{code, logpress_code_name(code)};
    return info;
  }

  /** The id of the trained dictionary that a block was packed with; 0 without one. */
  Result<uint64_t> DictionaryId(uint64_t block) {
    uint64_t id = 0;
    const logpress_code code = logpress_reader_dictionary_id(handle_.get(), block, &id);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle_.get());
    return id;
  }

  /** Compares the heads of all blocks with what the index says of them. */
  Result<void> CheckBlocks() {
    const logpress_code code = logpress_reader_check_blocks(handle_.get());
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle_.get());
    return {};
  }

  /** What the bytes of the archive are spent on, until the next call. Decodes every block. */
  Result<std::span<const logpress_part>> Breakdown() {
    const logpress_part* parts = nullptr;
    size_t count = 0;
    const logpress_code code = logpress_reader_breakdown(handle_.get(), &parts, &count);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle_.get());
    return std::span(parts, count);
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

#endif  // LOGPRESS_READER_HPP_
