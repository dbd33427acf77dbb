// Every request of the library for memory fails once, wherever it comes from and on whichever
// thread: each is an error of the call, with nothing lost and nothing kept.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "api/api_test_util.h"
#include "memory/failing_new.h"
#include "property/memory_meter.h"

namespace logpress::api {
namespace {

using ::logpress::testing::FailingNew;

// Beyond them some are left out, more and more.
constexpr uint64_t kEachOne = 150;

logpress_options Within(int level, int threads) {
  logpress_options options = logpress_default_options();
  options.allocator = FailingNew::Allocator();
  options.level = level;
  options.threads = threads;
  options.block_size = 2000;
  return options;
}

// Has `work` run with every request failing in turn: with those behind it, and alone. work()
// returns the first code that is not OK, frees what it makes, and takes no memory for itself. With
// threads the order of requests is not always the same, so that a failure may come late.
template <typename Work>
void FailInTurn(const Work& work, bool may_leak = false) {
  REQUIRE(work() == LOGPRESS_OK);  // what is made once is made now
  for (const bool once : {false, true}) {
    uint64_t failures = 1;
    for (uint64_t n = 0; failures > 0; n += 1 + n / kEachOne) {
      logpress_code code = LOGPRESS_OK;
      int64_t held = 0;
      {
        const FailingNew failing(n, once);
        code = work();
        failures = failing.failures();
        held = failing.held();
      }
      const bool expected =
          code == LOGPRESS_OUT_OF_MEMORY || (code == LOGPRESS_OK && (once || failures == 0));
      if (!expected || (held != 0 && !may_leak)) {
        FAIL("request " << n << (once ? " alone" : " and those behind it") << ": code " << code
                        << ", " << held << " pieces not given back");
      }
      REQUIRE(n < 1'000'000);
    }
  }
}

// Where output goes that must not ask for memory.
struct Fixed {
  std::string bytes;
  size_t size = 0;

