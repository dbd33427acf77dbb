#include "cli/archiving/archiving_test_util.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "archive/reader.h"
#include "base/memory_io.h"
#include "cli/archiving/names.h"
#include "cli/archiving/run.h"
#include "cli/archiving/stop.h"

namespace logpress::cli::archiving {
namespace {

namespace fs = std::filesystem;

std::string ReadWhole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// The whole of a temporary file that a child wrote.
std::string Take(std::FILE* file) {
  std::string text(static_cast<size_t>(lseek(fileno(file), 0, SEEK_END)), '\0');
  if (pread(fileno(file), text.data(), text.size(), 0) < 0) text.clear();
  std::fclose(file);
  return text;
}

Ended Wait(pid_t child, std::FILE* out, std::FILE* err) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  Ended ended;
  if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  ended.out = Take(out);
  ended.err = Take(err);
  return ended;
}

pid_t Start(std::FILE* out, std::FILE* err, const std::function<int()>& work) {
  std::fflush(nullptr);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dup2(fileno(out), STDOUT_FILENO);
    dup2(fileno(err), STDERR_FILENO);
    const int code = work();
    std::fflush(nullptr);
    _exit(code);
  }
  return child;
}

}  // namespace

TestFolder::TestFolder() {
  // In memory where that is possible: what is tested is the order of calls, some ten thousand of
  // them, and not the disk.
  const bool memory = std::getenv("TMPDIR") == nullptr && access("/dev/shm", W_OK) == 0;
  const fs::path base = memory ? fs::path("/dev/shm") : fs::temp_directory_path();
  std::string pattern = (base / "logpress-test-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  fs::remove(path_ + ".lock", ignored);
}

void TestFolder::Write(const std::string& name, const std::string& bytes) const {
  std::ofstream file(File(name), std::ios::binary);
  file << bytes;
  file.close();
  REQUIRE(file);
}

bool TestFolder::Exists(const std::string& name) const {
  return fs::exists(fs::symlink_status(File(name)));
}

std::string TestFolder::Read(const std::string& name) const { return ReadWhole(File(name)); }

std::vector<std::string> TestFolder::Names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

void TestFolder::Clear() const {
  for (const auto& entry : fs::directory_iterator(path_)) fs::remove_all(entry.path());
}

std::string LogText(int seed, int lines) {
  std::string text;
  for (int i = 0; i < lines; ++i) {
    text += "2024-05-31 10:" + std::to_string(i / 60 % 60) + ":" + std::to_string(i % 60) +
            " INFO worker-" + std::to_string(seed) + " request " + std::to_string(i * 7919 + seed) +
            " took " + std::to_string(i * i % 977) + " ms\n";
  }
  return text;
}

std::string Gzip(const std::string& bytes) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()) + 64, '\0');
  std::string input = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

bool Holds(const std::string& archive, const std::string& bytes) {
  const std::string packed = ReadWhole(archive);
  ViewSource source(packed);
  ByteBuffer raw;
  BufferSink sink(&raw);
  return archive::StreamReader(&source, archive::ReaderOptions()).ReadAll(&sink).ok() &&
         raw == bytes;
}

Settings SettingsFor(const std::string& folder) {
  Settings settings;
  settings.run.lock = folder + ".lock";
  settings.run.verbosity = 1;
  settings.run.min_free = 0;
  settings.run.nice.reset();
  settings.run.io_class = IoClass::kUnchanged;
  Policy policy;
  policy.name = "test";
  policy.paths = {folder};
  policy.older_than = 0;
  policy.repack = true;
  policy.level = 1;
  settings.policies.push_back(policy);
  return settings;
}

Ended RunProcess(const std::function<int()>& work) {
  std::FILE* const out = std::tmpfile();
  std::FILE* const err = std::tmpfile();
  const pid_t child = Start(out, err, work);
  return Wait(child, out, err);
}

