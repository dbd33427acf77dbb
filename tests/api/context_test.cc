#include <limits>

#include "api/api_test_util.h"

namespace logpress::api {
namespace {

TEST_CASE("A buffer comes back from one call") {
  for (const std::string& raw :
       {std::string(), std::string("one line"), std::string("\0\xff\r\n", 4), LogLines(5000)}) {
    std::string packed(static_cast<size_t>(logpress_compress_bound(raw.size())), '\0');
    size_t written = 0;
    REQUIRE(logpress_compress(raw.data(), raw.size(), 0, packed.data(), packed.size(), &written) ==
            LOGPRESS_OK);
    REQUIRE(written <= packed.size());
    packed.resize(written);
    CHECK(Unpack(packed) == raw);
  }
}

TEST_CASE("What the bound promises holds for bytes that nothing helps") {
  std::string raw;
  uint64_t state = 1;
  for (int i = 0; i < 200'000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    raw.push_back(static_cast<char>(state >> 56));
  }
  std::string packed(static_cast<size_t>(logpress_compress_bound(raw.size())), '\0');
  size_t written = 0;
  CHECK(logpress_compress(raw.data(), raw.size(), 9, packed.data(), packed.size(), &written) ==
        LOGPRESS_OK);
  CHECK(logpress_compress_bound(std::numeric_limits<uint64_t>::max()) ==
        std::numeric_limits<uint64_t>::max());
}

TEST_CASE("A destination that is too small is an error and is not written beyond") {
  const std::string raw = LogLines(1000);
  std::string packed(100, 'x');
  size_t written = 12345;
  CHECK(logpress_compress(raw.data(), raw.size(), 1, packed.data(), 99, &written) ==
        LOGPRESS_BUFFER_TOO_SMALL);
  CHECK(written == 12345);
  CHECK(packed.back() == 'x');
  const std::string archive = Pack(raw);
  std::string back(raw.size(), 'x');
  CHECK(logpress_decompress(archive.data(), archive.size(), back.data(), raw.size() - 1,
                            &written) == LOGPRESS_BUFFER_TOO_SMALL);
  CHECK(back.back() == 'x');
}

TEST_CASE("A context gives the same bytes every time") {
  logpress_context* made = nullptr;
  REQUIRE(logpress_context_new(nullptr, &made) == LOGPRESS_OK);
  const Context context(made);
  const std::string one = LogLines(3000);
  const std::string other = LogLines(2000, 777);
  std::string expected[2];
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 2; ++i) {
      const std::string& raw = i == 0 ? one : other;
      std::string packed(static_cast<size_t>(logpress_compress_bound(raw.size())), '\0');
      size_t written = 0;
      REQUIRE(logpress_context_compress(context.get(), raw.data(), raw.size(), packed.data(),
                                        packed.size(), &written) == LOGPRESS_OK);
      packed.resize(written);
      if (round == 0) expected[i] = packed;
      CHECK(packed == expected[i]);
      CHECK(packed == Pack(raw));
      std::string back(raw.size(), '\0');
      REQUIRE(logpress_context_decompress(context.get(), packed.data(), packed.size(), back.data(),
                                          back.size(), &written) == LOGPRESS_OK);
      CHECK(back == raw);
    }
  }
}

TEST_CASE("A context goes on after an error, and says what it was") {
  logpress_context* made = nullptr;
  REQUIRE(logpress_context_new(nullptr, &made) == LOGPRESS_OK);
  const Context context(made);
  CHECK(std::string(logpress_context_message(context.get())).empty());
  const std::string raw = LogLines(300);
  char small[10];
  size_t written = 0;
  CHECK(logpress_context_compress(context.get(), raw.data(), raw.size(), small, sizeof(small),
                                  &written) == LOGPRESS_BUFFER_TOO_SMALL);
  CHECK_THAT(logpress_context_message(context.get()), Catch::Contains("too small"));
  CHECK(logpress_context_decompress(context.get(), "no archive", 10, small, sizeof(small),
                                    &written) == LOGPRESS_NOT_AN_ARCHIVE);
  std::string archive = Pack(raw);
  archive[archive.size() / 2] ^= 1;
  std::string back(raw.size(), '\0');
  CHECK(logpress_context_decompress(context.get(), archive.data(), archive.size(), back.data(),
                                    back.size(), &written) == LOGPRESS_DAMAGED);
  CHECK_THAT(logpress_context_message(context.get()), Catch::Contains("byte"));
  archive[archive.size() / 2] ^= 1;
  CHECK(logpress_context_decompress(context.get(), archive.data(), archive.size(), back.data(),
                                    back.size(), &written) == LOGPRESS_OK);
}

