// A run that is killed anywhere leaves every log, and the next run finishes the work.
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "cli/archiving/archiving_test_util.h"
#include "support/random.h"

namespace logpress::cli::archiving {
namespace {

// Kills the process right before the call number `step`, from 0.
std::function<void(FaultOps*)> KillAt(size_t step) {
  return [step](FaultOps* ops) {
    ops->before = [step, count = size_t{0}](const Call&) mutable {
      if (count++ == step) kill(getpid(), SIGKILL);
      return 0;
    };
  };
}

using Strings = std::vector<std::string>;

TEST_CASE("a run that is killed before any of its steps loses nothing, and the next one finishes") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  WriteLogs(folder, logs);
  const std::vector<Call> calls = CallsOf(settings);
  REQUIRE(NotExactlyOnce(folder, logs) == Strings());
  REQUIRE(calls.size() > 100);

  for (size_t step = 0; step < calls.size(); step += kStride) {
    INFO("killed before call " << step << ", " << calls[step].what << " of " << calls[step].file);
    folder.Clear();
    WriteLogs(folder, logs);
    REQUIRE(RunSeparately(settings, KillAt(step)).signal == SIGKILL);
    REQUIRE(Lost(folder, logs) == Strings());
    const Ended again = RunSeparately(settings);
    INFO(again.out << again.err);
    REQUIRE(again.code == 0);
    REQUIRE(NotExactlyOnce(folder, logs) == Strings());
    for (const Log& log : logs) REQUIRE(folder.Exists(log.archive));
  }
}

TEST_CASE("a run that is killed again and again while it cleans up loses nothing") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  testing::Random random(6);
  for (int round = 0; round < 20 / static_cast<int>(kStride); ++round) {
    INFO("round " << round);
    folder.Clear();
    WriteLogs(folder, logs);
    int kills = 0;
    Ended ended;
    do {
      // Longer and longer, so that it gets somewhere in the end.
      const size_t step = random.Below(40 + 10 * static_cast<uint64_t>(kills));
      ended = RunSeparately(settings, KillAt(step));
      REQUIRE(Lost(folder, logs) == Strings());
    } while (ended.signal == SIGKILL && ++kills < 100);
    INFO(ended.out << ended.err);
    REQUIRE(RunSeparately(settings).code == 0);
    REQUIRE(NotExactlyOnce(folder, logs) == Strings());
  }
}

TEST_CASE("a run that is killed at three hundred random moments loses nothing") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  testing::Random random(7);
  WriteLogs(folder, logs);
  int killed = 0;
  // What a whole run takes on this machine, to be within it.
  timespec begin{};
  timespec end{};
  clock_gettime(CLOCK_MONOTONIC, &begin);
  REQUIRE(RunSeparately(settings).code == 0);
  clock_gettime(CLOCK_MONOTONIC, &end);
  long run = (end.tv_sec - begin.tv_sec) * 1'000'000 + (end.tv_nsec - begin.tv_nsec) / 1000;

  for (int round = 0; killed < 300 / static_cast<int>(kStride); ++round) {
    REQUIRE(round < 3000);
    folder.Clear();
    WriteLogs(folder, logs);
    const long moment = static_cast<long>(random.Below(static_cast<uint64_t>(run)));
    INFO("round " << round << ", killed after " << moment << " us");
    const bool was_killed = RunAndKill(settings, moment).signal == SIGKILL;
    // How long a run takes changes with what else the machine does.
    run = std::max(1000L, was_killed ? run + run / 50 : run - run / 20);
    killed += was_killed ? 1 : 0;
    REQUIRE(Lost(folder, logs) == Strings());
    const Ended again = RunSeparately(settings);
    INFO(again.out << again.err);
    REQUIRE(again.code == 0);
    REQUIRE(NotExactlyOnce(folder, logs) == Strings());
  }
}

}  // namespace
}  // namespace logpress::cli::archiving
