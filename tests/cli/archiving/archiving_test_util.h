// A folder of logs, runs over it in processes of their own, and the question of all these tests: is
// every log still there?
#ifndef LOGPRESS_TESTS_CLI_ARCHIVING_ARCHIVING_TEST_UTIL_H_
#define LOGPRESS_TESTS_CLI_ARCHIVING_ARCHIVING_TEST_UTIL_H_

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/archiving/fault_ops.h"
#include "cli/archiving/settings.h"

namespace logpress::cli::archiving {

// Instrumented code is ten times slower, and its processes are slow to begin: there the exhaustive
// tests take every fourth step, and a quarter of the rounds.
#ifdef __has_feature
#define LOGPRESS_HAS_FEATURE(feature) __has_feature(feature)
#else
#define LOGPRESS_HAS_FEATURE(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
    LOGPRESS_HAS_FEATURE(address_sanitizer) || LOGPRESS_HAS_FEATURE(thread_sanitizer)
inline constexpr size_t kStride = 4;
#else
inline constexpr size_t kStride = 1;
#endif

// A new folder, removed with all that is in it.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string File(const std::string& name) const { return path_ + "/" + name; }
  void Write(const std::string& name, const std::string& bytes) const;
  bool Exists(const std::string& name) const;
  std::string Read(const std::string& name) const;
  std::vector<std::string> Names() const;  // sorted, hidden ones too
  void Clear() const;

 private:
  std::string path_;
};

// A log of `lines` lines that differs with `seed`.
std::string LogText(int seed, int lines);
std::string Gzip(const std::string& bytes);
// True when the archive can be read and holds `bytes`.
bool Holds(const std::string& archive, const std::string& bytes);

// Settings that take all of `folder` that looks rotated, of whatever age, quietly.
Settings SettingsFor(const std::string& folder);

// What became of a run in a process of its own.
struct Ended {
  int code = -1;   // exit code; -1 when it was killed
  int signal = 0;  // that killed it
  std::string out;
  std::string err;
};
// Does `work` in a process of its own; what it returns is the exit code.
Ended RunProcess(const std::function<int()>& work);
// Runs `settings` with `prepare` having its way with the file operations first.
Ended RunSeparately(const Settings& settings, const std::function<void(FaultOps*)>& prepare = {});
// The same with the file operations that `make` returns, which is called in that process.
Ended RunWith(const Settings& settings, const std::function<std::unique_ptr<FileOps>()>& make);
// The same, killed from outside after `microseconds` unless it has ended by then.
Ended RunAndKill(const Settings& settings, long microseconds);
// The calls of a run that nothing disturbs.
std::vector<Call> CallsOf(const Settings& settings);

// Logs by name, with what they hold, and under which name the archive belongs.
struct Log {
  std::string name;
  std::string raw;
  std::string stored;  // what is in the file: `raw`, or `raw` packed
  std::string archive;
};
using Logs = std::vector<Log>;
// Four logs: a large one, a small one, one that gzip packed, one with an ugly name.
Logs SomeLogs();
void WriteLogs(const TestFolder& folder, const Logs& logs);
// Each is there as it was, under its name or hidden, or as an archive that holds it. Returns the
// names of those that are not.
std::vector<std::string> Lost(const TestFolder& folder, const Logs& logs);
// Each is there exactly once, under its name or as an archive, and nothing else is. Returns what is
// wrong.
std::vector<std::string> NotExactlyOnce(const TestFolder& folder, const Logs& logs);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_TESTS_CLI_ARCHIVING_ARCHIVING_TEST_UTIL_H_
