// FILE.lpz becomes FILE again.

#include <algorithm>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/archive_input.h"
#include "cli/commands.h"
#include "cli/destination.h"
#include "cli/format.h"
#include "cli/input_file.h"
#include "cli/operands.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

// Bytes for one read(2) where bytes are handed through as they are.
constexpr size_t kCopySize = size_t{256} << 10;

absl::Status Copy(ByteSource* source, ByteSink* sink) {
  std::vector<char> buffer(kCopySize);
  for (;;) {
    const absl::StatusOr<size_t> size = source->Read(buffer.data(), buffer.size());
    if (!size.ok() || *size == 0) return size.status();
    if (absl::Status status = sink->Write(ByteView(buffer.data(), *size)); !status.ok())
      return status;
  }
}

// The file that `path` was made from; empty when its name does not say.
std::string WithoutSuffix(const std::string& path) {
  return HasSuffix(path) ? path.substr(0, path.size() - kSuffix.size()) : "";
}

// False when there is no use in going on with other files.
bool DecompressFile(const Options& options, const std::string& path, Console* console) {
  const std::string derived = WithoutSuffix(path);
  if (derived.empty() && path != "-" && !options.ExplicitDestination()) {
    console->Error(absl::CancelledError(Cat(Printable(path), ": does not end in ", kSuffix,
                                            ", so its output has no name; use "
                                            "-o FILE or -c")));
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
  absl::Status status;
  // As in gzip -dcf: what is no archive comes out as it is, so that packed and plain logs can be
  // read by one command.
  if (options.force && (*destination)->is_stdout() && !source.LooksLikeArchive()) {
    status = Copy(&source, destination->get());
  } else {
    status = ReadArchive(options, &source, *input, destination->get(), console, &totals);
  }
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
    console->Error(ArchiveError(options, *input, status));
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
  for (const std::string& path : ExpandOperands(options, console))
    if (!DecompressFile(options, path, console)) return;
}

}  // namespace logpress::cli
