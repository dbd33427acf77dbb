// Hostile archives through the whole C API: whatever the bytes, every call returns, within the
// memory limit, and what it returns agrees with itself.
//
// Input: an archive. Nearly every change breaks a check, so the mutator repairs what it changed.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "fuzz/mutators.h"
#include "logpress/logpress.h"

namespace {

using namespace logpress;

constexpr uint64_t kMemory = 64 << 20;

void Walk(logpress_lines* lines, int most) {
  logpress_line line;
  int count = 0;
  while (count < most && logpress_lines_next(lines, &line) == LOGPRESS_OK) {
    if (line.size == 0) abort();
    volatile char touched = line.data[line.size - 1];
    static_cast<void>(touched);
    ++count;
  }
  while (count-- > 0 && logpress_lines_previous(lines, &line) == LOGPRESS_OK) {
  }
}

void ReadMetadata(logpress_reader* reader, uint64_t block) {
  logpress_metadata* metadata;
  if (logpress_reader_metadata(reader, block, &metadata) == LOGPRESS_OK) {
    for (size_t t = 0; t < logpress_metadata_templates(metadata); ++t) {
      logpress_template found;
      if (logpress_metadata_template(metadata, t, &found) != LOGPRESS_OK) abort();
      for (size_t slot = 0; slot < found.slots; ++slot) {
        size_t column;
        size_t size;
        int kind;
        const char* text;
        if (logpress_metadata_slot(metadata, t, slot, &column) != LOGPRESS_OK ||
            logpress_metadata_column(metadata, column, &kind, &text) != LOGPRESS_OK ||
            logpress_metadata_literal(metadata, t, slot, &text, &size) != LOGPRESS_OK)
          abort();
      }
    }
  }
  logpress_metadata_free(metadata);
}

// Lines with `needle` that a search finds; false when it fails.
bool Search(logpress_reader* reader, const char* needle, uint64_t* found) {
  logpress_search_options options = {};
  options.struct_size = sizeof(options);
  options.syntax = LOGPRESS_SYNTAX_FIXED;
  logpress_search_stats stats = {};
  stats.struct_size = sizeof(stats);
  const logpress_code code =
      logpress_search(reader, &needle, nullptr, 1, &options, nullptr, nullptr, &stats);
  *found = stats.selected;
  return code == LOGPRESS_OK;
}

// The same by looking at every line.
bool Count(logpress_reader* reader, std::string_view needle, uint64_t* found) {
  logpress_lines* lines;
  if (logpress_reader_lines(reader, 0, UINT64_MAX, &lines) != LOGPRESS_OK) abort();
  *found = 0;
  logpress_line line;
  logpress_code code;
  while ((code = logpress_lines_next(lines, &line)) == LOGPRESS_OK) {
    if (std::string_view(line.data, line.size).find(needle) != std::string_view::npos) ++*found;
  }
  logpress_lines_free(lines);
  return code == LOGPRESS_END;
}

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned seed) {
  return fuzz::MutateArchive(data, size, max_size, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (fuzz::HoldsMix(ByteView(reinterpret_cast<const char*>(data), size))) return -1;
  logpress_options options = logpress_default_options();
  options.memory_limit = kMemory;

  uint64_t raw_size;
  logpress_decompressed_size(data, size, &raw_size);
  static logpress_context* const context = [&options] {
    logpress_context* made;
    if (logpress_context_new(&options, &made) != LOGPRESS_OK) abort();
    return made;
  }();
  static std::string out(1 << 20, '\0');
  size_t written;
  const bool whole = logpress_context_decompress(context, data, size, out.data(), out.size(),
                                                 &written) == LOGPRESS_OK;

  logpress_reader* reader;
  if (logpress_reader_open_memory(&options, data, size, &reader) == LOGPRESS_OK) {
    logpress_archive_info info = {};
    info.struct_size = sizeof(info);
    logpress_reader_info(reader, &info);
    for (uint64_t i = 0; i < info.blocks && i < 8; ++i) ReadMetadata(reader, i);
    // One of each kind, so that a run is short.
    const size_t choice = size % 3;
    {
      const uint64_t first = choice == 0 ? 0 : info.lines / 2;
      logpress_lines* lines;
      if (logpress_reader_lines(reader, first, 20, &lines) != LOGPRESS_OK) abort();
      Walk(lines, 20);
      logpress_lines_free(lines);
    }
    {
      constexpr int64_t kFrom[] = {INT64_MIN, 0, 1715947200000000};
      const int64_t from = kFrom[choice];
      logpress_lines* lines;
      const int64_t to = from == 0 ? INT64_MAX : from + 3'600'000'000;
      if (logpress_reader_lines_between(reader, from, to, &lines) != LOGPRESS_OK) abort();
      Walk(lines, 20);
      logpress_lines_free(lines);
    }
    // For a search, a line that lacks its end goes on in the next block or archive, whatever that
    // says of itself; for who reads lines, it does not.
    const std::string_view raw(out.data(), whole ? written : 0);
    const auto newlines = static_cast<uint64_t>(std::count(raw.begin(), raw.end(), '\n'));
    const bool compared =
        whole && !raw.empty() && info.lines == newlines + (raw.back() == '\n' ? 0 : 1);
    constexpr const char* kNeedles[] = {"e", "10", "port"};
    uint64_t searched;
    uint64_t counted;
    const bool found = Search(reader, kNeedles[choice], &searched);
    if (found && compared && Count(reader, kNeedles[choice], &counted) && searched != counted)
      abort();
  }
  logpress_reader_free(reader);
  return 0;
}
