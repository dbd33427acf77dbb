// logpress: compresses logs to FILE.lpz and back. From here every command has a file of its own.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "base/memory.h"
#include "cli/archiving/run.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/dictionary_file.h"
#include "cli/fleet/run.h"
#include "cli/grep/run.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/invocation.h"
#include "cli/options.h"
#include "cli/out_of_memory.h"

namespace logpress::cli {
namespace {

constexpr int kDone = 0;
constexpr int kSomeFileFailed = 1;
constexpr int kWrongUsage = 2;

// With a standard descriptor closed, the first file opened would take its number, and output or
// messages would go into it. What takes its place instead is opened the wrong way round, so that
// using it is an error.
void OccupyStandardDescriptors() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(fd, F_GETFD) >= 0) continue;
    // Takes the lowest free number, which is `fd`.
    if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd) _exit(kSomeFileFailed);
  }
}

int RunOnFiles(const Invocation& invocation) {
  const char* const default_options = getenv("LOGPRESS_OPT");
  auto options = ParseOptions(
      invocation.arguments, default_options == nullptr ? "" : default_options, invocation.defaults);
  if (!options.ok()) {
    Console(Options()).Error(options.status());
    return kWrongUsage;
  }
  CatchInterrupts();
  Console console(*options);
  for (const std::string& warning : options->warnings) console.Note(warning);
  if (!options->dictionary_path.empty()) {
    auto dictionary = ReadDictionary(options->dictionary_path);
    if (!dictionary.ok()) {
      console.Error(dictionary.status());
      return kSomeFileFailed;
    }
    options->dictionary = *std::move(dictionary);
  }
  int done = kDone;
  switch (options->mode) {
    case Mode::kCompress:
      CompressFiles(*options, &console);
      break;
    case Mode::kDecompress:
      DecompressFiles(*options, &console);
      break;
    case Mode::kTest:
      TestFiles(*options, &console);
      break;
    case Mode::kList:
      ListFiles(*options, &console);
      break;
    case Mode::kRepair:
      RepairFiles(*options, &console);
      break;
    case Mode::kTemplates:
      ShowTemplates(*options, &console);
      break;
    case Mode::kExport:
      ExportLines(*options, &console);
      break;
    case Mode::kStats:
      ShowStats(*options, &console);
      break;
    case Mode::kQuery:
      done = QueryLogs(*options, &console);
      break;
    case Mode::kTrain:
      TrainDictionary(*options, &console);
      break;
    case Mode::kDiff:
      done = DiffLogs(*options, &console);
      break;
    case Mode::kHelp:
      console.Output(HelpText());
      break;
    case Mode::kVersion:
      console.Output(VersionText());
      break;
  }
  EndByHeldInterrupt();
  if (done != kDone) return done;
  return console.failed() ? kSomeFileFailed : kDone;
}

int Run(const std::string& program, std::span<const std::string> arguments) {
  const Invocation invocation = ReadInvocation(program, arguments);
  // An answer of grep and diff.
  if (invocation.command != Command::kGrep && invocation.defaults.mode != Mode::kDiff)
    SetOutOfMemoryCode(kSomeFileFailed);
  if (invocation.command == Command::kArchive) return archiving::ArchiveMain(invocation.arguments);
  if (invocation.command == Command::kGrep)
    return grep::GrepMain(invocation.arguments, invocation.syntax);
  if (invocation.command == Command::kFleet)
    return fleet::FleetMain(invocation.step, invocation.arguments);
  return RunOnFiles(invocation);
}

}  // namespace
}  // namespace logpress::cli

int main(int argc, char** argv) {
  logpress::cli::OccupyStandardDescriptors();
  logpress::cli::EndWhereNothingCanBeThrown();
  logpress::Memory memory;
  const logpress::MemoryScope scope(&memory);
  return logpress::cli::RunWithin([&] {
    // argv may be empty: execve() permits it.
    const std::vector<std::string> words(argv, argv + argc);
    const std::span<const std::string> arguments(words);
    return logpress::cli::Run(words.empty() ? "logpress" : words[0],
                              words.empty() ? arguments : arguments.subspan(1));
  });
}
