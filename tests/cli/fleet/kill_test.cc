// Tasks that are killed or fail at any of their steps, and are repeated, end in the same bytes as
// those that nothing disturbs, and leave nothing else.
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "cli/archiving/archiving_test_util.h"
#include "cli/archiving/stop.h"
#include "cli/fleet/finish.h"
#include "cli/fleet/make_plan.h"
#include "cli/fleet/task.h"
#include "cli/fleet/work.h"
#include "support/random.h"

namespace logpress::cli::fleet {
namespace {

using archiving::Call;
using archiving::Ended;
using archiving::FaultOps;
using archiving::LogText;
using archiving::TestFolder;

namespace fs = std::filesystem;

constexpr uint32_t kTasks = 3;

// What stands below a folder, by name.
std::map<std::string, std::string> TreeOf(const TestFolder& folder) {
  std::map<std::string, std::string> tree;
  for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
    const std::string name = entry.path().lexically_relative(folder.path()).string();
    // Plans, records and reports tell of time.
    const bool record =
        name.starts_with("plan.d/") && !name.ends_with(".lpz") && !name.ends_with(".out");
    if (entry.is_regular_file() && !record && name != "plan") tree[name] = folder.Read(name);
  }
  return tree;
}

// Logs of which one is divided, and a plan of them.
void Prepare(const TestFolder& folder) {
  folder.Clear();
  fs::create_directory(folder.File("logs"));
  folder.Write("logs/large.log", LogText(1, 900));
  folder.Write("logs/small.log", LogText(2, 60));
  folder.Write("logs/empty.log", "");
  folder.Write("logs/a b\n.log", "one line, not even ended");
  FleetOptions options;
  options.operands = {folder.File("logs")};
  options.output = folder.File("plan");
  options.shards = kTasks;
  options.settings.level = 1;
  REQUIRE(archiving::RunProcess([&] { return MakePlan(options, SystemFileOps()); }).code == 0);
}

// A step of the plan with something between it and the file system: a task, or the end.
Ended RunStep(const TestFolder& folder, const Work& work, uint32_t step,
              const std::function<void(FaultOps*)>& prepare) {
  return archiving::RunProcess([&] {
    FaultOps ops;
    if (prepare) prepare(&ops);
    archiving::Stop stop(std::nullopt);
    if (step == kTasks) return FinishPlan({folder.File("plan")}, work, &ops, &stop);
    return RunTask({.plan = folder.File("plan"), .task = step}, work, &ops, &stop);
  });
}

void RunAll(const TestFolder& folder, const Work& work) {
  for (uint32_t step = 0; step <= kTasks; ++step) {
    const Ended ended = RunStep(folder, work, step, {});
    INFO(ended.out << ended.err);
    REQUIRE(ended.code == 0);
  }
}

// At the call number `step`, from 0: dies there, or fails with EIO. Writes are torn.
std::function<void(FaultOps*)> FaultAt(size_t step, bool dies) {
  return [step, dies](FaultOps* ops) {
    ops->most_bytes = 50;
    ops->before = [step, dies, count = size_t{0}](const Call&) mutable {
      if (count++ != step) return 0;
      if (dies) kill(getpid(), SIGKILL);
      return EIO;
    };
  };
}

// Kills the step at some call of it, and again, until it comes to its end. Says how often.
int KillUntilDone(const TestFolder& folder, const Work& work, uint32_t step,
                  testing::Random* random) {
  for (int kills = 0;; ++kills) {
    // Later and later, so that it gets somewhere.
    const size_t call = random->Below(50 + 100 * static_cast<uint64_t>(kills));
    const Ended ended = RunStep(folder, work, step, FaultAt(call, true));
    if (ended.signal == SIGKILL) continue;
    INFO(ended.out << ended.err);
    REQUIRE(ended.code == 0);
    return kills;
  }
}

Work Parsed(const std::vector<std::string>& words) {
  auto work = ParseWork(words);
  REQUIRE(work.ok());
  return *std::move(work);
}

TEST_CASE("tasks that are killed a hundred times lose nothing and double nothing") {
  const TestFolder folder;
  const Work pack;
  Prepare(folder);
  RunAll(folder, pack);
  const std::map<std::string, std::string> undisturbed = TreeOf(folder);
  REQUIRE(undisturbed.count("logs/large.log.lpz") == 1);
  testing::Random random(3);
  int kills = 0;
  while (kills < 100 / static_cast<int>(archiving::kStride)) {
    Prepare(folder);
    for (uint32_t step = 0; step <= kTasks; ++step) {
      kills += KillUntilDone(folder, pack, step, &random);
    }
    REQUIRE(TreeOf(folder) == undisturbed);
    // And once more: nothing is left to do.
    RunAll(folder, pack);
    REQUIRE(TreeOf(folder) == undisturbed);
  }
}

TEST_CASE("whichever call fails, the same command puts it right") {
  const TestFolder folder;
  const Work pack;
  Prepare(folder);
  RunAll(folder, pack);
  const std::map<std::string, std::string> undisturbed = TreeOf(folder);
  testing::Random random(4);
  for (int round = 0; round < 40 / static_cast<int>(archiving::kStride); ++round) {
    Prepare(folder);
    for (uint32_t step = 0; step <= kTasks; ++step) {
      const size_t call = random.Below(150);
      INFO("step " << step << ", call " << call << " fails");
      REQUIRE(RunStep(folder, pack, step, FaultAt(call, false)).signal == 0);
      const Ended ended = RunStep(folder, pack, step, {});
      INFO(ended.out << ended.err);
      REQUIRE(ended.code == 0);
    }
    REQUIRE(TreeOf(folder) == undisturbed);
  }
}

TEST_CASE("a task that is told to stop leaves nothing unfinished, and asks to be repeated") {
  const TestFolder folder;
  const Work pack;
  Prepare(folder);
  RunAll(folder, pack);
  const std::map<std::string, std::string> undisturbed = TreeOf(folder);
  Prepare(folder);
  const auto stop_at_read = [](FaultOps* ops) {
    archiving::CatchStopSignals();
    ops->before = [](const Call& call) {
      if (call.what == "read" && call.file == "large.log") raise(SIGTERM);
      return 0;
    };
  };
  const Ended stopped = RunStep(folder, pack, 0, stop_at_read);
  CHECK(stopped.code == kExitAgain);
  CHECK(stopped.err.find("stopped by SIGTERM") != std::string::npos);
  for (const auto& [name, bytes] : TreeOf(folder))
    CHECK(!fs::path(name).filename().string().starts_with('.'));
  RunAll(folder, pack);
  CHECK(TreeOf(folder) == undisturbed);
}

TEST_CASE("two runs of a task that cannot lock its record do the same, and no harm") {
  const TestFolder folder;
  const Work pack;
  Prepare(folder);
  RunAll(folder, pack);
  const std::map<std::string, std::string> undisturbed = TreeOf(folder);
  for (const char* const moment : {"rename", "read", "sync"}) {
    INFO("the second run comes before the first " << moment << " of an archive");
    Prepare(folder);
    const auto no_locks = [](const Call& call) { return call.what == "flock" ? ENOLCK : 0; };
    bool ran = false;
    const Ended first = RunStep(folder, pack, 0, [&](FaultOps* ops) {
      ops->before = [&](const Call& call) {
        if (!ran && call.what == moment && call.file.find(".lpz") != std::string::npos) {
          ran = true;
          FaultOps second;
          second.before = no_locks;
          archiving::Stop stop(std::nullopt);
          if (RunTask({.plan = folder.File("plan"), .task = 0}, pack, &second, &stop) != kExitDone)
            _exit(99);
        }
        return no_locks(call);
      };
    });
    INFO(first.out << first.err);
    // At worst the second has cleared away what the first was at.
    REQUIRE((first.code == kExitDone || first.code == kExitSomeFailed));
    for (uint32_t step = 1; step <= kTasks; ++step)
      REQUIRE(RunStep(folder, pack, step, {}).code == kExitDone);
    REQUIRE(TreeOf(folder) == undisturbed);
  }
}

TEST_CASE("a search whose tasks are killed prints every line once") {
  const TestFolder folder;
  const Work grep = Parsed({"grep", "-n", "took 9.? ms"});
  Prepare(folder);
  RunAll(folder, Work());
  RunAll(folder, grep);
  const std::string expected = RunStep(folder, grep, kTasks, {}).out;
  REQUIRE(expected.size() > 100);
  testing::Random random(5);
  int kills = 0;
  while (kills < 30 / static_cast<int>(archiving::kStride)) {
    fs::remove_all(WorkFolder(folder.File("plan"), grep));
    for (uint32_t step = 0; step < kTasks; ++step)
      kills += KillUntilDone(folder, grep, step, &random);
    REQUIRE(RunStep(folder, grep, kTasks, {}).out == expected);
  }
}

}  // namespace
}  // namespace logpress::cli::fleet
