// Readers take the threads that their options give them, and decode no block twice in vain.
#include <atomic>
#include <thread>

#include "api/api_test_util.h"

namespace logpress::api {
namespace {

// Runs what it is given on a thread of its own, and counts.
struct Threads {
  std::vector<std::thread> threads;
  std::atomic<int> tasks{0};
  logpress_executor executor = {Submit, this};

  ~Threads() {
    for (std::thread& thread : threads) thread.join();
  }
  static int Submit(void* opaque, void (*task)(void*), void* argument) {
    auto* const self = static_cast<Threads*>(opaque);
    ++self->tasks;
    self->threads.emplace_back(task, argument);
    return 0;
  }
};

std::string ReadBack(logpress_lines* lines) {
  std::string text;
  logpress_line line;
  logpress_lines_to_last(lines);
  while (logpress_lines_previous(lines, &line) == LOGPRESS_OK) text.insert(0, line.data, line.size);
  return text;
}

std::string ReadBlocks(logpress_reader* reader) {
  logpress_archive_info info = {};
  info.struct_size = sizeof(info);
  REQUIRE(logpress_reader_info(reader, &info) == LOGPRESS_OK);
  std::string text;
  for (uint64_t i = 0; i < info.blocks; ++i) {
    const char* data = nullptr;
    size_t size = 0;
    REQUIRE(logpress_reader_read_block(reader, i, &data, &size) == LOGPRESS_OK);
    text.append(data, size);
  }
  return text;
}

TEST_CASE("A reader decodes blocks on the threads of its options") {
  const std::string raw = LogLines(400);
  const std::string archive = Pack(raw, Blocks(3000));
  for (const bool borrowed : {false, true}) {
    for (const int way : {0, 1, 2}) {
      Threads threads;
      logpress_options options = logpress_default_options();
      options.threads = 3;
      if (borrowed) options.executor = &threads.executor;
      const Reader reader = OpenReader(archive, &options);
      INFO((borrowed ? "borrowed threads, " : "own threads, ") << way);
      if (way == 0) CHECK(ReadOn(OpenLines(reader.get(), 0, 400).get()) == raw);
      if (way == 1) CHECK(ReadBack(OpenLines(reader.get(), 0, 400).get()) == raw);
      if (way == 2) CHECK(ReadBlocks(reader.get()) == raw);
      // The block that was asked for, and at least one ahead of it.
      if (borrowed) CHECK(threads.tasks >= 2);
    }
  }
}

TEST_CASE("Threads change nothing in what is read, nor where it fails") {
  const std::string raw = LogLines(400);
  std::string archive = Pack(raw, Blocks(3000));
  logpress_block_info block = {};
  block.struct_size = sizeof(block);
  {
    const Reader whole = OpenReader(archive);
    REQUIRE(logpress_reader_block(whole.get(), 4, &block) == LOGPRESS_OK);
  }
  archive[static_cast<size_t>(block.offset + block.packed_bytes - 1)] ^= 1;
  for (const int threads : {1, 4}) {
    logpress_options options = logpress_default_options();
    options.threads = threads;
    const Reader reader = OpenReader(archive, &options);
    const Lines lines = OpenLines(reader.get(), 0, 400);
    logpress_line line;
    uint64_t read = 0;
    while (logpress_lines_next(lines.get(), &line) == LOGPRESS_OK) ++read;
    CHECK(read == block.first_line);
    CHECK(logpress_lines_next(lines.get(), &line) == LOGPRESS_DAMAGED);
    const uint64_t behind = block.first_line + block.lines;
    CHECK(ReadOn(OpenLines(reader.get(), behind, 400).get()).size() > 1000);
  }
}

TEST_CASE("Single lines, each by a walk of its own, decode a block twice at most") {
  const std::string raw = LogLines(400);
  const std::string archive = Pack(raw, Blocks(10'000));
  uint64_t read = 0;
  struct Counted {
    const std::string* archive;
    uint64_t* read;
  } counted = {&archive, &read};
  const logpress_source source = {archive.size(),
                                  [](void* opaque, uint64_t offset, void* buffer, size_t size) {
                                    const auto* const self = static_cast<Counted*>(opaque);
                                    std::memcpy(buffer, self->archive->data() + offset, size);
                                    *self->read += size;
                                    return 0;
                                  },
                                  &counted};
  logpress_reader* made = nullptr;
  REQUIRE(logpress_reader_open(nullptr, &source, &made) == LOGPRESS_OK);
  const Reader reader(made);
  logpress_archive_info info = {};
  info.struct_size = sizeof(info);
  REQUIRE(logpress_reader_info(reader.get(), &info) == LOGPRESS_OK);
  const uint64_t blocks = info.blocks;
  std::string text;
  read = 0;
  uint64_t places = 0;
  for (uint64_t i = 0; i < 400; ++i) {
    logpress_line line;
    const Lines lines = OpenLines(reader.get(), i, 1);
    const uint64_t before = read;
    REQUIRE(logpress_lines_next(lines.get(), &line) == LOGPRESS_OK);
    places += read - before > 0 ? 1 : 0;
    text.append(line.data, line.size);
  }
  CHECK(text == raw);
  // Once for the first line of each block and once for all of it.
  CHECK(read < 2 * archive.size());
  CHECK(places == 2 * blocks);
  // Two that take turns do not push one another out.
  const Lines front = OpenLines(reader.get(), 0, 100);
  const Lines back = OpenLines(reader.get(), 300, 100);
  read = 0;
  for (int i = 0; i < 100; ++i) {
    logpress_line line;
    REQUIRE(logpress_lines_next(front.get(), &line) == LOGPRESS_OK);
    REQUIRE(logpress_lines_next(back.get(), &line) == LOGPRESS_OK);
  }
  CHECK(read < 2 * archive.size());
}

}  // namespace
}  // namespace logpress::api
