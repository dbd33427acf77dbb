#include "cli/options.h"

#include <cstdlib>

// The variant without std::regex: that one recurses once a character and a long argument would
// overflow the stack.
#define CXXOPTS_NO_REGEX true
#include <cxxopts.hpp>

#include "absl/status/status.h"
#include "archive/writer.h"
#include "cli/format.h"
#include "cli/text.h"
#include "cli/values.h"

namespace logpress::cli {
namespace {

constexpr int kMaxThreads = 256;

constexpr OptionSpec kOptions[] = {
    {"What to do", 'd', "decompress", "", "FILE.lpz becomes FILE again"},
    {"What to do", 't', "test", "", "check that archives are whole; write nothing"},
    {"What to do", 'l', "list", "",
     "show what archives hold; -v: a row per block;\n"
     "-vv: what their bytes are spent on"},
    {"Files", 'c', "stdout", "", "write to standard output"},
    {"Files", 'o', "output", "FILE", "write to FILE (one input only)"},
    {"Files", 'k', "keep", "", "keep the input files (default)"},
    {"Files", 0, "rm", "", "remove an input once its output is safe on disk"},
    {"Files", 'f', "force", "",
     "overwrite files; follow links, read devices;\n"
     "compress archives again; write them to a terminal"},
    {"Files", 'r', "recursive", "", "take the files below directories as well"},
    {"Files", 0, "recover", "", "from a damaged archive take all that is still whole"},
    {"Resources", 'T', "threads", "N", "use N threads; 0: one per core (default: 1)"},
    {"Resources", 0, "memory-limit", "SIZE", "take at most SIZE of memory for blocks"},
    {"Packing", 0, "backend", "NAME", "pack with store, zstd, xz or mix, whatever the level"},
    {"Packing", 0, "block-size", "SIZE", "compress blocks of SIZE; accepts 64K, 4M, 1GiB"},
    {"Packing", 0, "flush-interval", "T",
     "write what came in after time T (10s, 5min);\n"
     "0: when a block is full (default)"},
    {"Messages", 'q', "quiet", "", "say nothing of skipped files; twice: of errors"},
    {"Messages", 'v', "verbose", "", "say for every file what came of it"},
    {"Messages", 0, "no-progress", "", "no progress line"},
    {"Messages", 'V', "version", "", "print the version"},
    {"Messages", 'h', "help", "", "print this"},
};

absl::Status UsageError(std::string_view argument, std::string_view what) {
  return absl::InvalidArgumentError(Cat(Printable(argument), ": ", what));
}

const OptionSpec* FindShort(char name) {
  for (const OptionSpec& option : kOptions)
    if (option.short_name == name && name != 0) return &option;
  return nullptr;
}

const OptionSpec* FindLong(std::string_view name) {
  for (const OptionSpec& option : kOptions)
    if (option.long_name == name) return &option;
  return nullptr;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

struct SplitArguments {
  std::vector<std::string> options;   // for cxxopts: options with their values, and files
  std::vector<std::string> operands;  // what follows "--": files, whatever they look like
};

// Separates a value from the short option it is attached to ("-9T2" becomes "-9T" "2"), because
// cxxopts without std::regex takes letters and digits only there. On the way it finds what cxxopts
// would not: levels of two digits, which it reads as two levels.
absl::StatusOr<SplitArguments> SplitShortOptions(std::span<const std::string> arguments) {
  SplitArguments split;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--") {
      split.operands.assign(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                            arguments.end());
      break;
    }
    const bool is_long = argument.starts_with("--");
    const OptionSpec* wants_value = nullptr;
    size_t end = argument.size();
    if (is_long) {
      const OptionSpec* option = FindLong(argument.substr(2));
      if (option != nullptr && !option->value.empty()) wants_value = option;
    } else if (argument.size() > 1 && argument[0] == '-') {
      for (size_t at = 1; at < argument.size(); ++at) {
        const char name = argument[at];
        if (name == '0' || (IsDigit(name) && at + 1 < argument.size() && IsDigit(argument[at + 1])))
          return UsageError(argument,
                            "levels go from -1 (fastest) to -9 (smallest); for no packing "
                            "use --backend=store, for the most use -9");
        const OptionSpec* option = FindShort(name);
        if (option != nullptr && !option->value.empty()) {
          wants_value = option;
          end = at + 1;
          break;
        }
      }
    }
    split.options.push_back(argument.substr(0, end));
    if (end < argument.size()) {
      split.options.push_back(argument.substr(end));
    } else if (wants_value != nullptr) {
      if (i + 1 == arguments.size())
        return UsageError(argument, Cat("needs a value; give it as ", argument, is_long ? "=" : " ",
                                        wants_value->value));
      split.options.push_back(arguments[++i]);
    }
  }
  return split;
}

absl::StatusOr<block::BackendChoice> ParseBackend(std::string_view name) {
  if (name == "store") return block::BackendChoice::kStore;
  if (name == "zstd") return block::BackendChoice::kZstd;
  if (name == "xz") return block::BackendChoice::kXz;
  if (name == "mix") return block::BackendChoice::kMix;
  return UsageError(Cat("--backend=", name), "no such backend; there are store, zstd, xz and mix");
}

absl::StatusOr<uint64_t> ParseSizeOption(std::string_view option, const std::string& text) {
  const absl::StatusOr<uint64_t> size = ParseSize(text);
  if (!size.ok()) return UsageError(Cat("--", option, "=", text), Message(size.status()));
  return size;
}

absl::Status ApplyThreads(const std::string& value, Options* options) {
  const std::optional<int> threads = ParseNumber(value, 0, kMaxThreads);
  if (!threads) {
    return UsageError(Cat("--threads=", value), Cat("give a number from 1 to ", kMaxThreads,
                                                    ", or 0 for one thread per core"));
  }
  options->threads = *threads;
  return absl::OkStatus();
}

absl::Status ApplyBlockSize(const std::string& value, Options* options) {
  auto size = ParseSizeOption("block-size", value);
  if (!size.ok()) return size.status();
  if (*size < archive::kMinBlockSize || *size > block::kMaxBlockSize) {
    return UsageError(Cat("--block-size=", value),
                      Cat("out of range; give ", archive::kMinBlockSize, " to ",
                          block::kMaxBlockSize >> 20, "M"));
  }
  options->block_size = *size;
  return absl::OkStatus();
}

absl::Status ApplyFlushInterval(const std::string& value, Options* options) {
  const absl::StatusOr<int64_t> time = ParseTime(value);
  if (!time.ok()) return UsageError(Cat("--flush-interval=", value), Message(time.status()));
  options->flush_interval = static_cast<uint64_t>(*time);
  return absl::OkStatus();
}

absl::Status ApplyMemoryLimit(const std::string& value, Options* options) {
  auto size = ParseSizeOption("memory-limit", value);
  if (!size.ok()) return size.status();
  options->memory_limit = *size;
  return absl::OkStatus();
}

absl::Status ApplyOutput(const std::string& value, Options* options) {
  if (value.empty()) return UsageError("-o", "the name is empty; name the file to write");
  options->to_stdout = value == "-";
  options->output.reset();
  if (value != "-") options->output = value;
  return absl::OkStatus();
}

// Options in the order given, so that of two that contradict the last one wins.
absl::Status Apply(const std::string& name, const std::string& value, Options* options) {
  const OptionSpec* option = FindLong(name);
  if (option != nullptr && option->value.empty() && !value.empty())
    return UsageError(Cat("--", name, "=", value), "takes no value; give the option alone");

  if (name.size() == 1 && IsDigit(name[0])) {
    options->level = name[0] - '0';
  } else if (name == "decompress") {
    options->mode = Mode::kDecompress;
  } else if (name == "test") {
    options->mode = Mode::kTest;
  } else if (name == "list") {
    options->mode = Mode::kList;
  } else if (name == "stdout") {
    options->to_stdout = true;
    options->output.reset();
  } else if (name == "output") {
    return ApplyOutput(value, options);
  } else if (name == "keep") {
    options->remove_source = false;
  } else if (name == "rm") {
    options->remove_source = true;
  } else if (name == "force") {
    options->force = true;
  } else if (name == "recursive") {
    options->recursive = true;
  } else if (name == "recover") {
    options->recover = true;
  } else if (name == "threads") {
    return ApplyThreads(value, options);
  } else if (name == "memory-limit") {
    return ApplyMemoryLimit(value, options);
  } else if (name == "backend") {
    auto backend = ParseBackend(value);
    if (!backend.ok()) return backend.status();
    options->backend = *backend;
  } else if (name == "block-size") {
    return ApplyBlockSize(value, options);
  } else if (name == "flush-interval") {
    return ApplyFlushInterval(value, options);
  } else if (name == "quiet") {
    options->verbosity = options->verbosity > 0 ? -1 : options->verbosity - 1;
  } else if (name == "verbose") {
    options->verbosity = options->verbosity < 0 ? 1 : options->verbosity + 1;
  } else if (name == "no-progress") {
    options->progress = false;
  }
  return absl::OkStatus();
}

// What is wrong only in combination.
absl::Status CheckTogether(const Options& options) {
  if (options.output.has_value() && options.files.size() > 1)
    return UsageError("-o",
                      "takes one input file; leave -o out, or use -c to write one archive "
                      "after the other");
  if (options.output.has_value() && options.recursive)
    return UsageError("-o", "cannot be used with -r, which may find many files; use -c");
  if (options.remove_source && options.to_stdout)
    return UsageError("--rm",
                      "cannot be used with -c: whether a pipe's reader kept the data is not known; "
                      "use -o, or remove the files afterwards");
  const bool writes = options.mode == Mode::kCompress || options.mode == Mode::kDecompress;
  if (options.remove_source && !writes)
    return UsageError("--rm", "has no use with -t and -l, which write nothing; leave it out");
  if (options.output.has_value() && !writes)
    return UsageError("-o", "has no use with -t and -l, which write no file; leave it out");
  if (options.recover && options.mode == Mode::kCompress)
    return UsageError("--recover", "is for archives; use it with -d or -t");
  return absl::OkStatus();
}

}  // namespace