  explicit Fixed(size_t capacity) : bytes(capacity, '\0') {}
  static int Write(void* opaque, const void* data, size_t size) {
    auto* const self = static_cast<Fixed*>(opaque);
    if (size > self->bytes.size() - self->size) return 1;
    std::memcpy(self->bytes.data() + self->size, data, size);
    self->size += size;
    return 0;
  }
  bool Holds(const std::string& expected) const {
    return size == expected.size() && std::memcmp(bytes.data(), expected.data(), size) == 0;
  }
};

// Runs the calls, each a code, up to the first that is not OK.
template <typename... Calls>
logpress_code InOrder(const Calls&... calls) {
  logpress_code code = LOGPRESS_OK;
  static_cast<void>((... && ((code = calls()) == LOGPRESS_OK)));
  return code;
}

TEST_CASE("Every request fails: contexts, both ways") {
  const std::string raw = LogLines(100);
  const int level = GENERATE(1, 5, 7, 9);
  const int threads = GENERATE(1, 2);
  CAPTURE(level, threads);
  const logpress_options options = Within(level, threads);
  const std::string archive = Pack(raw, options);
  std::string packed(archive.size() + 4096, '\0');
  std::string back(raw.size(), '\0');
  size_t size = 0;
  FailInTurn([&] {
    logpress_context* made = nullptr;
    const logpress_code code =
        InOrder([&] { return logpress_context_new(&options, &made); },
                [&] {
                  return logpress_context_compress(made, raw.data(), raw.size(), packed.data(),
                                                   packed.size(), &size);
                },
                [&] {
                  return logpress_context_decompress(made, packed.data(), size, back.data(),
                                                     back.size(), &size);
                });
    if (code == LOGPRESS_OK && back != raw) FAIL("other bytes");
    logpress_context_free(made);
    return code;
  });
}

TEST_CASE("Every request fails: a trained dictionary") {
  const std::string samples = LogLines(2000);
  std::string file(size_t{1} << 20, '\0');
  size_t size = 0;
  REQUIRE(logpress_train(samples.data(), samples.size(), file.data(), file.size(), &size) ==
          LOGPRESS_OK);
  const logpress_options options = Within(5, 1);
  FailInTurn([&] {
    logpress_dictionary* made = nullptr;
    const logpress_code code = logpress_dictionary_new(&options, file.data(), size, &made);
    logpress_dictionary_free(made);
    return code;
  });
}

TEST_CASE("Every request fails: a stream that is written and flushed") {
  const std::string raw = LogLines(100);
  const int threads = GENERATE(1, 2);
  CAPTURE(threads);
  const logpress_options options = Within(5, threads);
  Fixed out(raw.size() + 4096);
  Fixed expected(raw.size() + 4096);
  const auto write = [&](Fixed* to) {
    to->size = 0;
    logpress_writer* made = nullptr;
    const logpress_code code =
        InOrder([&] { return logpress_writer_new(&options, Fixed::Write, to, &made); },
                [&] { return logpress_writer_append(made, raw.data(), raw.size() / 2); },
                [&] { return logpress_writer_flush(made); },
                [&] {
                  return logpress_writer_append(made, raw.data() + raw.size() / 2,
                                                raw.size() - raw.size() / 2);
                },
                [&] { return logpress_writer_finish(made); });
    logpress_writer_free(made);
    return code;
  };
  REQUIRE(write(&expected) == LOGPRESS_OK);
  FailInTurn([&] {
    const logpress_code code = write(&out);
    if (code == LOGPRESS_OK && (out.size != expected.size || out.bytes != expected.bytes))
      FAIL("other bytes");
    return code;
  });
}

TEST_CASE("Every request fails: an archive that is appended to") {
  namespace fs = std::filesystem;
  std::string folder = fs::temp_directory_path() / "logpress-XXXXXX";
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  const std::string path = folder + "/app.log.lpz";
  const std::string raw = LogLines(60);
  const logpress_options options = Within(5, 1);
  const std::string archive = Pack(raw, options);
  FailInTurn([&] {
    {
      // Not through a stream, which takes memory.
      std::FILE* const file = std::fopen(path.c_str(), "wb");
      if (file == nullptr || std::fwrite(archive.data(), 1, archive.size(), file) != archive.size())
        FAIL("cannot write " << path);
      std::fclose(file);
    }
    logpress_writer* made = nullptr;
    const logpress_code code = InOrder(
        [&] { return logpress_writer_open(&options, path.c_str(), LOGPRESS_APPEND, &made); },
        [&] { return logpress_writer_append(made, raw.data(), raw.size()); },
        [&] { return logpress_writer_finish(made); });
    logpress_writer_free(made);
    return code;
  });
  std::ifstream file(path, std::ios::binary);
  const std::string both((std::istreambuf_iterator<char>(file)), {});
  CHECK(Unpack(both) == raw + raw);
  fs::remove_all(folder);
}

TEST_CASE("Every request fails: a decoder that is given pieces") {
  const std::string raw = LogLines(100);
  const int threads = GENERATE(1, 2);
  CAPTURE(threads);
  const logpress_options options = Within(5, threads);
  const std::string archive = Pack(raw, options);
  std::string back(raw.size() + 1, '\0');
  FailInTurn([&] {
    logpress_decoder* made = nullptr;
    logpress_code code = logpress_decoder_new(&options, &made);
    size_t made_bytes = 0;
    for (size_t at = 0; code == LOGPRESS_OK && at < archive.size();) {
      size_t taken = 0;
      size_t written = 0;
      code = logpress_decoder_decompress(
          made, archive.data() + at, std::min<size_t>(700, archive.size() - at), &taken,
          back.data() + made_bytes, back.size() - made_bytes, &written);
      at += taken;
      made_bytes += written;
    }
    if (code == LOGPRESS_END) {
      size_t written = 0;
      code = logpress_decoder_finish(made, nullptr, 0, &written);
    }
    logpress_decoder_free(made);
    if (code != LOGPRESS_END) return code;
    if (back.compare(0, made_bytes, raw) != 0) FAIL("other bytes");
    return LOGPRESS_OK;
  });
}

TEST_CASE("Every request fails: a reader, its lines, and what it tells of templates") {
  const std::string raw = LogLines(100);
  const int threads = GENERATE(1, 2);
  CAPTURE(threads);
  const logpress_options options = Within(5, threads);
  const std::string archive = Pack(raw, options);
  Fixed back(raw.size());
  FailInTurn([&] {
    back.size = 0;
    logpress_reader* reader = nullptr;
    logpress_metadata* metadata = nullptr;
    logpress_lines* lines = nullptr;
    logpress_code code = InOrder(
        [&] {
          return logpress_reader_open_memory(&options, archive.data(), archive.size(), &reader);
        },
        [&] { return logpress_reader_metadata(reader, 1, &metadata); },
        [&] { return logpress_reader_lines(reader, 0, ~uint64_t{0}, &lines); });
    while (code == LOGPRESS_OK) {
      logpress_line line;
      code = logpress_lines_next(lines, &line);
      if (code == LOGPRESS_OK) Fixed::Write(&back, line.data, line.size);
    }
    logpress_lines_free(lines);
    logpress_metadata_free(metadata);
    logpress_reader_free(reader);
    if (code != LOGPRESS_END) return code;
    if (!back.Holds(raw)) FAIL("other lines");
    return LOGPRESS_OK;
  });
}

TEST_CASE("Every request fails: a search") {
  const std::string raw = LogLines(100);
  const int threads = GENERATE(1, 2);
  CAPTURE(threads);
  const logpress_options options = Within(5, threads);
  const std::string archive = Pack(raw, options);
  // RE2 keeps what it had begun to compile with when memory runs out, and so the second is no
  // pattern for those that look for leaks.
  const bool compiled = GENERATE(false, true);
  if (compiled && !testing::MemoryMeter::Measures()) return;
  const char* const pattern = compiled ? "worker-[0-3]: request .*7 " : "request 7";
  uint64_t expected = 0;
  const auto search = [&](uint64_t* selected) {
    logpress_reader* reader = nullptr;
    logpress_search_stats stats = {};
    stats.struct_size = sizeof(stats);
    const auto found = [](void* opaque, const logpress_found* line) -> int {
      *static_cast<uint64_t*>(opaque) += line->size;
      return LOGPRESS_OK;
    };
    *selected = 0;
    const logpress_code code = InOrder(
        [&] {
          return logpress_reader_open_memory(&options, archive.data(), archive.size(), &reader);
        },
        [&] {
          return logpress_search(reader, &pattern, nullptr, 1, nullptr, found, selected, &stats);
        });
    logpress_reader_free(reader);
    return code;
  };
  REQUIRE(search(&expected) == LOGPRESS_OK);
  REQUIRE(expected > 0);
  FailInTurn(
      [&] {
        uint64_t selected = 0;
        const logpress_code code = search(&selected);
        if (code == LOGPRESS_OK && selected != expected) FAIL("other lines");
        return code;
      },
      compiled);
}

}  // namespace
}  // namespace logpress::api
