#include "cli/help.h"

#include <lzma.h>
#include <zstd.h>

#include <string_view>

#include "cli/option_table.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

constexpr char kUsage[] =
    "Usage: logpress [-1 .. -9] [OPTION]... [FILE]...\n"
    "Compresses logs, exactly: each FILE becomes FILE.lpz and stays where it is.\n"
    "Without FILE, or when FILE is -, standard input goes to standard output.\n";

constexpr char kCommands[] =
    "\nOther names:\n"
    "  logpress cat FILE...       the same as logpress -dc, and so is lpzcat\n"
    "  unlogpress FILE...         the same as logpress -d\n"
    "  logpress grep PATTERN ...  search archives; see logpress grep --help\n"
    "  logpress templates FILE... the statements of logs, counted; see man logpress\n"
    "  logpress export FILE...    their lines as tables, with templates and values\n"
    "  logpress stats FILE...     their rate, levels and statements in short\n"
    "  logpress query EXPR FILE.. lines or counts of them, asked in LogQL\n"
    "  logpress diff OLD NEW      what changed: their rates and their values\n"
    "  logpress train FILE...     make a dictionary for small files; see man logpress\n"
    "  logpress repair FILE...    write what is intact to FILE.repaired.lpz\n"
    "  logpress archive PATH...   pack rotated logs; see logpress archive --help\n"
    "  logpress plan PATH...      divide logs among tasks; see logpress plan --help\n"
    "  logpress run, finish PLAN  do one of these tasks; put together what they did\n"
    "\n"
    "FILE may be a URL (http, https) where it is only read.\n"
    "SIZE is a number of bytes, or one with K, M, G or T behind it (powers of 1024);\n"
    "TIME a number with ms, s, min, h, d, w or y behind it.\n"
    "Exit status: 0 done, 1 some file failed (the others were done), 2 wrong usage.\n"
    "More: man logpress\n";

void AppendRow(std::string_view names, std::string_view help, std::string* text) {
  for (;;) {
    const size_t end = help.find('\n');
    *text += Formatted("  %-24s  %s\n", names, help.substr(0, end));
    if (end == std::string_view::npos) return;
    help.remove_prefix(end + 1);
    names = "";
  }
}

}  // namespace

void AppendOption(char letter, std::string_view name, std::string_view value, std::string_view help,
                  std::string* text) {
  std::string names = letter == 0 ? "    " : Cat("-", std::string(1, letter));
  if (!name.empty()) Append(&names, letter == 0 ? "--" : ", --", name);
  if (value.starts_with('[')) {
    Append(&names, "[=", value.substr(1));
  } else if (!value.empty()) {
    Append(&names, name.empty() ? " " : "=", value);
  }
  AppendRow(names, help, text);
}

std::string HelpText() {
  std::string text = kUsage;
  std::string_view group;
  for (const OptionSpec& option : OptionTable()) {
    if (option.help.empty()) continue;
    if (option.group != group) {
      group = option.group;
      Append(&text, "\n", group, ":\n");
      if (group == "Packing")
        AppendRow("-1 .. -9", "level: -1 fastest, -5 default, -9 smallest", &text);
    }
    AppendOption(option.short_name, option.name(), option.value, option.help, &text);
  }
  return text + kCommands;
}

std::string VersionText() {
  return Cat("logpress ", LOGPRESS_VERSION, "\n", "with zstd ", ZSTD_versionString(), ", liblzma ",
             lzma_version_string(), "\n", "reads and writes archive format 0\n");
}

}  // namespace logpress::cli
