// What the command line and the configuration mean, and what they say when they mean nothing.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "cli/archiving/archiving_test_util.h"
#include "cli/archiving/command_line.h"
#include "cli/archiving/config.h"
#include "cli/archiving/describe.h"
#include "cli/archiving/memory_plan.h"
#include "cli/archiving/setting_table.h"
#include "cli/text.h"

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
        "--older-than=soon: not a time; give a number with ms, s, min, h, d, w or y behind it, "
        "such as 36h");
  CHECK(Refusal({"--max-total=many", "x"}) ==
        "--max-total=many: not a size; give a number of bytes, or one with K, M, G or T behind it");
  CHECK(Refusal({"--older-than=2", "x"}) ==
        "--older-than=2: has no unit; give it as 2s, 2min, 2h or 2d (seconds, minutes, hours, "
        "days)");
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

TEST_CASE("nothing is deleted by a number whose unit was forgotten, or by zero") {
  CHECK(Refusal({"--delete-after=35", "x"}) ==
        "--delete-after=35: has no unit; give it as 35s, 35min, 35h or 35d (seconds, minutes, "
        "hours, days)");
  CHECK(Refusal({"--max-total=20", "x"}) ==
        "--max-total=20: has no unit; give it as 20M, 20G or 20T, or, if bytes are meant, as 20B");
  for (const char* zero : {"0", "0s", "0d"}) {
    CHECK(Refusal({Cat("--delete-after=", zero), "x"}) ==
          Cat("--delete-after=", zero, ": would delete all; give a time, such as 400d"));
  }
  for (const char* zero : {"0", "0B", "0G"}) {
    CHECK(Refusal({Cat("--max-total=", zero), "x"}) ==
          Cat("--max-total=", zero, ": would delete all; give a size, such as 50G"));
  }
  CHECK(Problems("[[policy]]\npaths = \"/a\"\ndelete-after = 400\nmax-total = 20\n") ==
        Strings{"c.toml:3:16: delete-after = 400: has no unit; give it as 400s, 400min, 400h or "
                "400d (seconds, minutes, hours, days), in quotes",
                "c.toml:4:13: max-total = 20: has no unit; give it as 20M, 20G or 20T, or, if "
                "bytes are meant, as 20B, in quotes"});
  CHECK(Problems("[[policy]]\npaths = \"/a\"\ndelete-after = \"0\"\n") ==
        Strings{"c.toml:3:16: delete-after = 0: would delete all; give a time, such as 400d"});
  CHECK(Parse({"--delete-after=400d", "--max-total=20B", "x"}).policies[0].max_total == 20);
}

TEST_CASE("a policy is told in words") {
  const Policy plain = Parse({"/var/log"}).policies[0];
  CHECK(DescribePolicy(plain) ==
        "command line: packs what looks rotated in /var/log, last changed 1 day ago or longer; "
        "removes each log when its archive is safe\n"
        "command line: deletes no archive\n");
  const Policy full = Parse({"-rk", "--repack", "--ignore-open", "--include=*.x", "--include=*.y",
                             "--exclude=z", "--older-than=36h", "--min-size=1K", "--max-size=1G",
                             "--delete-after=400d", "--max-total=50G", "/a", "/b", "/c"})
                          .policies[0];
  CHECK(DescribePolicy(full) ==
        "command line: packs *.x and *.y in /a, /b and /c and the folders below, but not z, last "
        "changed 36 hours ago or longer, of at least 1.00 KiB, of at most 1.00 GiB, also from "
        "gzip, zstd, xz and bzip2, also while a program has it open for writing; keeps the logs\n"
        "command line: deletes archives older than 400 days\n"
        "command line: deletes the oldest archives until all take no more than 50.0 GiB\n");
}

TEST_CASE("a configuration holds several policies, and the command line overrides its run") {
  const TestFolder folder;
  folder.Write("c.toml",
               "[run]\nnice = 3\nmax-runtime = \"4h\"\n"
               "[[policy]]\nname = \"a\"\npaths = [\"/a\", \"/b/*.log\"]\nrecursive = true\n"
               "include = [\"*.x\"]\nexclude = \"*.y\"\nmax-total = \"1G\"\nlevel = 9\n"
               "[[policy]]\npaths = \"/c\"\nolder-than = \"60min\"\ndelete-after = \"400d\"\n");
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
  CHECK(Problems("[run]\nolder-than = \"1s\"\n[[policy]]\npaths=[\"/a\"]\n").size() == 1);
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
