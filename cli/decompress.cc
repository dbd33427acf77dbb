// FILE.lpz becomes FILE again.

#include <algorithm>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/commands.h"
#include "cli/destination.h"
#include "cli/format.h"
#include "cli/input_file.h"
#include "cli/operands.h"
#include "cli/text.h"
#include "cli/unpack.h"

namespace logpress::cli {
namespace {

// Bytes for one read(2) where bytes are handed through as they are.
constexpr size_t kCopySize = size_t{256} << 10;

// Its errors begin with the name of the file already.
absl::Status Copy(ByteSource* source, ByteSink* sink, archive::ReaderTotals* totals) {
  std::vector<char> buffer(kCopySize);
  for (;;) {
    const absl::StatusOr<size_t> size = source->Read(buffer.data(), buffer.size());
    if (!size.ok() && StatusErrno(size.status()) != 0) return ReadError(size.status());
    if (!size.ok() || *size == 0) return size.status();
    totals->raw_bytes += *size;
    if (absl::Status status = sink->Write(ByteView(buffer.data(), *size)); !status.ok())
      return status;
  }
}

// The file that `path` was made from; empty when its name does not say.
std::string WithoutSuffix(const Options& options, const std::string& path) {
  const std::string_view suffix = ArchiveSuffix(options, path);
  return suffix.empty() ? "" : path.substr(0, path.size() - suffix.size());
}

// Gives what `source` holds to `destination`. On standard output, as by zcat, the files of other
// packers are read too, and with -f, as in gzip -dcf, plain ones: so a whole rotation of logs can
// be read by one command.
absl::Status Unpack(const Options& options, ArchiveSource* source, const InputFile& input,
                    Destination* destination, Console* console, archive::ReaderTotals* totals) {
  if (destination->is_stdout() && !source->LooksLikeArchive()) {
    const Packer packer = source->OtherPacker();
    totals->packed_bytes = input.size();
    if (packer != Packer::kNone) {
      const auto unpacked = cli::Unpack(source, packer, input.name(), options.memory_limit);
      return Copy(unpacked.get(), destination, totals);
    }
    if (options.force) return Copy(source, destination, totals);
  }
  const absl::Status status = ReadArchive(options, source, input, destination, console, totals);
  return status.ok() ? status : ArchiveError(options, input, status);
}

// False when there is no use in going on with other files.
bool DecompressFile(const Options& options, const std::string& path, Console* console) {
  const std::string derived = WithoutSuffix(options, path);
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
  absl::Status status = Unpack(options, &source, *input, destination->get(), console, &totals);
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
  for (const Operand& file : ExpandOperands(options, console))
    if (!DecompressFile(options, file.path, console)) return;
}

}  // namespace logpress::cli
