// File systems fail in many ways, and none of them costs a log.
#include <catch2/catch.hpp>
#include <cerrno>
#include <string>
#include <vector>

#include "cli/archiving/archiving_test_util.h"
#include "cli/archiving/order_check.h"

namespace logpress::cli::archiving {
namespace {

using Strings = std::vector<std::string>;

// The errors that a call is tried with.
std::vector<int> ErrorsOf(const Call& call) {
  if (call.what == "write") return {ENOSPC, EIO};
  if (call.what == "open") return {EACCES, EMFILE};
  if (call.what == "rename" || call.what == "unlink") return {EACCES, EIO};
  if (call.what == "sync") return {EIO, ENOSPC};
  return {EIO};
}

// Fails calls that `choose` says, and checks the order of the others.
std::function<void(FaultOps*)> Faults(const std::string& folder,
                                      const std::function<int(size_t, const Call&)>& choose) {
  return [=](FaultOps* ops) {
    ops->before = [choose, check = OrderCheck(folder),
                   count = size_t{0}](const Call& call) mutable {
      const int error = choose(count++, call);
      if (error == 0) check.See(call);
      return error;
    };
  };
}

TEST_CASE("whichever call fails, no log is lost or removed early, and the next run finishes") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  WriteLogs(folder, logs);
  const std::vector<Call> calls = CallsOf(settings);
  for (size_t step = 0; step < calls.size(); step += kStride) {
    for (const int error : ErrorsOf(calls[step])) {
      INFO("call " << step << ", " << calls[step].what << " of " << calls[step].file
                   << ", failed with " << error);
      folder.Clear();
      WriteLogs(folder, logs);
      const Ended ended = RunSeparately(
          settings,
          Faults(folder.path(), [=](size_t at, const Call&) { return at == step ? error : 0; }));
      INFO(ended.out << ended.err);
      REQUIRE((ended.code == 0 || ended.code == 1));
      REQUIRE(Lost(folder, logs) == Strings());
      const Ended again = RunSeparately(settings);
      INFO(again.out << again.err);
      REQUIRE(again.code == 0);
      REQUIRE(NotExactlyOnce(folder, logs) == Strings());
      for (const Log& log : logs) REQUIRE(folder.Exists(log.archive));
    }
  }
}

TEST_CASE(
    "while all calls of a kind fail, every log stays where it is and nothing is left beside") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  const auto [what, error] = GENERATE(std::make_pair("write", ENOSPC), std::make_pair("write", EIO),
                                      std::make_pair("write", EDQUOT), std::make_pair("sync", EIO),
                                      std::make_pair("rename", EACCES),
                                      std::make_pair("rename", EIO), std::make_pair("read", EIO));
  INFO(what << " fails with " << error);
  WriteLogs(folder, logs);
  const Ended ended = RunSeparately(
      settings, Faults(folder.path(), [what = what, error = error](size_t, const Call& call) {
        return call.what == what ? error : 0;
      }));
  INFO(ended.out << ended.err);
  CHECK(ended.code == 1);
  CHECK(NotExactlyOnce(folder, logs) == Strings());
  for (const Log& log : logs) CHECK(folder.Exists(log.name));
}

TEST_CASE("a folder that cannot be synced keeps its logs, beside their archives") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  WriteLogs(folder, logs);
  const Ended ended =
      RunSeparately(settings, Faults(folder.path(), [&](size_t, const Call& call) {
                      return call.what == "sync" && call.file == folder.path() ? EIO : 0;
                    }));
  CHECK(ended.code == 1);
  for (const Log& log : logs) CHECK(folder.Exists(log.name));
  CHECK(RunSeparately(settings).code == 0);
  CHECK(NotExactlyOnce(folder, logs) == Strings());
}

TEST_CASE("where nothing may be removed, archives stand beside the logs and the run says so") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  WriteLogs(folder, logs);
  const Ended ended = RunSeparately(settings, Faults(folder.path(), [](size_t, const Call& call) {
                                      return call.what == "unlink" ? EACCES : 0;
                                    }));
  CHECK(ended.code == 1);
  CHECK(ended.err.find("is packed, but cannot be removed: Permission denied") != std::string::npos);
  for (const Log& log : logs) CHECK(folder.Exists(log.name));
  CHECK(RunSeparately(settings).code == 0);
  CHECK(NotExactlyOnce(folder, logs) == Strings());
}

