// FILE.lpz becomes FILE again.

#include <string>

#include "absl/status/status.h"
#include "cli/archive_input.h"
#include "cli/commands.h"
#include "cli/destination.h"
#include "cli/format.h"
#include "cli/input_file.h"
#include "cli/log_bytes.h"
#include "cli/operands.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

// The file that `path` was made from; empty when its name does not say.
std::string WithoutSuffix(const Options& options, const std::string& path) {
  const std::string_view suffix = ArchiveSuffix(options, path);
  return suffix.empty() ? "" : path.substr(0, path.size() - suffix.size());
}

// False when there is no use in going on with other files.
bool DecompressFile(const Options& options, const Operand& file, Console* console) {
  const std::string& path = file.path;
  const std::string derived = WithoutSuffix(options, OutputPath(options, file));
  if (derived.empty() && path != "-" && !options.ExplicitDestination()) {
    console->Error(absl::CancelledError(Cat(Printable(path), ": does not end in ", options.suffix,
                                            ", so its output has no name; use -o FILE or -c")));
    return true;
  }
  const bool anything = options.force || options.ExplicitDestination();
  const auto input = InputFile::Open(path, anything ? InputKind::kAnything : InputKind::kRegular);
  if (!input.ok()) {
    console->Error(input.status());
    return true;
  }
  ArchiveSource source(*input);
  if (absl::Status status = source.CheckNotTerminal(); !status.ok()) {
    console->Error(status);
    return true;
  }
  const auto destination = Destination::Open(options, *input, derived);
  if (!destination.ok()) {
    console->Error(destination.status());
    return !Destination::IsStdout(options, *input);
  }

  archive::ReaderTotals totals;
  console->BeginProgress(input->name(), input->size(), (*destination)->is_stdout());
  // On standard output, as by zcat, the files of other packers are read too, and with -f, as in
  // gzip -dcf, plain ones: so a whole rotation of logs can be read by one command.
  const Accept accept = !(*destination)->is_stdout() ? Accept::kArchives
                        : options.force              ? Accept::kAnything
                                                     : Accept::kPacked;
  absl::Status status =
      ReadLog(options, accept, &source, *input, destination->get(), console, &totals);
  const bool damaged = absl::IsDataLoss(status);
  if (status.ok() || (damaged && options.recover && totals.raw_bytes > 0)) {
    absl::Status committed = (*destination)->Commit(*input);
    if (!committed.ok()) status = committed;
  }
  console->progress().End();
  if (!(*destination)->failure().ok()) {
    console->Error((*destination)->failure());
    return !(*destination)->is_stdout();
  }
  if (!status.ok()) {
    console->Error(status);
    return true;
  }
  console->Result(input->name(), Cat(HumanSize(totals.packed_bytes), " => ",
                                     HumanSize(totals.raw_bytes), ", ", (*destination)->name()));
  if (options.remove_source) {
    status = (*destination)->RemoveInput(*input);
    if (!status.ok()) console->Error(status);
  }
  return true;
}

}  // namespace

void DecompressFiles(const Options& options, Console* console) {
  ForEachOperand(options, console,
                 [&](const Operand& file) { return DecompressFile(options, file, console); });
}

}  // namespace logpress::cli
