#include <algorithm>

#include "api/api_test_util.h"

namespace logpress::api {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kStart = 1714521600 * kSecond;  // 2024-05-01 00:00 UTC, line 0 of LogLines

Lines Between(logpress_reader* reader, int64_t from, int64_t to) {
  logpress_lines* lines = nullptr;
  REQUIRE(logpress_reader_lines_between(reader, from, to, &lines) == LOGPRESS_OK);
  return Lines(lines);
}

std::vector<uint64_t> Numbers(logpress_lines* lines, bool backwards = false) {
  std::vector<uint64_t> numbers;
  logpress_line line;
  logpress_code code;
  while ((code = backwards ? logpress_lines_previous(lines, &line)
                           : logpress_lines_next(lines, &line)) == LOGPRESS_OK)
    numbers.push_back(line.number);
  REQUIRE(code == LOGPRESS_END);
  return numbers;
}

std::vector<uint64_t> Range(uint64_t first, uint64_t end) {
  std::vector<uint64_t> numbers;
  for (uint64_t n = first; n < end; ++n) numbers.push_back(n);
  return numbers;
}

struct Counter {
  const std::string* archive;
  uint64_t bytes = 0;
  logpress_source Source() {
    return {archive->size(),
            [](void* opaque, uint64_t offset, void* buffer, size_t size) {
              auto* const self = static_cast<Counter*>(opaque);
              std::memcpy(buffer, self->archive->data() + offset, size);
              self->bytes += size;
              return 0;
            },
            this};
  }
};

TEST_CASE("The lines of a minute are found, and few other blocks are read") {
  const std::string archive = Pack(LogLines(20'000), Blocks(100'000));
  Counter counter{&archive};
  const logpress_source source = counter.Source();
  logpress_reader* made = nullptr;
  REQUIRE(logpress_reader_open(nullptr, &source, &made) == LOGPRESS_OK);
  const Reader reader(made);
  counter.bytes = 0;
  const Lines lines = Between(made, kStart + 6000 * kSecond, kStart + 6060 * kSecond);
  CHECK(Numbers(lines.get()) == Range(6000, 6060));
  CHECK(counter.bytes < archive.size() / 4);
  std::vector<uint64_t> backwards = Numbers(lines.get(), true);
  std::reverse(backwards.begin(), backwards.end());
  CHECK(backwards == Range(6000, 6060));
  counter.bytes = 0;
  CHECK(Numbers(Between(made, 0, kStart).get()).empty());
  CHECK(Numbers(Between(made, kStart + 20'000 * kSecond, INT64_MAX).get()).empty());
  CHECK(counter.bytes == 0);
  CHECK(Numbers(Between(made, INT64_MIN, INT64_MAX).get()) == Range(0, 20'000));
}

// What docs/timestamps.md says, line by line and slowly.
TEST_CASE("Lines without a time belong to the line before, over blocks and archives") {
  std::string one;
  std::vector<int64_t> times;
  std::vector<bool> own;
  uint32_t state = 7;
  int64_t now = kStart;
  const auto add = [&](int count) {
    std::string log;
    for (int i = 0; i < count; ++i) {
      state = state * 1664525 + 1013904223;
      if (state >> 29 < 5) {
        log += "\tat some.place(File.java:" + std::to_string(state >> 24) + ")\n";
        times.push_back(times.empty() ? INT64_MIN : times.back());
      } else {
        now += static_cast<int64_t>(state >> 28 & 7) * kSecond - 2 * kSecond;
        const int64_t second = (now - kStart) / kSecond;
        char line[64];
        std::snprintf(line, sizeof(line), "2024-05-01 %02d:%02d:%02d ERROR here\n",
                      static_cast<int>(second / 3600 % 24), static_cast<int>(second / 60 % 60),
                      static_cast<int>(second % 60));
        log += line;
        times.push_back(now);
      }
    }
    return log;
  };
  now += 600 * kSecond;
  const std::string first = "begins\nwithout\n";
  times = {INT64_MIN, INT64_MIN};
  const std::string part = first + add(1500);
  const std::string archive = Pack(part, Blocks(1500)) + Pack(add(500), Blocks(700));
  // Those before the first timestamp have that.
  const int64_t earliest =
      *std::find_if(times.begin(), times.end(), [](int64_t time) { return time != INT64_MIN; });
  for (int64_t& time : times)
    if (time == INT64_MIN) time = earliest;
  const Reader reader = OpenReader(archive);
  const Lines all = OpenLines(reader.get(), 0, UINT64_MAX);
  logpress_line line;
  for (size_t n = 0; n < times.size(); ++n) {
    REQUIRE(logpress_lines_next(all.get(), &line) == LOGPRESS_OK);
    INFO(n << ": " << std::string(line.data, line.size));
    REQUIRE(line.time_kind == LOGPRESS_TIME_INSTANT);
    REQUIRE(line.time == times[n]);
  }
  for (int64_t from = earliest - 20 * kSecond; from < now + 20 * kSecond; from += 97 * kSecond) {
    const int64_t to = from + 60 * kSecond;
    std::vector<uint64_t> expected;
    for (size_t n = 0; n < times.size(); ++n)
      if (times[n] >= from && times[n] < to) expected.push_back(n);
    const Lines lines = Between(reader.get(), from, to);
    REQUIRE(Numbers(lines.get()) == expected);
    std::vector<uint64_t> backwards = Numbers(lines.get(), true);
    std::reverse(backwards.begin(), backwards.end());
    REQUIRE(backwards == expected);
  }
}

TEST_CASE("Every backend and a raw block answer alike") {
  const std::string raw = LogLines(400);
  for (int backend = LOGPRESS_BACKEND_STORE; backend <= LOGPRESS_BACKEND_MIX; ++backend) {
    logpress_options options = Blocks(5000);
    options.backend = backend;
    const std::string archive = Pack(raw, options);
    const Reader reader = OpenReader(archive);
    CHECK(Numbers(Between(reader.get(), kStart + 100 * kSecond, kStart + 160 * kSecond).get()) ==
          Range(100, 160));
    options.checks = LOGPRESS_CHECKS_ALL;
    const Reader checking = OpenReader(archive, &options);
    CHECK(ReadOn(OpenLines(checking.get(), 150, 10).get()) == LogLines(10, 150));
  }
}

TEST_CASE("A block tells its times and its templates without its lines") {
  const std::string raw = LogLines(300'000);
  const std::string archive = Pack(raw, Blocks(4 << 20));
  Counter counter{&archive};
  const logpress_source source = counter.Source();
  logpress_reader* made = nullptr;
  REQUIRE(logpress_reader_open(nullptr, &source, &made) == LOGPRESS_OK);
  const Reader reader(made);
  logpress_block_info info = {};
  info.struct_size = sizeof(info);
  REQUIRE(logpress_reader_block(made, 1, &info) == LOGPRESS_OK);
  CHECK(info.time_kind == LOGPRESS_TIME_INSTANT);
  CHECK(info.lowest_time == kStart + static_cast<int64_t>(info.first_line) * kSecond);
  CHECK(info.highest_time ==
        kStart + static_cast<int64_t>(info.first_line + info.lines - 1) * kSecond);

  counter.bytes = 0;
  logpress_metadata* metadata = nullptr;
  REQUIRE(logpress_reader_metadata(made, 1, &metadata) == LOGPRESS_OK);
  CHECK(counter.bytes < archive.size() / 100);
  REQUIRE(logpress_metadata_templates(metadata) == info.templates);
  uint64_t rows = 0;
  bool time = false;
  std::string text;
  for (size_t i = 0; i < info.templates; ++i) {
    logpress_template found = {};
    REQUIRE(logpress_metadata_template(metadata, i, &found) == LOGPRESS_OK);
    rows += found.rows;
    for (size_t slot = 0; slot <= found.slots; ++slot) {
      const char* data = nullptr;
      size_t size = 0;
      REQUIRE(logpress_metadata_literal(metadata, i, slot, &data, &size) == LOGPRESS_OK);
      text.append(data, size);
      size_t column = 0;
      if (slot == found.slots) break;
      REQUIRE(logpress_metadata_slot(metadata, i, slot, &column) == LOGPRESS_OK);
      int kind = -1;
      const char* format = nullptr;
      REQUIRE(logpress_metadata_column(metadata, column, &kind, &format) == LOGPRESS_OK);
      if (kind != LOGPRESS_COLUMN_TIME) continue;
      time = true;
      CHECK(std::string(format) == "%Y-%m-%d %H:%M:%S");
    }
  }
  CHECK(rows == info.lines);
  CHECK(time);
  CHECK_THAT(text, Catch::Contains(" took "));
  size_t none = 0;
  CHECK(logpress_metadata_slot(metadata, info.templates, 0, &none) == LOGPRESS_OUT_OF_RANGE);
  logpress_metadata_free(metadata);
}

std::string LinesOfMembersInAnyOrder(int count) {
  std::string raw;
  uint32_t state = 1;
  for (int i = 0; i < count; ++i) {
    std::vector<std::string> members = {"\"time\":" + std::to_string(1'700'000'000 + i / 3),
                                        "\"message\":\"request served\"",
                                        "\"path\":\"/items/" + std::to_string(i * 37 % 91) + "\"",
                                        "\"status\":" + std::to_string(i % 5 == 3 ? 404 : 200),
                                        "\"seconds\":0." + std::to_string(100 + i * 71 % 900)};
    for (size_t k = members.size() - 1; k > 0; --k) {
      state = state * 1664525 + 1013904223;
      std::swap(members[k], members[(state >> 16) % (k + 1)]);
    }
    for (size_t k = 0; k < members.size(); ++k) raw += (k == 0 ? '{' : ',') + members[k];
    raw += "}\n";
  }
  return raw;
}

TEST_CASE("Level 9 tells the templates that its rows have, without the rows") {
  struct Case {
    std::string raw;
    bool rows_are_lines;
  };
  const Case cases[] = {{LogLines(3000), true}, {LinesOfMembersInAnyOrder(8000), false}};
  for (const Case& c : cases) {
    logpress_options options = logpress_default_options();
    options.level = 9;
    const std::string archive = Pack(c.raw, options);
    Counter counter{&archive};
    const logpress_source source = counter.Source();
    logpress_reader* made = nullptr;
    REQUIRE(logpress_reader_open(nullptr, &source, &made) == LOGPRESS_OK);
    const Reader reader(made);
    logpress_block_info info = {};
    info.struct_size = sizeof(info);
    REQUIRE(logpress_reader_block(made, 0, &info) == LOGPRESS_OK);
    counter.bytes = 0;
    logpress_metadata* metadata = nullptr;
    REQUIRE(logpress_reader_metadata(made, 0, &metadata) == LOGPRESS_OK);
    // A small payload is read as a whole, whatever is asked of it.
    if (archive.size() > 20'000) CHECK(counter.bytes < archive.size() / 2);
    CHECK(info.templates > 0);
    CHECK(logpress_metadata_templates(metadata) == info.templates);
    uint64_t rows = 0;
    for (size_t i = 0; i < info.templates; ++i) {
      logpress_template found = {};
      REQUIRE(logpress_metadata_template(metadata, i, &found) == LOGPRESS_OK);
      rows += found.rows;
    }
    CHECK((c.rows_are_lines ? rows == info.lines : rows > info.lines));
    logpress_metadata_free(metadata);
  }
}

TEST_CASE("Metadata is told of every backend, and a damaged one is an error") {
  const std::string raw = LogLines(3000);
  for (int backend = LOGPRESS_BACKEND_STORE; backend <= LOGPRESS_BACKEND_MIX; ++backend) {
    logpress_options options = logpress_default_options();
    options.backend = backend;
    std::string archive = Pack(raw, options);
    logpress_metadata* metadata = nullptr;
    {
      const Reader reader = OpenReader(archive);
      REQUIRE(logpress_reader_metadata(reader.get(), 0, &metadata) == LOGPRESS_OK);
      CHECK(logpress_metadata_templates(metadata) > 0);
      logpress_metadata_free(metadata);
      CHECK(logpress_reader_metadata(reader.get(), 1, &metadata) == LOGPRESS_OUT_OF_RANGE);
      logpress_metadata_free(metadata);
    }
    archive[150] ^= 1;
    const Reader reader = OpenReader(archive);
    CHECK(logpress_reader_metadata(reader.get(), 0, &metadata) == LOGPRESS_DAMAGED);
    CHECK(!std::string(logpress_metadata_message(metadata)).empty());
    CHECK(logpress_metadata_templates(metadata) == 0);
    logpress_metadata_free(metadata);
  }
  std::string noise(5000, '\0');
  uint32_t state = 1;
  for (char& byte : noise) byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  const std::string archive = Pack(noise);
  const Reader reader = OpenReader(archive);
  logpress_metadata* metadata = nullptr;
  REQUIRE(logpress_reader_metadata(reader.get(), 0, &metadata) == LOGPRESS_OK);
  CHECK(logpress_metadata_templates(metadata) == 0);
  logpress_metadata_free(metadata);
}

}  // namespace
}  // namespace logpress::api
