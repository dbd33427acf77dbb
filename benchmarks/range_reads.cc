// What reading a part of an archive costs beside reading all of it.
//
//   range_reads LOG     packs LOG with default options in memory, and prints for each of: all
//   lines,
//                       100 lines from the middle, 100 lines over the end of a block, the lines of
//                       the minute in the middle, the templates and times of a block: bytes read of
//                       the archive, processor time, and both as shares of reading it all
#include <time.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

#include "logpress/logpress.h"

namespace {

struct Archive {
  std::string bytes;
  uint64_t read = 0;
};

int ReadAt(void* opaque, uint64_t offset, void* buffer, size_t size) {
  auto* const archive = static_cast<Archive*>(opaque);
  std::memcpy(buffer, archive->bytes.data() + offset, size);
  archive->read += size;
  return 0;
}

double CpuSeconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// Walks to the end and frees; returns the number of lines.
uint64_t Count(logpress_lines* lines) {
  logpress_line line;
  uint64_t count = 0;
  while (logpress_lines_next(lines, &line) == LOGPRESS_OK) ++count;
  logpress_lines_free(lines);
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: %s LOG\n", argv[0]);
    return 2;
  }
  std::ifstream in(argv[1], std::ios::binary);
  const std::string log((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  Archive archive;
  archive.bytes.resize(static_cast<size_t>(logpress_compress_bound(log.size())));
  size_t size = 0;
  if (logpress_compress(log.data(), log.size(), 0, archive.bytes.data(), archive.bytes.size(),
                        &size) != LOGPRESS_OK)
    return 1;
  archive.bytes.resize(size);

  const logpress_source source = {size, ReadAt, &archive};
  logpress_archive_info info = {};
  info.struct_size = sizeof(info);
  logpress_block_info block = {};
  block.struct_size = sizeof(block);
  logpress_line line = {};
  {
    logpress_reader* reader = nullptr;
    logpress_lines* lines = nullptr;
    if (logpress_reader_open(nullptr, &source, &reader) != LOGPRESS_OK ||
        logpress_reader_info(reader, &info) != LOGPRESS_OK ||
        logpress_reader_block(reader, info.blocks / 2, &block) != LOGPRESS_OK ||
        logpress_reader_lines(reader, info.lines / 2, 1, &lines) != LOGPRESS_OK ||
        logpress_lines_next(lines, &line) != LOGPRESS_OK)
      return 1;
    logpress_lines_free(lines);
    logpress_reader_free(reader);
  }
  std::printf("%zu bytes, packed into %zu, %llu blocks, %llu lines\n", log.size(), size,
              static_cast<unsigned long long>(info.blocks),
              static_cast<unsigned long long>(info.lines));

  double all_seconds = 0;
  double all_bytes = 0;
  // Every measurement opens the archive anew, so that reading its index counts.
  const auto measure = [&](const char* what,
                           const std::function<uint64_t(logpress_reader*)>& work) {
    archive.read = 0;
    const double start = CpuSeconds();
    logpress_reader* reader = nullptr;
    uint64_t count = 0;
    if (logpress_reader_open(nullptr, &source, &reader) == LOGPRESS_OK) count = work(reader);
    logpress_reader_free(reader);
    const double seconds = CpuSeconds() - start;
    const auto bytes = static_cast<double>(archive.read);
    if (all_bytes == 0) {
      all_seconds = seconds;
      all_bytes = bytes;
    }
    std::printf("%-32s %9llu  %9.0f bytes %6.2f %%  %8.2f ms %6.2f %%\n", what,
                static_cast<unsigned long long>(count), bytes, 100 * bytes / all_bytes,
                1e3 * seconds, 100 * seconds / all_seconds);
  };
  const auto lines_from = [](uint64_t first, uint64_t count) {
    return [first, count](logpress_reader* reader) {
      logpress_lines* lines = nullptr;
      return logpress_reader_lines(reader, first, count, &lines) == LOGPRESS_OK ? Count(lines) : 0;
    };
  };
  measure("all lines", lines_from(0, UINT64_MAX));
  measure("100 lines from the middle", lines_from(info.lines / 2, 100));
  measure("100 lines over a block's end", lines_from(block.first_line - 50, 100));
  constexpr int64_t kMinute = 60'000'000;
  const int64_t minute = line.time / kMinute * kMinute;
  measure("the minute in the middle", [minute](logpress_reader* reader) {
    logpress_lines* lines = nullptr;
    if (logpress_reader_lines_between(reader, minute, minute + kMinute, &lines) != LOGPRESS_OK)
      return uint64_t{0};
    return Count(lines);
  });
  measure("templates and times of a block", [&info](logpress_reader* reader) {
    logpress_metadata* metadata = nullptr;
    uint64_t templates = 0;
    if (logpress_reader_metadata(reader, info.blocks / 2, &metadata) == LOGPRESS_OK)
      templates = logpress_metadata_templates(metadata);
    logpress_metadata_free(metadata);
    return templates;
  });
  return 0;
}
