#include "cli/grep/options.h"

#include <getopt.h>

#include <string>
#include <utility>

#include "base/status.h"
#include "cli/arguments.h"
#include "cli/format.h"
#include "cli/help.h"
#include "cli/text.h"

namespace logpress::cli::grep {
namespace {

constexpr int kFirstLong = 256;  // what getopt_long() returns for row 0 by its long name

// The table as getopt_long() wants it.
struct Getopt {
  Getopt() {
    int row = kFirstLong;
    for (const GrepOption& option : GrepOptionTable()) {
      const int argument = option.value.empty()            ? no_argument
                           : option.value.starts_with('[') ? optional_argument
                                                           : required_argument;
      if (option.name != nullptr) longs.push_back({option.name, argument, nullptr, row});
      if (option.letter != 0) {
        shorts += option.letter;
        if (argument == required_argument) shorts += ':';
      }
      ++row;
    }
    longs.push_back({nullptr, 0, nullptr, 0});
  }

  std::string shorts = ":0123456789";  // the colon: tell what lacks its value from what is unknown
  std::vector<option> longs;
};

const GrepOption* FindOption(int found) {
  const auto table = GrepOptionTable();
  if (found >= kFirstLong) return &table[static_cast<size_t>(found - kFirstLong)];
  for (const GrepOption& option : table)
    if (option.letter == found) return &option;
  return nullptr;
}

std::string OptionText(int found) {
  if (found < kFirstLong) return Cat("-", std::string(1, static_cast<char>(found)));
  return Cat("--", FindOption(found)->name);
}

class Reader {
 public:
  Reader(std::span<const std::string> words, search::Syntax syntax) {
    options_.pattern.syntax = syntax;
    arguments_.emplace_back("logpress grep");
    arguments_.insert(arguments_.end(), words.begin(), words.end());
    for (std::string& argument : arguments_) pointers_.push_back(argument.data());
    pointers_.push_back(nullptr);
  }

  absl::StatusOr<GrepOptions> Read() {
    const int count = static_cast<int>(arguments_.size());
    opterr = 0;
    optind = 0;
    for (;;) {
      const int before = std::max(optind, 1);
      const int found = getopt_long(count, pointers_.data(), getopt_.shorts.c_str(),
                                    getopt_.longs.data(), nullptr);
      if (found < 0) break;
      LOGPRESS_RETURN_IF_ERROR(Apply(found, before));
      if (options_.help || options_.version) return std::move(options_);
    }
    LOGPRESS_RETURN_IF_ERROR(ApplyDigits());
    int next = optind;
    if (!options_.patterns_given) {
      if (next >= count) {
        return absl::InvalidArgumentError(
            "no pattern; give it as logpress grep PATTERN FILE..., and see logpress grep --help");
      }
      options_.patterns.emplace_back(pointers_[static_cast<size_t>(next++)]);
    }
    for (; next < count; ++next) options_.files.emplace_back(pointers_[static_cast<size_t>(next)]);
    Settle();
    return std::move(options_);
  }

 private:
  // What getopt_long() found; it was at the word `before` until then.
  absl::Status Apply(int found, int before) {
    if (found >= '0' && found <= '9') {
      // -12 is one number, -1 -2 the second.
      if (digits_word_ != before) digits_.clear();
      digits_word_ = before;
      digits_ += static_cast<char>(found);
      return absl::OkStatus();
    }
    if (found == ':') {
      const std::string text = OptionText(optopt);
      return UsageError(text, Cat("needs a value; give it as ", text,
                                  optopt < kFirstLong ? " " : "=", FindOption(optopt)->value));
    }
    if (found == '?') {
      const std::string word = pointers_[static_cast<size_t>(optind - 1)];
      if (optopt >= kFirstLong) return UsageError(word, "takes no value; give the option alone");
      return UsageError(optopt == 0 ? word : OptionText(optopt),
                        "unknown or not clear; see logpress grep --help, and give a pattern with "
                        "such a name as -e PATTERN");
    }
    const std::string value = optarg == nullptr ? "" : optarg;
    const GrepOption& option = *FindOption(found);
    absl::Status status = option.apply(value, &options_);
    // Of a file: its name is in the message.
    if (status.ok() || !absl::IsInvalidArgument(status)) return status;
    const std::string text = OptionText(found);
    if (option.value.empty()) return UsageError(text, Message(status));
    return UsageError(Cat(text, found < kFirstLong ? " " : "=", value), Message(status));
  }

  // -NUM.
  absl::Status ApplyDigits() {
    if (digits_.empty()) return absl::OkStatus();
    return FindOption('C')->apply(digits_, &options_);
  }

  // What follows from the options together.
  void Settle() {
    search::ScanOptions* const scan = &options_.search.scan;
    options_.search.offsets = options_.byte_offsets;
    scan->memory_limit = options_.memory_limit;
    scan->count_only = options_.show == Show::kCount;
    scan->first_only = options_.show > Show::kCount;
    const uint64_t context = options_.context.value_or(0);
    scan->before = options_.before.value_or(context);
    scan->after = options_.after.value_or(context);
    options_.search.selection = options_.part.selection();
    const bool recurse = options_.directories == Directories::kRecurse;
    if (options_.files.empty()) options_.files.emplace_back(recurse ? "." : "-");
  }

  GrepOptions options_;
  std::vector<std::string> arguments_;
  std::vector<char*> pointers_;
  const Getopt getopt_;
  std::string digits_;
  int digits_word_ = 0;
};

constexpr char kUsage[] =
    "Usage: logpress grep [OPTION]... PATTERN [FILE]...\n"
    "Searches archives of logpress, and logs of any other kind, as grep does.\n"
    "Without FILE, or when FILE is -, standard input; with -r, the current directory.\n";

constexpr char kMore[] =
    "\nOther names: lpzgrep and lpzegrep (logpress grep), lpzfgrep (logpress grep -F).\n"
    "WHEN is a date with or without a time, as logs print it, or @ and seconds.\n"
    "Exit status: 0 lines were selected, 1 none was, 2 an error.\n"
    "More: man logpress-grep\n";

}  // namespace

absl::StatusOr<GrepOptions> ParseGrepOptions(std::span<const std::string> words,
                                             search::Syntax syntax) {
  return Reader(words, syntax).Read();
}

std::string GrepHelpText() {
  std::string text = kUsage;
  std::string_view group;
  for (const GrepOption& option : GrepOptionTable()) {
    if (option.help.empty()) continue;
    if (option.group != group) Append(&text, "\n", option.group, ":\n");
    group = option.group;
    AppendOption(option.letter, option.name == nullptr ? "" : option.name, option.value,
                 option.help, &text);
  }
  return text + kMore;
}

}  // namespace logpress::cli::grep
