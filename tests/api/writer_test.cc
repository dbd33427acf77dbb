#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <thread>

#include "api/api_test_util.h"

namespace logpress::api {
namespace {

// A file that is gone at the end.
class TemporaryFile {
 public:
  TemporaryFile() {
    char name[] = "/tmp/logpress_test_XXXXXX";
    const int fd = mkstemp(name);
    REQUIRE(fd >= 0);
    close(fd);
    path_ = name;
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  const char* path() const { return path_.c_str(); }
  std::string Contents() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  void Write(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
  }

 private:
  std::string path_;
};

logpress_code AppendFile(const char* path, const std::string& text, std::string* message) {
  logpress_writer* made = nullptr;
  logpress_code code = logpress_writer_open(nullptr, path, LOGPRESS_APPEND, &made);
  const Writer writer(made);
  *message = logpress_writer_message(made);
  if (code == LOGPRESS_OK) code = logpress_writer_append(made, text.data(), text.size());
  if (code == LOGPRESS_OK) code = logpress_writer_finish(made);
  return code;
}

TEST_CASE("A stream comes back whatever pieces it was pushed in") {
  const std::string raw = LogLines(2000);
  const std::string expected = Pack(raw, Blocks(20'000));
  CHECK(Unpack(expected) == raw);
  std::string archive;
  const Writer writer = NewWriter(Blocks(20'000), &archive);
  for (size_t at = 0; at < raw.size(); at += 997) {
    const std::string piece = raw.substr(at, 997);
    REQUIRE(logpress_writer_append(writer.get(), piece.data(), piece.size()) == LOGPRESS_OK);
  }
  REQUIRE(logpress_writer_finish(writer.get()) == LOGPRESS_OK);
  CHECK(archive == expected);
  logpress_totals totals = {};
  totals.struct_size = sizeof(totals);
  REQUIRE(logpress_writer_totals(writer.get(), &totals) == LOGPRESS_OK);
  CHECK(totals.raw_bytes == raw.size());
  CHECK(totals.packed_bytes == archive.size());
  CHECK(totals.lines == 2000);
  CHECK(totals.blocks > 3);
}

TEST_CASE("Threads and executors do not change a byte") {
  const std::string raw = LogLines(6000);
  const std::string expected = Pack(raw, Blocks(20'000));
  logpress_options options = Blocks(20'000);
  options.threads = 3;
  CHECK(Pack(raw, options) == expected);

  // Runs it at once, on the thread that submits.
  logpress_executor at_once = {[](void*, void (*task)(void*), void* argument) {
                                 task(argument);
                                 return 0;
                               },
                               nullptr};
  options.executor = &at_once;
  CHECK(Pack(raw, options) == expected);

  // Takes nothing.
  logpress_executor refuses = {[](void*, void (*)(void*), void*) { return 1; }, nullptr};
  options.executor = &refuses;
  CHECK(Pack(raw, options) == expected);

  // A thread a task.
  std::vector<std::thread> threads;
  logpress_executor spawns = {[](void* opaque, void (*task)(void*), void* argument) {
                                static_cast<std::vector<std::thread>*>(opaque)->emplace_back(
                                    task, argument);
                                return 0;
                              },
                              &threads};
  options.executor = &spawns;
  const std::string archive = Pack(raw, options);
  CHECK(archive == expected);
  std::string back(raw.size(), '\0');
  logpress_context* made = nullptr;
  REQUIRE(logpress_context_new(&options, &made) == LOGPRESS_OK);
  const Context context(made);
  size_t written = 0;
  CHECK(logpress_context_decompress(made, archive.data(), archive.size(), back.data(), back.size(),
                                    &written) == LOGPRESS_OK);
  CHECK(back == raw);
  for (std::thread& thread : threads) thread.join();
}

TEST_CASE("What was flushed reads before the archive is finished") {
  std::string archive;
  const Writer writer = NewWriter(logpress_default_options(), &archive);
  const std::string one = LogLines(10);
  REQUIRE(logpress_writer_append(writer.get(), one.data(), one.size()) == LOGPRESS_OK);
  CHECK(archive.empty());
  REQUIRE(logpress_writer_flush(writer.get()) == LOGPRESS_OK);
  const Reader reader = OpenReader(archive);
  CHECK(logpress_reader_damage(reader.get()) != nullptr);
  const Lines lines = OpenLines(reader.get(), 0, 100);
  CHECK(ReadOn(lines.get()) == one);
}

TEST_CASE("A flush interval bounds how far behind the archive is") {
  logpress_options options = logpress_default_options();
  options.flush_interval = 20;
  std::string archive;
  const Writer writer = NewWriter(options, &archive);
  uint64_t wait = 0;
  REQUIRE(logpress_writer_poll(writer.get(), &wait) == LOGPRESS_OK);
  CHECK(wait == UINT64_MAX);
  REQUIRE(logpress_writer_append(writer.get(), "line\n", 5) == LOGPRESS_OK);
  REQUIRE(logpress_writer_poll(writer.get(), &wait) == LOGPRESS_OK);
  CHECK(wait <= 20);
  std::this_thread::sleep_for(std::chrono::milliseconds(25));
  REQUIRE(logpress_writer_poll(writer.get(), &wait) == LOGPRESS_OK);
  CHECK(wait == UINT64_MAX);
  CHECK(!archive.empty());
  const size_t flushed = archive.size();
  REQUIRE(logpress_writer_append(writer.get(), "line\n", 5) == LOGPRESS_OK);
  CHECK(archive.size() == flushed);
  std::this_thread::sleep_for(std::chrono::milliseconds(25));
  // Appending polls too.
  REQUIRE(logpress_writer_append(writer.get(), "line\n", 5) == LOGPRESS_OK);
  CHECK(archive.size() > flushed);
}

TEST_CASE("A callback that fails is an error that stays") {
  const auto fails = [](void*, const void*, size_t) { return 7; };
  logpress_writer* made = nullptr;
  REQUIRE(logpress_writer_new(nullptr, fails, nullptr, &made) == LOGPRESS_OK);
  const Writer writer(made);
  CHECK(logpress_writer_append(made, "line\n", 5) == LOGPRESS_OK);
  errno = ENOENT;
  CHECK(logpress_writer_flush(made) == LOGPRESS_IO_ERROR);
  CHECK(errno == 0);  // it is the callback that knows
  CHECK_THAT(logpress_writer_message(made), Catch::Contains("returned 7"));
  CHECK(logpress_writer_append(made, "line\n", 5) == LOGPRESS_IO_ERROR);
  CHECK(logpress_writer_finish(made) == LOGPRESS_IO_ERROR);
}

TEST_CASE("Nothing goes behind the end") {
  std::string archive;
  const Writer writer = NewWriter(logpress_default_options(), &archive);
  REQUIRE(logpress_writer_finish(writer.get()) == LOGPRESS_OK);
  CHECK(logpress_writer_append(writer.get(), "x", 1) == LOGPRESS_MISUSE);
  CHECK(logpress_writer_finish(writer.get()) == LOGPRESS_MISUSE);
}

TEST_CASE("A file is created, replaced or appended to, as it was asked for") {
  const TemporaryFile file;
  logpress_writer* made = nullptr;
  CHECK(logpress_writer_open(nullptr, file.path(), LOGPRESS_CREATE_NEW, &made) ==
        LOGPRESS_IO_ERROR);
  CHECK(errno == EEXIST);
  CHECK_THAT(logpress_writer_message(made), Catch::Contains(file.path()));
  logpress_writer_free(made);

  std::string message;
  const std::string parts[] = {LogLines(300), LogLines(200, 300), LogLines(100, 500)};
  for (const std::string& part : parts) {
    REQUIRE(AppendFile(file.path(), part, &message) == LOGPRESS_OK);
    CHECK(message.empty());
  }
  CHECK(Unpack(file.Contents()) == LogLines(600));

  REQUIRE(logpress_writer_open(nullptr, file.path(), LOGPRESS_REPLACE, &made) == LOGPRESS_OK);
  CHECK(logpress_writer_finish(made) == LOGPRESS_OK);
  logpress_writer_free(made);
  CHECK(Unpack(file.Contents()).empty());
}

TEST_CASE("Appending cuts a torn tail off, says so, and loses no whole block") {
  const TemporaryFile file;
  const std::string raw = LogLines(400);
  const std::string first = Pack("before\n");
  const std::string torn = Pack(raw, Blocks(5000));
  std::string message;
  size_t said = 0;
  for (size_t size = 0; size < torn.size(); size += 61) {
    const std::string whole = first + torn.substr(0, size);
    file.Write(whole);
    const Reader before = OpenReader(whole);
    const std::string kept = ReadOn(OpenLines(before.get(), 0, UINT64_MAX).get());
    INFO(size);
    REQUIRE(AppendFile(file.path(), "after\n", &message) == LOGPRESS_OK);
    said += !message.empty();
    CHECK(Unpack(file.Contents()) == kept + "after\n");
  }
  CHECK(said > 10);
}

TEST_CASE("Appending drops blocks that a crash left with the wrong bytes") {
  const TemporaryFile file;
  const std::string raw = LogLines(400);
  std::string torn = Pack(raw, Blocks(5000));
  torn.resize(torn.size() * 3 / 4);
  const Reader reader = OpenReader(torn);
  logpress_archive_info info = {};
  info.struct_size = sizeof(info);
  REQUIRE(logpress_reader_info(reader.get(), &info) == LOGPRESS_OK);
  logpress_block_info last = {};
  last.struct_size = sizeof(last);
  REQUIRE(logpress_reader_block(reader.get(), info.blocks - 1, &last) == LOGPRESS_OK);
  torn[static_cast<size_t>(last.offset + last.packed_bytes - 1)] ^= 1;
  file.Write(torn);
  std::string message;
  REQUIRE(AppendFile(file.path(), "after\n", &message) == LOGPRESS_OK);
  const std::string back = Unpack(file.Contents());
  CHECK(back == raw.substr(0, back.size() - 6) + "after\n");
  CHECK(back.size() > 5000);
}

TEST_CASE("Nothing is appended to a file that is damaged elsewhere or is something else") {
  const TemporaryFile file;
  std::string message;
  std::string archive = Pack(LogLines(400), Blocks(5000));
  file.Write("something else, and more of it");
  CHECK(AppendFile(file.path(), "x", &message) == LOGPRESS_NOT_AN_ARCHIVE);
  CHECK(file.Contents() == "something else, and more of it");

  archive += "this does not belong here";
  file.Write(archive);
  CHECK(AppendFile(file.path(), "x", &message) == LOGPRESS_DAMAGED);
  CHECK(file.Contents() == archive);

  archive = Pack(LogLines(400), Blocks(5000));
  archive.resize(archive.size() * 3 / 4);
  archive[20] ^= 1;  // in the header of the first frame
  file.Write(archive);
  CHECK(AppendFile(file.path(), "x", &message) == LOGPRESS_DAMAGED);
  CHECK(file.Contents() == archive);
}

}  // namespace
}  // namespace logpress::api
