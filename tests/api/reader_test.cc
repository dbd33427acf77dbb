#include <algorithm>
#include <thread>

#include "api/api_test_util.h"

namespace logpress::api {
namespace {

std::vector<std::string> Split(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  return lines;
}

// Counts what is read of an archive in memory.
struct Counter {
  const std::string* archive;
  uint64_t bytes = 0;
  int fail = 0;

  logpress_source Source() {
    return {archive->size(),
            [](void* opaque, uint64_t offset, void* buffer, size_t size) {
              auto* const self = static_cast<Counter*>(opaque);
              if (self->fail != 0) return self->fail;
              REQUIRE(offset + size <= self->archive->size());
              std::memcpy(buffer, self->archive->data() + offset, size);
              self->bytes += size;
              return 0;
            },
            this};
  }
};

TEST_CASE("A reader tells what an archive holds") {
  const std::string raw = LogLines(1000);
  const std::string archive = Pack(raw, Blocks(10'000)) + Pack("more\nand more", Blocks(10'000));
  const Reader reader = OpenReader(archive);
  logpress_archive_info info = {};
  info.struct_size = sizeof(info);
  REQUIRE(logpress_reader_info(reader.get(), &info) == LOGPRESS_OK);
  CHECK(info.lines == 1002);
  CHECK(info.raw_bytes == raw.size() + 13);
  CHECK(info.packed_bytes == archive.size());
  CHECK(info.archives == 2);
  CHECK(info.blocks > 5);
  CHECK(logpress_reader_damage(reader.get()) == nullptr);

  std::string all;
  uint64_t lines = 0;
  for (uint64_t i = 0; i < info.blocks; ++i) {
    logpress_block_info block = {};
    block.struct_size = sizeof(block);
    REQUIRE(logpress_reader_block(reader.get(), i, &block) == LOGPRESS_OK);
    CHECK(block.first_line == lines);
    CHECK(block.starts_inside_a_line == 0);
    const char* data = nullptr;
    size_t size = 0;
    REQUIRE(logpress_reader_read_block(reader.get(), i, &data, &size) == LOGPRESS_OK);
    CHECK(block.raw_bytes == size);
    all.append(data, size);
    lines += block.lines;
  }
  CHECK(all == raw + "more\nand more");
  CHECK(lines == info.lines);
  logpress_block_info block = {};
  block.struct_size = sizeof(block);
  CHECK(logpress_reader_block(reader.get(), info.blocks, &block) == LOGPRESS_OUT_OF_RANGE);
}

TEST_CASE("A reader tells the archives that stand one behind the other apart") {
  const std::string first = Pack(LogLines(1000), Blocks(10'000));
  logpress_options options = Blocks(10'000);
  options.level = 1;
  const std::string torn = Pack(LogLines(10), options);
  const std::string archive = first + torn.substr(0, torn.size() - 1);
  const Reader reader = OpenReader(archive);
  CHECK(logpress_reader_damage(reader.get()) != nullptr);
  logpress_member_info member = {};
  member.struct_size = sizeof(member);
  REQUIRE(logpress_reader_member(reader.get(), 0, &member) == LOGPRESS_OK);
  CHECK(member.offset == 0);
  CHECK(member.packed_bytes == first.size());
  CHECK(member.raw_bytes == LogLines(1000).size());
  CHECK(member.lines == 1000);
  CHECK(member.first_block == 0);
  CHECK(member.level == 5);
  CHECK(member.ended == 1);
  const uint64_t blocks = member.blocks;
  REQUIRE(logpress_reader_member(reader.get(), 1, &member) == LOGPRESS_OK);
  CHECK(member.offset == first.size());
  CHECK(member.first_block == blocks);
  CHECK(member.blocks == 1);
  CHECK(member.level == 1);
  CHECK(member.ended == 0);
  CHECK(logpress_reader_member(reader.get(), 2, &member) == LOGPRESS_OUT_OF_RANGE);
}

TEST_CASE("The times of a block's lines are told with what they may stand for") {
  const std::string raw = LogLines(300);
  const std::string archive = Pack(raw, Blocks(10'000));
  const Reader reader = OpenReader(archive);
  logpress_block_info block = {};
  block.struct_size = sizeof(block);
  REQUIRE(logpress_reader_block(reader.get(), 1, &block) == LOGPRESS_OK);
  logpress_time first{};
  logpress_time last{};
  REQUIRE(logpress_times_of_lines(raw.data() + block.raw_offset,
                                  static_cast<size_t>(block.raw_bytes), 0, &first,
                                  &last) == LOGPRESS_OK);
  for (const auto& [told, read] : {std::pair(block.first_time, first), {block.last_time, last}}) {
    CHECK(told.kind == LOGPRESS_TIME_INSTANT);
    CHECK(told.begin == read.begin);
    CHECK(told.end == told.begin + 1);
  }
  CHECK(last.begin - first.begin == static_cast<int64_t>(block.lines - 1) * 1'000'000);

  // The first belongs to a line before. A date may be any time of its day.
  const std::string dates = "2024-05-30 a\n1970-01-03 b\n";
  REQUIRE(logpress_times_of_lines(dates.data(), dates.size(), 1, &first, nullptr) == LOGPRESS_OK);
  CHECK(first.kind == LOGPRESS_TIME_INSTANT);
  CHECK(first.begin == int64_t{2} * 86400'000'000);
  CHECK(first.end == int64_t{3} * 86400'000'000);
  CHECK(logpress_times_of_lines("none\n", 5, 0, &first, &last) == LOGPRESS_OK);
  CHECK(first.kind == LOGPRESS_TIME_NONE);
  CHECK(logpress_times_of_lines(nullptr, 5, 0, &first, &last) == LOGPRESS_INVALID_ARGUMENT);
}

TEST_CASE("A breakdown adds up to the archive") {
  const std::string archive = Pack(LogLines(1000), Blocks(10'000)) + Pack("raw\n");
  const Reader reader = OpenReader(archive);
  const logpress_part* parts = nullptr;
  size_t count = 0;
  REQUIRE(logpress_reader_breakdown(reader.get(), &parts, &count) == LOGPRESS_OK);
  uint64_t bytes = 0;
  std::vector<std::string> names;
  for (size_t i = 0; i < count; ++i) {
    bytes += parts[i].bytes;
    names.emplace_back(parts[i].name);
  }
  CHECK(bytes == archive.size());
  CHECK(std::count(names.begin(), names.end(), "archive headers and footers") == 1);
  CHECK(std::count(names.begin(), names.end(), "timestamps in lines") == 1);
  CHECK(logpress_reader_breakdown(reader.get(), nullptr, &count) == LOGPRESS_INVALID_ARGUMENT);
}

TEST_CASE("A block whose head is not the one of the index is found without decoding") {
  std::string archive = Pack(LogLines(1000), Blocks(10'000));
  logpress_block_info block = {};
  block.struct_size = sizeof(block);
  {
    const Reader reader = OpenReader(archive);
    CHECK(logpress_reader_check_blocks(reader.get()) == LOGPRESS_OK);
    REQUIRE(logpress_reader_block(reader.get(), 2, &block) == LOGPRESS_OK);
    uint64_t id = 1;
    CHECK(logpress_reader_dictionary_id(reader.get(), 2, &id) == LOGPRESS_OK);
    CHECK(id == 0);
    CHECK(logpress_reader_dictionary_id(reader.get(), 999, &id) == LOGPRESS_OUT_OF_RANGE);
  }
  archive[static_cast<size_t>(block.offset) + 6] ^= 1;
  const Reader reader = OpenReader(archive);
  CHECK(logpress_reader_damage(reader.get()) == nullptr);
  CHECK(logpress_reader_check_blocks(reader.get()) == LOGPRESS_DAMAGED);
}

TEST_CASE("Backends have names, and levels their block sizes") {
  CHECK(std::string(logpress_backend_name(LOGPRESS_BACKEND_XZ)) == "xz");
  CHECK(std::string(logpress_backend_name(LOGPRESS_BACKEND_DICTIONARY)) == "dictionary");
  CHECK(logpress_backend_name(LOGPRESS_BACKEND_AUTO) == nullptr);
  CHECK(logpress_backend_name(7) == nullptr);
  CHECK(logpress_block_size(1) == uint64_t{16} << 20);
  CHECK(logpress_block_size(9) > logpress_block_size(1));
  CHECK(logpress_block_size(0) == 0);
  CHECK(logpress_block_size(10) == 0);
}

TEST_CASE("Any range of lines reads forwards and backwards") {
  const std::string raw = LogLines(500) + "\n\n" + std::string(30'000, 'l') + "\nshort\n" +
                          LogLines(200, 500) + "no newline";
  const std::vector<std::string> expected = Split(raw);
  const std::string archive = Pack(raw, Blocks(7000));
  const Reader reader = OpenReader(archive);
  for (const uint64_t first : {0, 1, 99, 400, 498, 500, 502, 503, 504, 700, 704, 705}) {
    for (const uint64_t count : {uint64_t{0}, uint64_t{1}, uint64_t{150}, UINT64_MAX}) {
      const uint64_t end =
          std::min<uint64_t>(expected.size(), count > 10'000 ? expected.size() : first + count);
      const Lines lines = OpenLines(reader.get(), first, count);
      logpress_line line;
      CHECK(logpress_lines_previous(lines.get(), &line) == LOGPRESS_END);
      for (uint64_t n = first; n < end; ++n) {
        REQUIRE(logpress_lines_next(lines.get(), &line) == LOGPRESS_OK);
        REQUIRE(line.number == n);
        REQUIRE(std::string(line.data, line.size) == expected[static_cast<size_t>(n)]);
      }
      CHECK(logpress_lines_next(lines.get(), &line) == LOGPRESS_END);
      for (uint64_t n = end; n-- > first;) {
        REQUIRE(logpress_lines_previous(lines.get(), &line) == LOGPRESS_OK);
        REQUIRE(line.number == n);
        REQUIRE(std::string(line.data, line.size) == expected[static_cast<size_t>(n)]);
      }
      CHECK(logpress_lines_previous(lines.get(), &line) == LOGPRESS_END);
    }
  }
  logpress_lines* beyond = nullptr;
  CHECK(logpress_reader_lines(reader.get(), expected.size() + 1, 1, &beyond) ==
        LOGPRESS_OUT_OF_RANGE);
  CHECK_THAT(logpress_lines_message(beyond), Catch::Contains("there is no line"));
  logpress_lines_free(beyond);
}

TEST_CASE("Many lines at once are the same lines, one behind the other in memory") {
  const std::string raw = LogLines(500) + "\n\n" + std::string(30'000, 'l') + "\nshort\n" +
                          LogLines(200, 500) + "no newline";
  const std::string archive = Pack(raw, Blocks(7000));
  const Reader reader = OpenReader(archive);
  const auto ranges = [&](auto open) {
    for (const size_t count : {1, 2, 7, 1000}) {
      const Lines one = open();
      const Lines many = open();
      std::vector<logpress_line> found(count);
      size_t calls = 0;
      size_t lines = 0;
      for (size_t filled = 1; filled != 0; ++calls) {
        const logpress_code code =
            logpress_lines_next_many(many.get(), found.data(), count, &filled);
        REQUIRE(code == (filled != 0 ? LOGPRESS_OK : LOGPRESS_END));
        REQUIRE(filled <= count);
        for (size_t i = 0; i < filled; ++i, ++lines) {
          logpress_line line;
          REQUIRE(logpress_lines_next(one.get(), &line) == LOGPRESS_OK);
          REQUIRE(found[i].number == line.number);
          REQUIRE(found[i].time == line.time);
          REQUIRE(found[i].time_kind == line.time_kind);
          REQUIRE(std::string(found[i].data, found[i].size) == std::string(line.data, line.size));
          if (i > 0) REQUIRE(found[i].data == found[i - 1].data + found[i - 1].size);
        }
      }
      logpress_line line;
      CHECK(logpress_lines_next(one.get(), &line) == LOGPRESS_END);
      CHECK((count == 1 || calls < lines * 2 / 3));
    }
  };
  ranges([&] { return OpenLines(reader.get(), 0, UINT64_MAX); });
  ranges([&] { return OpenLines(reader.get(), 100, 555); });
  ranges([&] {
    logpress_lines* lines = nullptr;
    const int64_t start = int64_t{1714521600} * 1'000'000;  // 2024-05-01
    REQUIRE(logpress_reader_lines_between(reader.get(), start + 20'000'000, start + 600'000'000,
                                          &lines) == LOGPRESS_OK);
    return Lines(lines);
  });

  // Behind a turn too.
  const Lines lines = OpenLines(reader.get(), 0, 20);
  std::vector<logpress_line> found(100);
  size_t filled = 0;
  REQUIRE(logpress_lines_next_many(lines.get(), found.data(), 10, &filled) == LOGPRESS_OK);
  CHECK(filled == 10);
  logpress_line line;
  REQUIRE(logpress_lines_previous(lines.get(), &line) == LOGPRESS_OK);
  CHECK(line.number == 9);
  REQUIRE(logpress_lines_next_many(lines.get(), found.data(), 100, &filled) == LOGPRESS_OK);
  CHECK(filled == 11);
  CHECK(found[0].number == 9);
  CHECK(found[10].number == 19);
  CHECK(logpress_lines_next_many(lines.get(), found.data(), 0, &filled) ==
        LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_lines_next_many(nullptr, found.data(), 1, &filled) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_lines_next_many(lines.get(), nullptr, 1, &filled) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_lines_next_many(lines.get(), found.data(), 1, nullptr) ==
        LOGPRESS_INVALID_ARGUMENT);
}

TEST_CASE("A walk turns round anywhere") {
  const std::string raw = LogLines(300);
  const std::vector<std::string> expected = Split(raw);
  const std::string archive = Pack(raw, Blocks(3000));
  const Reader reader = OpenReader(archive);
  const Lines lines = OpenLines(reader.get(), 0, 300);
  logpress_line line;
  uint64_t at = 0;
  uint32_t state = 1;
  for (int i = 0; i < 3000; ++i) {
    state = state * 1664525 + 1013904223;
    const bool forwards = (state >> 30) != 0;
    const logpress_code code = forwards ? logpress_lines_next(lines.get(), &line)
                                        : logpress_lines_previous(lines.get(), &line);
    REQUIRE(code == (at == (forwards ? 300 : 0) ? LOGPRESS_END : LOGPRESS_OK));
    if (code == LOGPRESS_OK) {
      REQUIRE(line.number == (forwards ? at++ : --at));
      REQUIRE(std::string(line.data, line.size) == expected[static_cast<size_t>(line.number)]);
    }
    if (i == 1000) {
      logpress_lines_to_last(lines.get());
      at = 300;
    }
    if (i == 2000) {
      logpress_lines_to_first(lines.get());
      at = 0;
    }
  }
}

TEST_CASE("Only the blocks that hold the lines are read") {
  const std::string archive = Pack(LogLines(20'000), Blocks(50'000));
  Counter counter{&archive};
  const logpress_source source = counter.Source();
  logpress_reader* made = nullptr;
  REQUIRE(logpress_reader_open(nullptr, &source, &made) == LOGPRESS_OK);
  const Reader reader(made);
  CHECK(counter.bytes < 5000);
  counter.bytes = 0;
  const Lines lines = OpenLines(made, 10'000, 5);
  CHECK(counter.bytes == 0);
  CHECK(ReadOn(lines.get()) == LogLines(5, 10'000));
  logpress_block_info block = {};
  block.struct_size = sizeof(block);
  REQUIRE(logpress_reader_block(made, 10, &block) == LOGPRESS_OK);
  CHECK(counter.bytes < 3 * block.packed_bytes);
}

TEST_CASE("A source that fails is an error of the call and not of the reader") {
  const std::string archive = Pack(LogLines(2000), Blocks(5000));
  Counter counter{&archive};
  counter.fail = 42;
  const logpress_source source = counter.Source();
  logpress_reader* made = nullptr;
  CHECK(logpress_reader_open(nullptr, &source, &made) == LOGPRESS_IO_ERROR);
  CHECK_THAT(logpress_reader_message(made), Catch::Contains("returned 42"));
  logpress_lines* none = nullptr;
  CHECK(logpress_reader_lines(made, 0, 1, &none) == LOGPRESS_MISUSE);
  logpress_lines_free(none);
  logpress_reader_free(made);

  counter.fail = 0;
  REQUIRE(logpress_reader_open(nullptr, &source, &made) == LOGPRESS_OK);
  const Reader reader(made);
  const Lines lines = OpenLines(made, 100, 1);
  counter.fail = 1;
  logpress_line line;
  CHECK(logpress_lines_next(lines.get(), &line) == LOGPRESS_IO_ERROR);
  counter.fail = 0;
  CHECK(logpress_lines_next(lines.get(), &line) == LOGPRESS_OK);
  CHECK(line.number == 100);
}

TEST_CASE("A damaged block is an error for its own lines alone") {
  std::string archive = Pack(LogLines(2000), Blocks(20'000));
  logpress_block_info block = {};
  block.struct_size = sizeof(block);
  {
    const Reader reader = OpenReader(archive);
    REQUIRE(logpress_reader_block(reader.get(), 1, &block) == LOGPRESS_OK);
  }
  archive[static_cast<size_t>(block.offset + block.packed_bytes / 2)] ^= 1;
  const Reader reader = OpenReader(archive);
  const Lines before = OpenLines(reader.get(), 0, block.first_line);
  CHECK(ReadOn(before.get()) == LogLines(static_cast<int>(block.first_line)));
  const Lines inside = OpenLines(reader.get(), block.first_line, 1);
  logpress_line line;
  CHECK(logpress_lines_next(inside.get(), &line) == LOGPRESS_DAMAGED);
  CHECK_THAT(logpress_lines_message(inside.get()), Catch::Contains("at byte"));
  const auto next = static_cast<int>(block.first_line + block.lines);
  const Lines behind = OpenLines(reader.get(), static_cast<uint64_t>(next), 2000);
  CHECK(ReadOn(behind.get()) == LogLines(2000 - next, next));
}

TEST_CASE("A line longer than the memory limit is refused") {
  const std::string archive = Pack(std::string(3'000'000, 'a') + "\n", Blocks(1000));
  logpress_options options = logpress_default_options();
  options.memory_limit = 2'000'000;
  const Reader reader = OpenReader(archive, &options);
  const Lines lines = OpenLines(reader.get(), 0, 1);
  logpress_line line;
  CHECK(logpress_lines_next(lines.get(), &line) == LOGPRESS_MEMORY_LIMIT);
}

TEST_CASE("Two threads with a context each, and two readers on one archive, do not meet") {
  const std::string archive = Pack(LogLines(3000), Blocks(20'000));
  const auto work = [&archive](int seed) {
    const std::string raw = LogLines(500, seed);
    std::string packed(static_cast<size_t>(logpress_compress_bound(raw.size())), '\0');
    std::string back(raw.size(), '\0');
    logpress_context* made = nullptr;
    bool good = logpress_context_new(nullptr, &made) == LOGPRESS_OK;
    const Context context(made);
    for (int i = 0; i < 3; ++i) {
      size_t size = 0;
      good = good && logpress_context_compress(made, raw.data(), raw.size(), packed.data(),
                                               packed.size(), &size) == LOGPRESS_OK;
      good = good && logpress_context_decompress(made, packed.data(), size, back.data(),
                                                 back.size(), &size) == LOGPRESS_OK;
      good = good && back == raw;
    }
    logpress_reader* opened = nullptr;
    good = good && logpress_reader_open_memory(nullptr, archive.data(), archive.size(), &opened) ==
                       LOGPRESS_OK;
    const Reader reader(opened);
    logpress_lines* walk = nullptr;
    good = good && logpress_reader_lines(opened, 100, 2000, &walk) == LOGPRESS_OK;
    const Lines lines(walk);
    logpress_line line;
    uint64_t count = 0;
    while (good && logpress_lines_next(walk, &line) == LOGPRESS_OK) ++count;
    return good && count == 2000;
  };
  bool first = false;
  bool second = false;
  std::thread one([&] { first = work(1); });
  std::thread other([&] { second = work(1000); });
  one.join();
  other.join();
  CHECK(first);
  CHECK(second);
}

}  // namespace
}  // namespace logpress::api
