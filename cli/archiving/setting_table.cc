#include "cli/archiving/setting_table.h"

#include <algorithm>
#include <functional>

#include "cli/format.h"
#include "cli/text.h"
#include "cli/values.h"

namespace logpress::cli::archiving {
namespace {

constexpr int kMaxThreads = 256;

absl::Status Wrong(std::string_view what) { return absl::InvalidArgumentError(Cat(what)); }

absl::Status ReadFlag(const std::string& text, bool* flag) {
  if (text != "true" && text != "false") return Wrong("is true or false; give one of these");
  *flag = text == "true";
  return absl::OkStatus();
}

absl::Status ReadText(const std::string& text, std::string* value) {
  if (text.empty()) return Wrong("the name is empty; give a file");
  if (text.find('\0') != std::string::npos) return Wrong("names cannot hold NUL; leave it out");
  *value = text;
  return absl::OkStatus();
}

absl::Status AddText(const std::string& text, std::vector<std::string>* values) {
  std::string value;
  if (absl::Status status = ReadText(text, &value); !status.ok()) return status;
  values->push_back(std::move(value));
  return absl::OkStatus();
}

template <typename Number>
absl::Status ReadSize(const absl::StatusOr<uint64_t>& parsed, Number* size) {
  if (parsed.ok()) *size = *parsed;
  return parsed.status();
}

// Of parts of a second the whole.
template <typename Number>
absl::Status ReadTime(const absl::StatusOr<int64_t>& milliseconds, Number* seconds) {
  if (milliseconds.ok()) *seconds = (*milliseconds + 999) / 1000;
  return milliseconds.status();
}

template <typename Number>
absl::Status ReadNumber(const std::string& text, int low, int high, Number* number) {
  const auto parsed = ParseNumber(text, low, high);
  if (!parsed) return Wrong(Cat("give a number from ", low, " to ", high));
  *number = *parsed;
  return absl::OkStatus();
}

absl::Status ReadBlockSize(const std::string& text, uint64_t* size) {
  return ReadSize(ParseBlockSize(text), size);
}

absl::Status ReadIoClass(const std::string& text, RunSettings* run) {
  const size_t colon = text.find(':');
  const std::string word = text.substr(0, colon);
  const auto level = colon == std::string::npos ? std::optional<int>(7)
                                                : ParseNumber(text.substr(colon + 1), 0, 7);
  if (word == "idle" && colon == std::string::npos) {
    run->io_class = IoClass::kIdle;
  } else if (word == "none" && colon == std::string::npos) {
    run->io_class = IoClass::kUnchanged;
  } else if (word == "best-effort" && level) {
    run->io_class = IoClass::kBestEffort;
    run->io_level = *level;
  } else {
    return Wrong("no such class; give idle, best-effort:0 to best-effort:7, or none");
  }
  return absl::OkStatus();
}

#define APPLY(expression)                                                         \
  [](const std::string& text, RunSettings* run, Policy* policy) -> absl::Status { \
    (void)text, (void)run, (void)policy;                                          \
    return expression;                                                            \
  }

constexpr Setting kSettings[] = {
    {"Which files", Scope::kPolicy, 0, false, "older-than", "TIME",
     "only files last changed this long ago (1d)",
     APPLY(ReadTime(ParseTime(text), &policy->older_than))},
    {"Which files", Scope::kPolicy, 0, false, "min-size", "SIZE",
     "only files of at least SIZE (1: none that are empty)",
     APPLY(ReadSize(ParseSize(text), &policy->min_size))},
    {"Which files", Scope::kPolicy, 0, false, "max-size", "SIZE", "only files of at most SIZE",
     APPLY(ReadSize(ParseSize(text), &policy->max_size))},
    {"Which files", Scope::kPolicy, 0, true, "include", "GLOB",
     "in folders, take what matches one of these instead\n"
     "of what looks rotated (app.log.1, app-20240531.log)",
     APPLY(AddText(text, &policy->include))},
    {"Which files", Scope::kPolicy, 0, true, "exclude", "GLOB", "leave out what matches",
     APPLY(AddText(text, &policy->exclude))},
    {"Which files", Scope::kPolicy, 'r', false, "recursive", "", "folders below folders as well",
     APPLY(ReadFlag(text, &policy->recursive))},
    {"Which files", Scope::kPolicy, 0, false, "repack", "",
     "also what gzip, zstd, xz and bzip2 packed", APPLY(ReadFlag(text, &policy->repack))},
    {"Which files", Scope::kPolicy, 0, false, "ignore-open", "",
     "also files that are open for writing", APPLY(ReadFlag(text, &policy->ignore_open))},
    {"Which files", Scope::kPolicy, 0, false, "hard-links", "", "also files that have other names",
     APPLY(ReadFlag(text, &policy->hard_links))},

    {"How", Scope::kPolicy, 0, false, "level", "N",
     "1 fastest, 5 default, 9 smallest; also -1 .. -9",
     APPLY(ReadNumber(text, 1, 9, &policy->level))},
    {"How", Scope::kPolicy, 0, false, "block-size", "SIZE", "compress blocks of SIZE",
     APPLY(ReadBlockSize(text, &policy->block_size))},
    {"How", Scope::kPolicy, 'k', false, "keep", "", "keep the sources",
     APPLY(ReadFlag(text, &policy->keep))},

    {"For how long", Scope::kPolicy, 0, false, "delete-after", "TIME",
     "delete archives whose log ended this long ago",
     APPLY(ReadTime(ParseDeletionTime(text), &policy->delete_after))},
    {"For how long", Scope::kPolicy, 0, false, "max-total", "SIZE",
     "delete the oldest archives until all take SIZE",
     APPLY(ReadSize(ParseDeletionSize(text), &policy->max_total))},

    {"The run", Scope::kCommandLine, 0, false, "config", "FILE", "read policies from FILE (TOML)",
     APPLY(ReadText(text, &run->config))},
    {"The run", Scope::kCommandLine, 0, false, "check-config", "",
     "say whether the configuration is sound, and in words\n"
     "what it does; do nothing",
     APPLY(ReadFlag(text, &run->check_config))},
    {"The run", Scope::kCommandLine, 'n', false, "dry-run", "",
     "say what would be done and do nothing", APPLY(ReadFlag(text, &run->dry_run))},
    {"The run", Scope::kRun, 0, false, "lock", "FILE",
     "what keeps runs apart (/run/logpress/archive.lock)", APPLY(ReadText(text, &run->lock))},
    {"The run", Scope::kRun, 0, false, "max-runtime", "TIME",
     "stop after TIME; the next run goes on", APPLY(ReadTime(ParseTime(text), &run->max_runtime))},
    {"The run", Scope::kRun, 'T', false, "threads", "N", "use N threads; 0: one per core (1)",
     APPLY(ReadNumber(text, 0, kMaxThreads, &run->threads))},
    {"The run", Scope::kRun, 0, false, "memory-limit", "SIZE", "take about SIZE of memory at most",
     APPLY(ReadSize(ParseSize(text), &run->memory_limit))},
    {"The run", Scope::kRun, 0, false, "min-free", "SIZE",
     "leave SIZE free on the file system (64M)", APPLY(ReadSize(ParseSize(text), &run->min_free))},
    {"The run", Scope::kRun, 0, false, "nice", "N", "CPU priority, 0 first to 19 last (10)",
     APPLY(ReadNumber(text, 0, 19, &run->nice))},
    {"The run", Scope::kRun, 0, false, "ionice", "CLASS",
     "idle, best-effort:0 to best-effort:7, or none\n"
     "(best-effort:7)",
     APPLY(ReadIoClass(text, run))},

    {"Messages", Scope::kCommandLine, 0, false, "json", "",
     "report as JSON, a line per file, on standard output", APPLY(ReadFlag(text, &run->json))},
    {"Messages", Scope::kRun, 0, false, "metrics", "FILE",
     "write metrics for Prometheus' textfile collector", APPLY(ReadText(text, &run->metrics))},
    {"Messages", Scope::kCommandLine, 'q', false, "quiet", "", "only warnings and errors",
     APPLY((run->verbosity = -1, absl::OkStatus()))},
    {"Messages", Scope::kCommandLine, 'v', false, "verbose", "",
     "say of every file what came of it and why", APPLY((run->verbosity = 1, absl::OkStatus()))},
    {"Messages", Scope::kCommandLine, 'h', false, "help", "", "print this",
     APPLY(ReadFlag(text, &run->help))},
};

#undef APPLY

// Levenshtein's distance, by rows.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

constexpr char kUsage[] =
    "Usage: logpress archive [OPTION]... PATH|GLOB...\n"
    "       logpress archive [OPTION]... --config=FILE\n"
    "Packs rotated logs; removes each when its archive is on disk and was read back.\n"
    "PATH is a file or a folder.\n";

constexpr char kEnd[] =
    "\nTIME is a number with s, min, h, d, w or y behind it; SIZE with K, M, G, T.\n"
    "What deletes takes neither without a unit, nor 0.\n"
    "Exit status: 0 done, 1 some file failed (the others were done), 2 wrong usage,\n"
    "75 another run holds the lock.\n"
    "More: man logpress-archive, docs/archiving.md\n";

}  // namespace

std::span<const Setting> SettingTable() { return kSettings; }

const Setting* FindSetting(std::string_view name) {
  for (const Setting& setting : kSettings)
    if (setting.name == name) return &setting;
  return nullptr;
}

const Setting* FindSetting(char short_name) {
  for (const Setting& setting : kSettings)
    if (short_name != 0 && setting.short_name == short_name) return &setting;
  return nullptr;
}

std::string_view Nearest(std::string_view word, std::span<const std::string_view> words) {
  // A word of which a third is wrong is another word. Long ones are nobody's misspelling, and would
  // take time.
  constexpr size_t kLongest = 64;
  if (word.size() > kLongest) return {};
  std::string_view nearest;
  size_t least = word.size() / 3 + 2;
  for (const std::string_view candidate : words) {
    const size_t distance = Distance(word, candidate);
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string ArchiveHelpText() {
  std::string text = kUsage;
  std::string_view group;
  for (const Setting& setting : kSettings) {
    if (setting.group != group) Append(&text, "\n", setting.group, ":\n");
    group = setting.group;
    std::string names =
        setting.short_name == 0 ? "    " : Cat("-", std::string(1, setting.short_name), ", ");
    Append(&names, "--", setting.name);
    if (!setting.value.empty()) Append(&names, "=", setting.value);
    std::string_view help = setting.help;
    for (;;) {
      const size_t end = help.find('\n');
      text += Formatted("  %-24s  %s\n", names, help.substr(0, end));
      if (end == std::string_view::npos) break;
      help.remove_prefix(end + 1);
      names.clear();
    }
  }
  return text + kEnd;
}

}  // namespace logpress::cli::archiving