Ended RunWith(const Settings& settings, const std::function<std::unique_ptr<FileOps>()>& make) {
  return RunProcess([&] {
    const std::unique_ptr<FileOps> ops = make();
    CatchStopSignals();
    return Run(settings, ops.get());
  });
}

Ended RunSeparately(const Settings& settings, const std::function<void(FaultOps*)>& prepare) {
  return RunWith(settings, [&] {
    auto ops = std::make_unique<FaultOps>();
    if (prepare) prepare(ops.get());
    return ops;
  });
}

Ended RunAndKill(const Settings& settings, long microseconds) {
  std::FILE* const out = std::tmpfile();
  std::FILE* const err = std::tmpfile();
  const pid_t child = Start(out, err, [&] { return Run(settings, SystemFileOps()); });
  usleep(static_cast<useconds_t>(microseconds));
  kill(child, SIGKILL);
  return Wait(child, out, err);
}

std::vector<Call> CallsOf(const Settings& settings) {
  // Through a file: the calls happen in another process.
  std::FILE* const file = std::tmpfile();
  const Ended ended = RunSeparately(settings, [file](FaultOps* ops) {
    ops->before = [file](const Call& call) {
      std::fprintf(file, "%s%c%s%c%s%c", std::string(call.what).c_str(), 0, call.file.c_str(), 0,
                   call.to.c_str(), 0);
      return 0;
    };
  });
  INFO(ended.out << ended.err);
  REQUIRE(ended.code == 0);
  // Names for good: Call::what is a view.
  static std::set<std::string> whats;
  std::vector<Call> calls;
  const std::string text = Take(file);
  size_t at = 0;
  const auto next = [&] {
    const std::string word = text.substr(at, text.find('\0', at) - at);
    at += word.size() + 1;
    return word;
  };
  while (at < text.size()) {
    const std::string what = next();
    const std::string name = next();
    calls.push_back({*whats.insert(what).first, name, next()});
  }
  return calls;
}

Logs SomeLogs() {
  Logs logs = {{"app.log.1", LogText(1, 3000), "", ""},
               {"app.log.2", "one line, not even ended", "", ""},
               {"web.log.1.gz", LogText(2, 500), "", ""},
               {"a b\n\xff\"'.log.1", LogText(3, 200), "", ""}};
  for (Log& log : logs) {
    log.stored = log.name.ends_with(".gz") ? Gzip(log.raw) : log.raw;
    log.archive = ArchiveName(log.name);
  }
  return logs;
}

void WriteLogs(const TestFolder& folder, const Logs& logs) {
  for (const Log& log : logs) folder.Write(log.name, log.stored);
}

std::vector<std::string> Lost(const TestFolder& folder, const Logs& logs) {
  std::vector<std::string> lost;
  for (const Log& log : logs) {
    const std::string hidden = RemovalName(log.name).value_or("");
    const bool there = (folder.Exists(log.name) && folder.Read(log.name) == log.stored) ||
                       (folder.Exists(hidden) && folder.Read(hidden) == log.stored) ||
                       (folder.Exists(log.archive) && Holds(folder.File(log.archive), log.raw));
    if (!there) lost.push_back(log.name);
  }
  return lost;
}

std::vector<std::string> NotExactlyOnce(const TestFolder& folder, const Logs& logs) {
  std::vector<std::string> wrong;
  std::set<std::string> known;
  for (const Log& log : logs) {
    known.insert({log.name, log.archive});
    const bool source = folder.Exists(log.name);
    const bool archive = folder.Exists(log.archive);
    if (source == archive) wrong.push_back(log.name + (source ? " twice" : " gone"));
    if (source && folder.Read(log.name) != log.stored) wrong.push_back(log.name + " differs");
    if (archive && !Holds(folder.File(log.archive), log.raw))
      wrong.push_back(log.archive + " does not hold it");
  }
  for (const std::string& name : folder.Names())
    if (known.count(name) == 0) wrong.push_back(name + " is left");
  return wrong;
}

}  // namespace logpress::cli::archiving