std::span<const OptionSpec> OptionTable() { return kOptions; }

absl::StatusOr<Options> ParseOptions(std::span<const std::string> arguments,
                                     const Options& defaults) {
  auto split = SplitShortOptions(arguments);
  if (!split.ok()) return split.status();

  cxxopts::Options parser("logpress");
  // Unknown options come back among the files, to be told in our words.
  parser.allow_unrecognised_options();
  // A flag is an option whose value may be missing: cxxopts would read --keep=false as a wish.
  const auto flag = [] { return cxxopts::value<std::string>()->implicit_value(""); };
  for (const OptionSpec& option : kOptions) {
    std::string names(option.long_name);
    if (option.short_name != 0) names = Cat(std::string(1, option.short_name), ",", names);
    parser.add_options()(names, "", option.value.empty() ? flag() : cxxopts::value<std::string>());
  }
  for (char level = '1'; level <= '9'; ++level)
    parser.add_options()(std::string(1, level), "", flag());

  std::vector<const char*> argv = {"logpress"};
  for (const std::string& argument : split->options) argv.push_back(argument.c_str());

  Options options = defaults;
  bool help = false;
  bool version = false;
  try {
    const cxxopts::ParseResult parsed = parser.parse(static_cast<int>(argv.size()), argv.data());
    for (const std::string& file : parsed.unmatched()) {
      if (file.size() > 1 && file[0] == '-')
        return UsageError(file, Cat("unknown option; see logpress --help",
                                    file.starts_with("--") ? ""
                                                           : ", and give a file "
                                                             "with such a name as ./-NAME"));
      options.files.push_back(file);
    }
    for (const cxxopts::KeyValue& argument : parsed.arguments()) {
      help |= argument.key() == "help";
      version |= argument.key() == "version";
      absl::Status status = Apply(argument.key(), argument.value(), &options);
      if (!status.ok()) return status;
    }
  } catch (const std::exception& error) {
    // Nothing that SplitShortOptions lets pass is known to lead here.
    return absl::InvalidArgumentError(Cat(error.what(), "; see logpress --help"));
  }
  options.files.insert(options.files.end(), split->operands.begin(), split->operands.end());
  if (help || version) {
    options.mode = help ? Mode::kHelp : Mode::kVersion;
    return options;
  }
  if (options.files.empty()) options.files.push_back("-");
  if (absl::Status status = CheckTogether(options); !status.ok()) return status;
  return options;
}

}  // namespace logpress::cli