TEST_CASE("Every prefix of an archive is an error and nothing worse") {
  const std::string archive = Pack(LogLines(40), Blocks(500)) + Pack("another\n");
  std::string back(10'000, '\0');
  size_t whole = 0;
  for (size_t size = 0; size < archive.size(); ++size) {
    size_t written = 0;
    const logpress_code code =
        logpress_decompress(archive.data(), size, back.data(), back.size(), &written);
    if (code == LOGPRESS_OK) {
      ++whole;
    } else {
      CHECK((code == LOGPRESS_DAMAGED || code == LOGPRESS_NOT_AN_ARCHIVE));
    }
  }
  // Behind the first archive.
  CHECK(whole == 1);
}

TEST_CASE("Options out of range are refused with advice") {
  const auto refused = [](const logpress_options& options) {
    logpress_context* made = nullptr;
    const logpress_code code = logpress_context_new(&options, &made);
    const Context context(made);
    REQUIRE(context != nullptr);
    char byte = 0;
    size_t written = 0;
    // A failed handle gives its error again and again.
    CHECK(logpress_context_compress(made, &byte, 1, &byte, 1, &written) == code);
    CHECK(!std::string(logpress_context_message(made)).empty());
    return code;
  };
  logpress_options options = logpress_default_options();
  options.level = 10;
  CHECK(refused(options) == LOGPRESS_INVALID_ARGUMENT);
  options = logpress_default_options();
  options.backend = 99;
  CHECK(refused(options) == LOGPRESS_INVALID_ARGUMENT);
  options = Blocks(63);
  CHECK(refused(options) == LOGPRESS_INVALID_ARGUMENT);
  options = logpress_default_options();
  options.threads = -2;
  CHECK(refused(options) == LOGPRESS_INVALID_ARGUMENT);
  options = logpress_default_options();
  options.struct_size = 0;
  CHECK(refused(options) == LOGPRESS_INVALID_ARGUMENT);
}

TEST_CASE("A struct of another version is understood as far as it goes") {
  // Older: it ends behind the level.
  struct {
    size_t struct_size;
    int level;
    int later_memory;
  } older = {offsetof(logpress_options, level) + sizeof(int), 9, -1};
  logpress_context* made = nullptr;
  CHECK(logpress_context_new(reinterpret_cast<const logpress_options*>(&older), &made) ==
        LOGPRESS_OK);
  logpress_context_free(made);
  // Newer: a field that this library does not know may be there, but not set.
  struct {
    logpress_options options;
    uint64_t field;
  } newer = {logpress_default_options(), 0};
  newer.options.struct_size = sizeof(newer);
  CHECK(logpress_context_new(&newer.options, &made) == LOGPRESS_OK);
  logpress_context_free(made);
  newer.field = 1;
  CHECK(logpress_context_new(&newer.options, &made) == LOGPRESS_INVALID_ARGUMENT);
  logpress_context_free(made);
}

TEST_CASE("A struct whose size was not set is refused wherever one is taken") {
  logpress_options options = {};
  logpress_reader* reader = nullptr;
  logpress_writer* writer = nullptr;
  const std::string archive = Pack(LogLines(10));
  CHECK(logpress_reader_open_memory(&options, archive.data(), archive.size(), &reader) ==
        LOGPRESS_INVALID_ARGUMENT);
  CHECK(std::string(logpress_reader_message(reader)).find("struct_size") != std::string::npos);
  logpress_reader_free(reader);
  const auto write = [](void*, const void*, size_t) { return 0; };
  CHECK(logpress_writer_new(&options, write, nullptr, &writer) == LOGPRESS_INVALID_ARGUMENT);
  logpress_writer_free(writer);

  const Reader opened = OpenReader(archive);
  logpress_archive_info info = {};
  CHECK(logpress_reader_info(opened.get(), &info) == LOGPRESS_INVALID_ARGUMENT);
  logpress_block_info block = {};
  CHECK(logpress_reader_block(opened.get(), 0, &block) == LOGPRESS_INVALID_ARGUMENT);
  std::string out;
  const Writer made = NewWriter(logpress_default_options(), &out);
  logpress_totals totals = {};
  CHECK(logpress_writer_totals(made.get(), &totals) == LOGPRESS_INVALID_ARGUMENT);
  // A size is enough: a struct without fields is one of a very old caller.
  totals.struct_size = sizeof(totals.struct_size);
  totals.blocks = 77;
  CHECK(logpress_writer_totals(made.get(), &totals) == LOGPRESS_OK);
  CHECK(totals.blocks == 77);
}

TEST_CASE("A memory limit is kept") {
  const std::string archive = Pack(LogLines(20'000));
  logpress_options options = logpress_default_options();
  options.memory_limit = 100'000;
  logpress_context* made = nullptr;
  REQUIRE(logpress_context_new(&options, &made) == LOGPRESS_OK);
  const Context context(made);
  std::string back(2'000'000, '\0');
  size_t written = 0;
  CHECK(logpress_context_decompress(made, archive.data(), archive.size(), back.data(), back.size(),
                                    &written) == LOGPRESS_MEMORY_LIMIT);
  CHECK_THAT(logpress_context_message(made), Catch::Contains("100000"));
}

TEST_CASE("Null pointers are refused") {
  size_t written = 0;
  char byte = 0;
  CHECK(logpress_compress(nullptr, 1, 0, &byte, 1, &written) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_compress(&byte, 1, 0, nullptr, 1, &written) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_compress(&byte, 1, 0, &byte, 1, nullptr) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_decompress(nullptr, 1, &byte, 1, &written) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_context_new(nullptr, nullptr) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_context_compress(nullptr, &byte, 1, &byte, 1, &written) ==
        LOGPRESS_INVALID_ARGUMENT);
  logpress_context_free(nullptr);
}

TEST_CASE("Every code has a name of its own") {
  std::vector<std::string> names;
  for (int code = LOGPRESS_OK; code <= LOGPRESS_INTERNAL; ++code) {
    const std::string name = logpress_code_name(code);
    CHECK(std::count(names.begin(), names.end(), name) == 0);
    names.push_back(name);
  }
  CHECK(std::string(logpress_code_name(1000)) == "unknown code");
}

}  // namespace
}  // namespace logpress::api
