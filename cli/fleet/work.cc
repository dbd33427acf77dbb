#include "cli/fleet/work.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "base/checksum.h"
#include "base/status.h"
#include "cli/text.h"

namespace logpress::cli::fleet {
namespace {

constexpr std::string_view kPack = "pack";
constexpr std::string_view kVerify = "verify";
constexpr std::string_view kGrep = "grep";
constexpr std::string_view kCount = "count";

std::string Quoted(const std::string& word) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_./=,:+@%").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

absl::Status ParseGrep(std::span<const std::string> words, bool count, Work* work) {
  std::vector<std::string> arguments(words.begin(), words.end());
  if (count) arguments.insert(arguments.begin(), "-c");
  // Patterns from files count by what they hold.
  LOGPRESS_ASSIGN_OR_RETURN(work->grep,
                            grep::ParseGrepOptions(arguments, search::Syntax::kExtended));
  grep::GrepOptions* const options = &work->grep;
  const bool recurse = options->directories == grep::Directories::kRecurse;
  if (options->files != std::vector<std::string>{recurse ? "." : "-"}) {
    return absl::InvalidArgumentError(
        Cat(options->files[0], ": the plan says which files are searched; leave it out"));
  }
  if (options->help || options->version || !options->part.is_all()) {
    return absl::InvalidArgumentError(
        "parts of logs, --help and --version are for logpress grep itself; leave them out");
  }
  if (options->color == grep::When::kAuto) options->color = grep::When::kNever;
  auto pattern = search::Pattern::Compile(options->patterns, options->pattern);
  if (!pattern.ok()) return Annotate(pattern.status(), "pattern");
  work->pattern.emplace(*std::move(pattern));
  return absl::OkStatus();
}

}  // namespace

std::string Work::Text() const {
  std::string text;
  for (const std::string& word : words) Append(&text, " ", Quoted(word));
  return text;
}

absl::StatusOr<Work> ParseWork(std::span<const std::string> words) {
  Work work;
  work.words.assign(words.begin(), words.end());
  if (words.empty()) return work;
  const std::string& name = words[0];
  if (name == kGrep || name == kCount) {
    work.kind = WorkKind::kGrep;
    LOGPRESS_RETURN_IF_ERROR(ParseGrep(words.subspan(1), name == kCount, &work));
    return work;
  }
  if (name != kPack && name != kVerify)
    return absl::InvalidArgumentError(
        Cat(name, ": no such work; there are pack, verify, grep and count"));
  if (words.size() > 1)
    return absl::InvalidArgumentError(
        Cat(words[1], ": ", name, " takes no arguments; the plan says which files and how"));
  if (name == kVerify) work.kind = WorkKind::kVerify;
  return work;
}

std::string ResultsFolder(const std::string& plan) { return Cat(plan, ".d"); }

std::string WorkFolder(const std::string& plan, const Work& work) {
  const std::string results = ResultsFolder(plan);
  switch (work.kind) {
    case WorkKind::kPack:
      return Cat(results, "/", kPack);
    case WorkKind::kVerify:
      return Cat(results, "/", kVerify);
    case WorkKind::kGrep:
      break;
  }
  std::string key(IsPacked(plan) ? "archives" : "files");
  for (const auto* words : {&work.words, &work.grep.patterns})
    for (const std::string& word : *words) Append(&key, std::string_view("\0", 1), word);
  return Cat(results, "/", kGrep, "-", Formatted("%08x", Checksum32(key)));
}

bool IsPacked(const std::string& plan) {
  return access(Cat(ResultsFolder(plan), "/", kPack).c_str(), F_OK) == 0;
}

std::string RecordPath(const std::string& folder, const std::string& task) {
  return Cat(folder, "/", task);
}

std::string FindingsPath(const std::string& record) { return Cat(record, ".out"); }

RecordName NameOfRecord(const Plan& plan, const Work& work, const std::string& task) {
  const std::string_view kind = work.kind == WorkKind::kPack     ? kPack
                                : work.kind == WorkKind::kVerify ? kVerify
                                                                 : kGrep;
  return {plan.id, std::string(kind), task};
}

}  // namespace logpress::cli::fleet
