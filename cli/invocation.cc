#include "cli/invocation.h"

namespace logpress::cli {

Invocation ReadInvocation(const std::string& program, std::span<const std::string> arguments) {
  Invocation invocation;
  invocation.arguments = arguments;
  const std::string name = program.substr(program.rfind('/') + 1);
  if (name == "unlogpress" || name == "lpzcat") {
    invocation.defaults.mode = Mode::kDecompress;
    invocation.defaults.to_stdout = name == "lpzcat";
    return invocation;
  }
  if (name == "lpzgrep" || name == "lpzegrep" || name == "lpzfgrep") {
    invocation.command = Command::kGrep;
    if (name == "lpzfgrep") invocation.syntax = search::Syntax::kFixed;
    return invocation;
  }
  if (arguments.empty()) return invocation;

  const std::string& word = arguments[0];
  if (word == "cat") {
    invocation.defaults.mode = Mode::kDecompress;
    invocation.defaults.to_stdout = true;
    invocation.arguments = arguments.subspan(1);
  } else if (word == "repair") {
    invocation.defaults.mode = Mode::kRepair;
    invocation.arguments = arguments.subspan(1);
  } else if (word == "templates" || word == "export" || word == "stats" || word == "query" ||
             word == "diff" || word == "train") {
    invocation.defaults.mode = word == "export"  ? Mode::kExport
                               : word == "stats" ? Mode::kStats
                               : word == "query" ? Mode::kQuery
                               : word == "diff"  ? Mode::kDiff
                               : word == "train" ? Mode::kTrain
                                                 : Mode::kTemplates;
    invocation.arguments = arguments.subspan(1);
  } else if (word == "archive") {
    invocation.command = Command::kArchive;
    invocation.arguments = arguments.subspan(1);
  } else if (word == "grep") {
    invocation.command = Command::kGrep;
    invocation.arguments = arguments.subspan(1);
  } else if (word == "plan" || word == "run" || word == "finish") {
    invocation.command = Command::kFleet;
    invocation.step = word == "plan"  ? fleet::Step::kPlan
                      : word == "run" ? fleet::Step::kRun
                                      : fleet::Step::kFinish;
    invocation.arguments = arguments.subspan(1);
  }
  return invocation;
}

}  // namespace logpress::cli
