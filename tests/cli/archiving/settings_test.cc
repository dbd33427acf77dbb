// What the command line and the configuration mean, and what they say when they mean nothing.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "cli/archiving/archiving_test_util.h"
#include "cli/archiving/command_line.h"
#include "cli/archiving/config.h"
#include "cli/archiving/memory_plan.h"
#include "cli/archiving/setting_table.h"
#include "cli/archiving/values.h"

namespace logpress::cli::archiving {
namespace {

using Strings = std::vector<std::string>;

Settings Parse(const Strings& arguments) {
  const auto settings = ParseCommandLine(arguments, {});
  INFO(settings.status().message());
  REQUIRE(settings.ok());
  return *settings;
}

std::string Refusal(const Strings& arguments) {
  const auto settings = ParseCommandLine(arguments, {});
  REQUIRE(!settings.ok());
  return std::string(settings.status().message());
}

Strings Problems(const std::string& toml) {
  const TestFolder folder;
  folder.Write("c.toml", toml);
  Settings settings;
  Strings problems = ReadConfig(folder.File("c.toml"), &settings);
  for (std::string& problem : problems) problem.erase(0, problem.find("c.toml"));
  return problems;
}

TEST_CASE("durations have a unit, or are seconds") {
  CHECK(ParseDuration("90") == 90);
  CHECK(ParseDuration("90s") == 90);
  CHECK(ParseDuration("15min") == 900);
  CHECK(ParseDuration("12h") == 43200);
  CHECK(ParseDuration("400d") == 400 * 86400);
  CHECK(ParseDuration("2w") == 14 * 86400);
  CHECK(ParseDuration("1y") == 365 * 86400);
  for (const char* text :
       {"", "d", "-1d", "1 d", "1.5h", "1month", "99999999999999999999d", "9999999999999d"})
    CHECK(ParseDuration(text) == std::nullopt);
  CHECK(DurationText(86400) == "1d");
  CHECK(DurationText(14 * 86400) == "14d");
  CHECK(DurationText(5400) == "90min");
  CHECK(DurationText(0) == "0s");
}

TEST_CASE("options and files come in any order, short ones joined") {
  const Settings settings = Parse({"-rk9T2", "/var/log", "--older-than", "2d", "--include=*.log",
                                   "--include", "*.txt", "--ionice=idle", "--", "-odd"});
  const Policy& policy = settings.policies.at(0);
  CHECK(policy.paths == Strings{"/var/log", "-odd"});
  CHECK(policy.include == Strings{"*.log", "*.txt"});
  CHECK((policy.recursive && policy.keep));
  CHECK(policy.level == 9);
  CHECK(policy.older_than == 2 * 86400);
  CHECK(settings.run.threads == 2);
  CHECK(settings.run.io_class == IoClass::kIdle);
}

TEST_CASE("a command line that makes no sense says what to do") {
  CHECK(Refusal({}) == "archive: no files; name logs or folders, or use --config=FILE");
  CHECK(Refusal({"--older-then=1d", "x"}) ==
        "--older-then=1d: unknown option; did you mean --older-than?");
  CHECK(Refusal({"--zzzzzzzzzz", "x"}) ==
        "--zzzzzzzzzz: unknown option; see logpress archive --help");
  CHECK(Refusal({"--older-than=soon", "x"}) ==
        "--older-than=soon: not a time; give a number with s, min, h, d, w or y behind it, such as "
        "36h");
  CHECK(Refusal({"--max-total=many", "x"}) ==
        "--max-total=many: not a size; give a number of bytes, or one with K, M, G or T behind it");
  CHECK(Refusal({"--keep=no", "x"}) == "--keep=no: takes no value; give the option alone");
  CHECK(Refusal({"x", "--lock"}) == "--lock: needs a value; give it as --lock=FILE");
  CHECK(Refusal({"-0", "x"}) ==
        "-0: levels go from -1 (fastest) to -9 (smallest); give one of these");
  CHECK(Refusal({"--ionice=realtime", "x"}) ==
        "--ionice=realtime: no such class; give idle, best-effort:0 to best-effort:7, or none");
  CHECK(Refusal({"--config=c", "x"}) ==
        "x: with --config the files come from there; leave out one of both");
  CHECK(Refusal({"--config=c", "--keep"}) ==
        "--keep: belongs to a policy; with --config write it there, under [[policy]]");
  CHECK(Refusal({"--check-config", "x"}) == "--check-config: nothing to check; add --config=FILE");
  CHECK(Refusal({"-"}) == "-: archive works on files; for a pipe use logpress without archive");
}

TEST_CASE("a configuration holds several policies, and the command line overrides its run") {
  const TestFolder folder;
  folder.Write("c.toml",
               "[run]\nnice = 3\nmax-runtime = \"4h\"\n"
               "[[policy]]\nname = \"a\"\npaths = [\"/a\", \"/b/*.log\"]\nrecursive = true\n"
               "include = [\"*.x\"]\nexclude = \"*.y\"\nmax-total = \"1G\"\nlevel = 9\n"
               "[[policy]]\npaths = \"/c\"\nolder-than = 3600\ndelete-after = \"400d\"\n");
  Settings settings;
  REQUIRE(ReadConfig(folder.File("c.toml"), &settings) == Strings());
  REQUIRE(settings.policies.size() == 2);
  const Policy& first = settings.policies[0];
  CHECK(first.name == "a");
  CHECK(first.paths == Strings{"/a", "/b/*.log"});
  CHECK(first.include == Strings{"*.x"});
  CHECK(first.exclude == Strings{"*.y"});
  CHECK(first.recursive);
  CHECK(first.level == 9);
  CHECK(first.max_total == uint64_t{1} << 30);
  CHECK(settings.policies[1].name == "policy 2");
  CHECK(settings.policies[1].older_than == 3600);
  CHECK(settings.policies[1].delete_after == 400 * 86400);
  const auto merged = ParseCommandLine(Strings{"--config=c", "--nice=7"}, settings.run);
  REQUIRE(merged.ok());
  CHECK(merged->run.nice == 7);
  CHECK(merged->run.max_runtime == 4 * 3600);
}

TEST_CASE("all that is wrong in a configuration is said, with its place and what to do") {
  CHECK(Problems("[[policy]]\npaths = [\"/a\"]\nolder-then = \"1d\"\nkeep = \"maybe\"\n") ==
        Strings{"c.toml:4:8: keep = maybe: is true or false; give one of these",
                "c.toml:3:1: unknown key older-then in [[policy]]; did you mean older-than?"});
  CHECK(Problems("[runs]\n[[policy]]\npaths = [\"/a\"]\n") ==
        Strings{"c.toml:1:2: unknown key runs as a table; did you mean run?"});
  CHECK(Problems("[[policy]]\nname = \"x\"\n") ==
        Strings{"c.toml:1:1: the policy has no paths; add paths = [\"/var/log/...\"]"});
  CHECK(Problems("[[policy]]\npaths = [\"var/log\"]\n") ==
        Strings{"c.toml:1:1: var/log is not absolute; begin it with /"});
  CHECK(Problems("[run]\n") ==
        Strings{"c.toml: no policy, so there is nothing to do; add one under [[policy]]"});
  CHECK(Problems("[policy]\npaths = [\"/a\"]\n") ==
        Strings{"c.toml:1:1: policies are a list; write each as [[policy]]"});
  CHECK(Problems("[run]\nolder-than = 1\n[[policy]]\npaths=[\"/a\"]\n").size() == 1);
  CHECK(Problems(
            "[[policy]]\nname=\"x\"\npaths=[\"/a\"]\n[[policy]]\nname=\"x\"\npaths=[\"/b\"]\n") ==
        Strings{"c.toml:4:1: there are two policies x; give each a name"});
  CHECK(Problems("[[policy]]\npaths = [\"/a\"]\nlevel = 1.5\n")
            .at(0)
            .find("level: is of the wrong "
                  "kind") != std::string::npos);
  CHECK(Problems("not toml\n").at(0).find("c.toml:1:") == 0);
  Settings settings;
  CHECK(ReadConfig("/nothere/c.toml", &settings) ==
        Strings{"/nothere/c.toml: cannot be read: No such file or directory; check the name and "
                "the permissions"});
}

TEST_CASE("--help has every setting once and fits a terminal") {
  const std::string help = ArchiveHelpText();
  for (size_t at = 0; at < help.size();) {
    const size_t end = help.find('\n', at);
    CHECK(end - at <= 80);
    at = end + 1;
  }
  std::set<std::string_view> names;
  for (const Setting& setting : SettingTable()) {
    CHECK(names.insert(setting.name).second);
    CHECK(help.find("--" + std::string(setting.name)) != std::string::npos);
  }
}

TEST_CASE("memory is kept to by fewer threads first, then by smaller blocks") {
  const MemoryPlan free = PlanMemory(5, 0, 4, 0);
  CHECK(free.threads == 4);
  const MemoryPlan some = PlanMemory(5, 16 << 20, 4, uint64_t{300} << 20);
  CHECK(some.threads == 2);
  CHECK(some.block_size == 16 << 20);
  const MemoryPlan little = PlanMemory(5, 16 << 20, 4, uint64_t{50} << 20);
  CHECK(little.threads == 1);
  CHECK(little.block_size == 4 << 20);
  const MemoryPlan none = PlanMemory(9, 16 << 20, 4, 1);
  CHECK(none.threads == 1);
  CHECK(none.block_size == 256 << 10);
}

}  // namespace
}  // namespace logpress::cli::archiving
