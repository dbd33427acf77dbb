#include "cli/options.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "base/status.h"
#include "cli/arguments.h"
#include "cli/option_table.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

std::string_view NameOf(Mode mode) {
  switch (mode) {
    case Mode::kDecompress:
      return "-d";
    case Mode::kTest:
      return "-t";
    case Mode::kList:
      return "-l";
    case Mode::kRepair:
      return "repair";
    case Mode::kTemplates:
      return "templates";
    case Mode::kExport:
      return "export";
    case Mode::kStats:
      return "stats";
    case Mode::kQuery:
      return "query";
    case Mode::kDiff:
      return "diff";
    case Mode::kTrain:
      return "train";
    default:
      return "compressing";
  }
}

// "compressing and -d"
std::string ModesOf(const OptionSpec& option) {
  std::vector<std::string_view> names;
  for (const Mode mode :
       {Mode::kCompress, Mode::kDecompress, Mode::kTest, Mode::kList, Mode::kRepair,
        Mode::kTemplates, Mode::kExport, Mode::kStats, Mode::kQuery, Mode::kDiff, Mode::kTrain})
    if ((option.where & 1 << static_cast<int>(mode)) != 0) names.push_back(NameOf(mode));
  std::string text;
  for (size_t i = 0; i < names.size(); ++i)
    Append(&text, i == 0 ? "" : i + 1 < names.size() ? ", " : " and ", names[i]);
  return text;
}

absl::Status Apply(const GivenOption& given, Options* options) {
  absl::Status status = given.spec->apply(given.value, options);
  if (status.ok()) return status;
  const bool has_value = given.spec->value_required() || !given.value.empty();
  return UsageError(Cat("--", given.spec->name(), has_value ? "=" : "", given.value),
                    Message(status));
}

// What LOGPRESS_OPT says. Only what cannot do harm to somebody who does not think of it: with --rm
// or -f there, a script would do what its author never wrote.
absl::Status ApplyDefaults(std::string_view text, Options* options) {
  const std::vector<std::string> words =
      absl::StrSplit(std::string(text), absl::ByAnyChar(" \t\n"), absl::SkipEmpty());
  const auto in_variable = [](const absl::Status& status) {
    return UsageError("LOGPRESS_OPT", Message(status));
  };
  const auto arguments = ReadArguments(words);
  if (!arguments.ok()) return in_variable(arguments.status());
  for (const GivenOption& given : arguments->options) {
    if ((given.spec->where & kDefaults) == 0) {
      options->warnings.push_back(Cat("LOGPRESS_OPT: --", given.spec->name(),
                                      ": is not taken from there, as it changes what happens to "
                                      "files; give it on the command line"));
      continue;
    }
    if (absl::Status status = Apply(given, options); !status.ok()) return in_variable(status);
  }
  for (const std::string& operand : arguments->operands) {
    options->warnings.push_back(Cat("LOGPRESS_OPT: ", operand,
                                    ": is no option, and files are not taken from there; name "
                                    "them on the command line"));
  }
  return absl::OkStatus();
}

// What is wrong only in combination.
absl::Status CheckTogether(const Options& options) {
  if (options.mode == Mode::kDiff && options.files.size() != 2)
    return UsageError("diff", "compares two logs; name the older and the newer one");
  if (options.mode == Mode::kTrain && !options.output.has_value())
    return UsageError("train", "writes a dictionary; name its file with -o");
  if (options.append && options.to_stdout)
    return UsageError("--append", "cannot be used with -c; name the archive with -o, or use >>");
  const bool one_to_one =
      options.output.has_value() && !options.append && options.mode != Mode::kTrain;
  if (one_to_one && (options.files.size() > 1 || !options.lists.empty()))
    return UsageError("-o",
                      "takes one input file; leave -o out, or use -c to write one archive "
                      "after the other");
  if (one_to_one && options.recursive)
    return UsageError("-o", "cannot be used with -r, which may find many files; use -c");
  if (!options.output_dir.empty() && (options.to_stdout || options.output.has_value()))
    return UsageError("--output-dir", "cannot be used with -c and -o, which name another place");
  const auto is_stdin = [](const std::string& name) { return name == "-"; };
  const auto lists_stdin = std::count_if(options.lists.begin(), options.lists.end(),
                                         [](const FileList& list) { return list.path == "-"; });
  if (lists_stdin + std::count_if(options.files.begin(), options.files.end(), is_stdin) > 1 &&
      lists_stdin > 0) {
    return UsageError("--files=-", "standard input can be read once; name a file instead");
  }
  const bool named_output = options.to_stdout || options.output.has_value() ||
                            options.files == std::vector<std::string>{"-"};
  if (!options.part.is_all() && !options.LooksAtLines() &&
      (!named_output || options.remove_source)) {
    return UsageError("a part",
                      "does not take the place of the whole log; use lpzcat, -c or -o FILE, "
                      "without --rm");
  }
  if (options.remove_source && options.to_stdout)
    return UsageError("--rm",
                      "cannot be used with -c: whether a pipe's reader kept the data is not known; "
                      "use -o, or remove the files afterwards");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Options> ParseOptions(std::span<const std::string> words,
                                     std::string_view default_options, const Options& defaults) {
  Options options = defaults;
  LOGPRESS_RETURN_IF_ERROR(ApplyDefaults(default_options, &options));
  LOGPRESS_ASSIGN_OR_RETURN(Arguments arguments, ReadArguments(words));
  for (const GivenOption& given : arguments.options) {
    // --help wins over all else, and --version over what is left.
    const Mode before = options.mode;
    LOGPRESS_RETURN_IF_ERROR(Apply(given, &options));
    if (before == Mode::kHelp || (before == Mode::kVersion && options.mode != Mode::kHelp))
      options.mode = before;
  }
  options.files = std::move(arguments.operands);
  if (options.mode == Mode::kHelp || options.mode == Mode::kVersion) return options;
  for (const GivenOption& given : arguments.options) {
    if ((given.spec->where & options.mode_bit()) == 0) {
      return UsageError(Cat("--", given.spec->name()),
                        Cat("is for ", ModesOf(*given.spec), ", not for ", NameOf(options.mode),
                            "; leave it out"));
    }
  }
  if (options.mode == Mode::kQuery) {
    if (options.files.empty())
      return UsageError("query", "no query is given; write one in front of the files");
    options.query = options.files[0];
    options.files.erase(options.files.begin());
  }
  if (options.files.empty() && options.lists.empty()) options.files.push_back("-");
  LOGPRESS_RETURN_IF_ERROR(CheckTogether(options));
  return options;
}

}  // namespace logpress::cli
