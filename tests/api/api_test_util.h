// Handles of the C API that free themselves, and callbacks over memory, as its tests need them.
#ifndef LOGPRESS_TESTS_API_API_TEST_UTIL_H_
#define LOGPRESS_TESTS_API_API_TEST_UTIL_H_

#include <catch2/catch.hpp>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "logpress/logpress.h"

namespace logpress::api {

struct Free {
  void operator()(logpress_context* handle) const { logpress_context_free(handle); }
  void operator()(logpress_writer* handle) const { logpress_writer_free(handle); }
  void operator()(logpress_decoder* handle) const { logpress_decoder_free(handle); }
  void operator()(logpress_reader* handle) const { logpress_reader_free(handle); }
  void operator()(logpress_lines* handle) const { logpress_lines_free(handle); }
  void operator()(logpress_statements* handle) const { logpress_statements_free(handle); }
  void operator()(logpress_rows* handle) const { logpress_rows_free(handle); }
};
using Context = std::unique_ptr<logpress_context, Free>;
using Writer = std::unique_ptr<logpress_writer, Free>;
using Decoder = std::unique_ptr<logpress_decoder, Free>;
using Reader = std::unique_ptr<logpress_reader, Free>;
using Lines = std::unique_ptr<logpress_lines, Free>;
using Statements = std::unique_ptr<logpress_statements, Free>;
using Rows = std::unique_ptr<logpress_rows, Free>;

// `count` lines, about 70 bytes each, a second apart.
inline std::string LogLines(int count, int first = 0) {
  std::string log;
  for (int i = first; i < first + count; ++i) {
    const unsigned noise = static_cast<unsigned>(i) * 2654435761u;
    char line[128];
    std::snprintf(line, sizeof(line),
                  "2024-05-%02d %02d:%02d:%02d INFO worker-%u: request %d took %u us\n",
                  1 + i / 86400, i / 3600 % 24, i / 60 % 60, i % 60, noise % 7, i, noise % 10007);
    log += line;
  }
  return log;
}

inline int AppendTo(void* opaque, const void* data, size_t size) {
  static_cast<std::string*>(opaque)->append(static_cast<const char*>(data), size);
  return 0;
}

inline Writer NewWriter(const logpress_options& options, std::string* out) {
  logpress_writer* writer = nullptr;
  REQUIRE(logpress_writer_new(&options, AppendTo, out, &writer) == LOGPRESS_OK);
  return Writer(writer);
}

inline logpress_options Blocks(uint64_t block_size) {
  logpress_options options = logpress_default_options();
  options.block_size = block_size;
  return options;
}

inline std::string Pack(const std::string& raw,
                        const logpress_options& options = logpress_default_options()) {
  std::string archive;
  const Writer writer = NewWriter(options, &archive);
  REQUIRE(logpress_writer_append(writer.get(), raw.data(), raw.size()) == LOGPRESS_OK);
  REQUIRE(logpress_writer_finish(writer.get()) == LOGPRESS_OK);
  return archive;
}

// Borrows `archive`.
inline Reader OpenReader(const std::string& archive, const logpress_options* options = nullptr) {
  logpress_reader* reader = nullptr;
  REQUIRE(logpress_reader_open_memory(options, archive.data(), archive.size(), &reader) ==
          LOGPRESS_OK);
  return Reader(reader);
}

inline Lines OpenLines(logpress_reader* reader, uint64_t first, uint64_t count) {
  logpress_lines* lines = nullptr;
  REQUIRE(logpress_reader_lines(reader, first, count, &lines) == LOGPRESS_OK);
  return Lines(lines);
}

// All that is left forwards.
inline std::string ReadOn(logpress_lines* lines) {
  std::string text;
  logpress_line line;
  logpress_code code;
  while ((code = logpress_lines_next(lines, &line)) == LOGPRESS_OK)
    text.append(line.data, line.size);
  REQUIRE(code == LOGPRESS_END);
  return text;
}

inline std::string Unpack(const std::string& archive) {
  uint64_t size = 0;
  REQUIRE(logpress_decompressed_size(archive.data(), archive.size(), &size) == LOGPRESS_OK);
  std::string raw(static_cast<size_t>(size), '\0');
  size_t written = 0;
  REQUIRE(logpress_decompress(archive.data(), archive.size(), raw.data(), raw.size(), &written) ==
          LOGPRESS_OK);
  raw.resize(written);
  return raw;
}

}  // namespace logpress::api

#endif  // LOGPRESS_TESTS_API_API_TEST_UTIL_H_
