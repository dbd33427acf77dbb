// FILE.lpz becomes FILE again.

#include <algorithm>
#include <string>

#include "absl/status/status.h"
#include "archive/block_cache.h"
#include "archive/index_reader.h"
#include "base/fd_io.h"
#include "base/memory.h"
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
constexpr size_t kCopySize = size_t{64} << 10;

// Its errors begin with the name of the file already.
absl::Status Copy(ByteSource* source, ByteSink* sink, archive::ReaderTotals* totals) {
  Vector<char> buffer(kCopySize);
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

// Gives what `source` holds to `sink`. On standard output, as by zcat, the files of other packers
// are read too, and with -f, as in gzip -dcf, plain ones: so a whole rotation of logs can be read
// by one command.
absl::Status UnpackAll(const Options& options, ArchiveSource* source, const InputFile& input,
                       bool to_stdout, ByteSink* sink, Console* console,
                       archive::ReaderTotals* totals) {
  if (to_stdout && !source->LooksLikeArchive()) {
    const Packer packer = source->OtherPacker();
    totals->packed_bytes = input.size();
    if (packer != Packer::kNone) {
      const auto unpacked = Unpack(source, packer, input.name(), options.memory_limit);
      return Copy(unpacked.get(), sink, totals);
    }
    if (options.force) return Copy(source, sink, totals);
  }
  const absl::Status status = ReadArchive(options, source, input, sink, console, totals);
  return status.ok() ? status : ArchiveError(options, input, status);
}

// Through its index; false when there is none.
absl::StatusOr<bool> UnpackIndexedPart(const Options& options, ArchiveSource* source,
                                       const InputFile& input, ByteSink* sink, Console* console) {
  if (options.recover || !source->LooksLikeArchive() || !source->began_at_zero()) return false;
  const auto file = FdRandomAccess::Open(input.fd(), input.name());
  if (!file.ok()) return false;
  archive::IndexOptions index_options;
  index_options.memory_limit = options.memory_limit;
  const auto reader = archive::IndexReader::Open(file->get(), index_options);
  if (!reader.ok()) return ArchiveError(options, input, reader.status());
  // What is intact is found all the same.
  if (const absl::Status& damage = (*reader)->damage(); !damage.ok())
    console->Error(ArchiveError(options, input, damage));
  archive::BlockCache blocks(reader->get(), options.threads, nullptr);
  const absl::Status status = WritePart(&blocks, options.part, sink);
  if (!status.ok()) return ArchiveError(options, input, status);
  return true;
}

absl::Status UnpackPart(const Options& options, ArchiveSource* source, const InputFile& input,
                        bool to_stdout, ByteSink* sink, Console* console,
                        archive::ReaderTotals* totals) {
  LOGPRESS_ASSIGN_OR_RETURN(const bool indexed,
                            UnpackIndexedPart(options, source, input, sink, console));
  if (indexed) return absl::OkStatus();
  PartFilter filter(options.part, options.memory_limit, sink);
  const absl::Status status =
      UnpackAll(options, source, input, to_stdout, &filter, console, totals);
  // What stands before a damaged place belongs to the part, and is told all the same.
  const absl::Status finished = filter.Finish();
  return status.ok() || filter.done() ? finished : status;
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
  const auto unpack = options.part.is_all() ? UnpackAll : UnpackPart;
  absl::Status status = unpack(options, &source, *input, (*destination)->is_stdout(),
                               destination->get(), console, &totals);
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
    if (!DecompressFile(options, file, console)) return;
}

}  // namespace logpress::cli