TEST_CASE("reads and writes of a few bytes at a time make the same archives") {
  const Logs logs = {{"app.log.1", LogText(1, 300), LogText(1, 300), "app.log.1.lpz"}};
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  WriteLogs(folder, logs);
  REQUIRE(RunSeparately(settings).code == 0);
  const std::string expected = folder.Read("app.log.1.lpz");
  folder.Clear();
  WriteLogs(folder, logs);
  REQUIRE(RunSeparately(settings, [](FaultOps* ops) { ops->most_bytes = 7; }).code == 0);
  CHECK(NotExactlyOnce(folder, logs) == Strings());
  CHECK(folder.Read("app.log.1.lpz") == expected);
}

TEST_CASE("a bit that flips on its way to the disk is found, and the log stays") {
  const Logs logs = {{"app.log.1", LogText(1, 3000), LogText(1, 3000), "app.log.1.lpz"}};
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  WriteLogs(folder, logs);
  REQUIRE(RunSeparately(settings).code == 0);
  const size_t size = folder.Read("app.log.1.lpz").size();
  // In every byte of the headers at the front and of index and footer at the end, and here and
  // there.
  for (size_t at = 0; at < size; at += at < 60 || at + 60 > size ? kStride : 97) {
    INFO("byte " << at);
    folder.Clear();
    WriteLogs(folder, logs);
    const Ended ended = RunSeparately(settings, [at](FaultOps* ops) {
      ops->spoil = [at, written = size_t{0}](const std::string& name, std::string* bytes) mutable {
        if (!IsNewName(name)) return;
        if (at >= written && at < written + bytes->size()) (*bytes)[at - written] ^= 4;
        written += bytes->size();
      };
    });
    INFO(ended.out << ended.err);
    REQUIRE(ended.code == 1);
    REQUIRE(NotExactlyOnce(folder, logs) == Strings());
    REQUIRE(folder.Exists("app.log.1"));
  }
}

TEST_CASE("a clock that jumped back takes no log and deletes no archive") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  Settings settings = SettingsFor(folder.path());
  WriteLogs(folder, logs);
  settings.policies[0].older_than = 1;
  settings.policies[0].delete_after = 60;
  folder.Write("old.log.1.lpz", "not touched");
  const auto back = [](FaultOps* ops) { ops->clock_offset = -10L * 365 * 86400; };
  const Ended ended = RunSeparately(settings, back);
  CHECK(ended.code == 0);
  for (const Log& log : logs) CHECK(folder.Exists(log.name));
  CHECK(folder.Exists("old.log.1.lpz"));
}

TEST_CASE("a clock that jumps while a log is packed changes nothing") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  Settings settings = SettingsFor(folder.path());
  settings.run.max_runtime = 3600;
  WriteLogs(folder, logs);
  const Ended ended = RunSeparately(settings, [](FaultOps* ops) {
    ops->before = [ops](const Call&) {
      ops->clock_offset = ops->clock_offset == 0 ? -86400 * 1000L : 0;
      return 0;
    };
  });
  CHECK(ended.code == 0);
  CHECK(NotExactlyOnce(folder, logs) == Strings());
  for (const Log& log : logs) CHECK(folder.Exists(log.archive));
}

TEST_CASE("metadata that is refused is told, and content that is safe still counts") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  WriteLogs(folder, logs);
  const Ended ended = RunSeparately(settings, Faults(folder.path(), [](size_t, const Call& call) {
                                      return call.what == "chown" ? EPERM : 0;
                                    }));
  CHECK(ended.code == 0);
  CHECK(ended.err.find("its owner was not carried over") != std::string::npos);
  CHECK(NotExactlyOnce(folder, logs) == Strings());
}

}  // namespace
}  // namespace logpress::cli::archiving
