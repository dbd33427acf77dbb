// Others work in the same folder: they write, rotate and remove while a log is packed.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "cli/archiving/archiving_test_util.h"

namespace logpress::cli::archiving {
namespace {

constexpr char kLog[] = "app.log.1";
constexpr char kArchive[] = "app.log.1.lpz";

// Does `what` right before the call `call` of `file` is made the first time; "/" is the folder,
// which alone has a name that begins so.
std::function<void(FaultOps*)> Before(const std::string& call, const std::string& file,
                                      const std::function<void()>& what) {
  return [=](FaultOps* ops) {
    ops->before = [=, done = false](const Call& seen) mutable {
      const bool same = file == "/" ? seen.file.starts_with(file) : seen.file == file;
      if (!done && seen.what == call && same) {
        done = true;
        what();
      }
      return 0;
    };
  };
}

void AppendTo(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::app | std::ios::binary) << text;
}

// The places in a run at which the log is read, packed and about to go.
struct Moment {
  const char* call;
  std::string file;
};

Moment AnyMoment() {
  return GENERATE(Moment{"read", kLog}, Moment{"write", ".app.log.1.lpz-new"},
                  Moment{"sync", ".app.log.1.lpz-new"}, Moment{"utimens", ".app.log.1.lpz-new"},
                  Moment{"rename", ".app.log.1.lpz-new"}, Moment{"sync", "/"},
                  Moment{"rename", kLog});
}

TEST_CASE("a log that is appended to while it is packed stays, and no archive of half of it") {
  const TestFolder folder;
  Settings settings = SettingsFor(folder.path());
  // Once with the writer seen by the lease, once by the file alone.
  settings.policies[0].ignore_open = GENERATE(false, true);
  const Moment moment = AnyMoment();
  INFO("before " << moment.call << " of " << moment.file);
  const std::string log = LogText(1, 1000);
  folder.Write(kLog, log);
  const Ended ended = RunSeparately(settings, Before(moment.call, moment.file, [&] {
                                      AppendTo(folder.File(kLog), "one more line\n");
                                    }));
  INFO(ended.out << ended.err);
  CHECK(ended.code == 0);
  // What was appended before the last byte was read may be in the archive; nothing may be in none.
  if (folder.Exists(kLog)) {
    CHECK(folder.Read(kLog) == log + "one more line\n");
    CHECK(folder.Names() == std::vector<std::string>{kLog});
  } else {
    CHECK(Holds(folder.File(kArchive), log + "one more line\n"));
  }
  CHECK(RunSeparately(settings).code == 0);
  CHECK(folder.Names() == std::vector<std::string>{kArchive});
  CHECK(Holds(folder.File(kArchive), log + "one more line\n"));
}

TEST_CASE("a rotation at any moment loses neither the old log nor the new one") {
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  const Moment moment = AnyMoment();
  INFO("before " << moment.call << " of " << moment.file);
  const std::string old_log = LogText(1, 1000);
  const std::string new_log = LogText(2, 1000);
  folder.Write(kLog, old_log);
  folder.Write("app.log", new_log);
  const Ended ended =
      RunSeparately(settings, Before(moment.call, moment.file, [&] {
                      std::rename(folder.File(kLog).c_str(), folder.File("app.log.2").c_str());
                      std::rename(folder.File("app.log").c_str(), folder.File(kLog).c_str());
                    }));
  INFO(ended.out << ended.err);
  CHECK(ended.code == 0);
  CHECK(folder.Read("app.log.2") == old_log);
  CHECK(folder.Read(kLog) == new_log);
  CHECK(folder.Names() == std::vector<std::string>{kLog, "app.log.2"});
}

TEST_CASE("a log that vanishes while it is packed is no error, and leaves no half archive") {
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  const Moment moment = AnyMoment();
  folder.Write(kLog, LogText(1, 1000));
  const Ended ended = RunSeparately(
      settings, Before(moment.call, moment.file, [&] { unlink(folder.File(kLog).c_str()); }));
  INFO(ended.out << ended.err);
  CHECK(ended.code == 0);
  CHECK(!folder.Exists(kLog));
  for (const std::string& name : folder.Names()) {
    CHECK(name == kArchive);
    CHECK(Holds(folder.File(kArchive), LogText(1, 1000)));
  }
}

TEST_CASE("an archive that appears meanwhile under the name is not overwritten") {
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  folder.Write(kLog, LogText(1, 1000));
  const Ended ended = RunSeparately(settings, Before("rename", ".app.log.1.lpz-new", [&] {
                                      folder.Write(kArchive, "somebody else's");
                                    }));
  CHECK(ended.code == 0);
  CHECK(folder.Read(kArchive) == "somebody else's");
  CHECK(folder.Read(kLog) == LogText(1, 1000));
}

TEST_CASE("a file that is open for writing is left alone, by whichever way that is found out") {
  const TestFolder folder;
  Settings settings = SettingsFor(folder.path());
  folder.Write(kLog, LogText(1, 1000));
  const int writer = open(folder.File(kLog).c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  REQUIRE(writer >= 0);
  const bool lease = GENERATE(true, false);
  const auto no_lease = [](FaultOps* ops) {
    ops->before = [](const Call& call) { return call.what == "lease" ? EINVAL : 0; };
  };
  const Ended ended = lease ? RunSeparately(settings) : RunSeparately(settings, no_lease);
  INFO(ended.out << ended.err);
  CHECK(ended.code == 0);
  CHECK(ended.out.find("has it open for writing") != std::string::npos);
  CHECK(ended.out.find("(archiving_test") != std::string::npos);
  CHECK(folder.Names() == std::vector<std::string>{kLog});

  settings.policies[0].ignore_open = true;
  CHECK(RunSeparately(settings).code == 0);
  CHECK(folder.Names() == std::vector<std::string>{kArchive});
  close(writer);
}

TEST_CASE("SIGTERM ends a run between two steps, with code 0 and nothing left behind") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  WriteLogs(folder, logs);
  const size_t calls = CallsOf(settings).size();
  for (size_t step = 0; step < calls; step += 5 * kStride) {
    INFO("before call " << step);
    folder.Clear();
    WriteLogs(folder, logs);
    const Ended ended = RunSeparately(settings, [step](FaultOps* ops) {
      ops->before = [step, count = size_t{0}](const Call&) mutable {
        if (count++ == step) raise(SIGTERM);
        return 0;
      };
    });
    INFO(ended.out << ended.err);
    REQUIRE(ended.code == 0);
    REQUIRE(ended.signal == 0);
    REQUIRE(NotExactlyOnce(folder, logs).empty());
  }
}

TEST_CASE("a run that has no time left packs nothing and says why") {
  const TestFolder folder;
  Settings settings = SettingsFor(folder.path());
  settings.run.max_runtime = 0;
  folder.Write(kLog, LogText(1, 10));
  const Ended ended = RunSeparately(settings);
  CHECK(ended.code == 0);
  CHECK(ended.out.find("stopped by --max-runtime") != std::string::npos);
  CHECK(folder.Names() == std::vector<std::string>{kLog});
}

TEST_CASE("a run that is stopped in the middle of a log leaves the log and no archive") {
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  folder.Write(kLog, LogText(1, 20000));
  const Ended ended = RunSeparately(settings, Before("read", kLog, [] { raise(SIGTERM); }));
  CHECK(ended.code == 0);
  CHECK(ended.out.find("stopped by SIGTERM") != std::string::npos);
  CHECK(folder.Names() == std::vector<std::string>{kLog});
}

TEST_CASE("while one run has the lock another one does nothing and ends with 75") {
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  folder.Write(kLog, LogText(1, 100));
  const Ended ended = RunSeparately(
      settings, Before("read", kLog, [&] {
        const Ended second = RunSeparately(settings);
        if (second.code != 75) _exit(98);
        if (second.err.find("another run holds the lock (process ") == std::string::npos) _exit(97);
      }));
  CHECK(ended.code == 0);
  CHECK(folder.Names() == std::vector<std::string>{kArchive});
}

TEST_CASE("two runs with different locks at the same log make one archive") {
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  Settings other = settings;
  other.run.lock += ".other";
  folder.Write(kLog, LogText(1, 100));
  const Ended ended = RunSeparately(settings, Before("write", ".app.log.1.lpz-new", [&] {
                                      if (RunSeparately(other).code != 0) _exit(98);
                                    }));
  CHECK(ended.code == 0);
  CHECK(folder.Names() == std::vector<std::string>{kArchive});
  std::filesystem::remove(other.run.lock);
}

}  // namespace
}  // namespace logpress::cli::archiving
