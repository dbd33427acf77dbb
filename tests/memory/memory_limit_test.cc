// A memory limit is kept when packing too, whatever the log.
#include <vector>

#include "api/api_test_util.h"
#include "api/test_allocator.h"
#include "support/log_generator.h"

namespace logpress::api {
namespace {

constexpr uint64_t kMiB = uint64_t{1} << 20;

// Logs of which little is known but the worst: what is found in them takes most of memory.
std::vector<std::string> GreedyLogs(size_t size) {
  std::string nothing(size, '\n');
  std::string values;
  std::string numbers;
  std::string quotes;
  std::string columns;
  uint64_t random = 1;
  const auto next = [&random] { return (random = random * 6364136223846793005u + 1) >> 40; };
  while (values.size() < size) {
    char value[16];
    std::snprintf(value, sizeof(value), "%05x\n", static_cast<unsigned>(next() & 0xfffff));
    values += value;
  }
  while (numbers.size() < size) {
    numbers += std::to_string(next() % 1'000'000);
    numbers += numbers.size() % 9 == 0 ? '\n' : ' ';
  }
  while (quotes.size() < size) {
    quotes += '"';
    quotes += static_cast<char>('a' + next() % 26);
    quotes += std::to_string(next() % 10);
    quotes += next() % 30 == 0 ? "\"\n" : "\"";
  }
  while (columns.size() < size) {
    std::string row;
    for (int i = 0; i < 1000; ++i) {
      row += std::to_string(next() % 7);
      row += "[,;"[next() % 3];
    }
    columns += row + "\n" + row + "\n";
  }
  std::string escapes(size, '\1');
  for (size_t i = 0; i < size; i += 40) escapes[i] = '\n';
  return {nothing, values, numbers, quotes, columns, escapes};
}

// The least memory limit with which a writer can be made, as its message tells.
uint64_t LeastFor(logpress_options options) {
  options.memory_limit = kMiB;
  std::string archive;
  logpress_writer* made = nullptr;
  REQUIRE(logpress_writer_new(&options, AppendTo, &archive, &made) == LOGPRESS_MEMORY_LIMIT);
  const Writer writer(made);
  const std::string message = logpress_writer_message(made);
  const size_t takes = message.find("takes ");
  REQUIRE(takes != std::string::npos);
  return std::strtoull(message.c_str() + takes + 6, nullptr, 10);
}

TEST_CASE("A writer keeps within its memory limit, whatever the log") {
  for (const int level : {1, 7, 9}) {
    // What mix takes grows with the block only.
    std::vector<std::string> logs = GreedyLogs(level == 9 ? 25'000 : 140'000);
    logs.push_back(testing::GenerateLog(3, 30'000));
    logpress_options options = logpress_default_options();
    options.level = level;
    const uint64_t least = LeastFor(options);
    for (const uint64_t limit : {least, 2 * least}) {
      options.memory_limit = limit;
      for (size_t i = 0; i < logs.size(); ++i) {
        uint64_t peak = 0;
        const std::string archive = PackWithin(logs[i], options, &peak);
        INFO("level " << level << ", limit " << limit << ", log " << i << ", peak " << peak);
        CHECK(peak <= limit);
        CHECK(Unpack(archive) == logs[i]);
      }
    }
  }
}

TEST_CASE("A memory limit that nothing fits is an error that says what does") {
  logpress_options options = logpress_default_options();
  const uint64_t least = LeastFor(options);
  options.memory_limit = least - 1;
  std::string archive;
  logpress_writer* made = nullptr;
  REQUIRE(logpress_writer_new(&options, AppendTo, &archive, &made) == LOGPRESS_MEMORY_LIMIT);
  const Writer writer(made);
  options.memory_limit = least;
  const std::string raw = LogLines(5000);
  uint64_t peak = 0;
  CHECK(Unpack(PackWithin(raw, options, &peak)) == raw);
  CHECK(peak <= least);

  // A context unpacks all the same.
  options.memory_limit = kMiB;
  logpress_context* context = nullptr;
  REQUIRE(logpress_context_new(&options, &context) == LOGPRESS_OK);
  const Context owner(context);
  const std::string small = Pack("one line\n");
  char back[16];
  size_t size = 0;
  CHECK(logpress_context_compress(context, raw.data(), raw.size(), back, 16, &size) ==
        LOGPRESS_MEMORY_LIMIT);
  CHECK(logpress_context_decompress(context, small.data(), small.size(), back, 16, &size) ==
        LOGPRESS_OK);
}

}  // namespace
}  // namespace logpress::api
