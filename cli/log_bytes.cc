#include "cli/log_bytes.h"

#include <memory>

#include "absl/status/statusor.h"
#include "archive/block_cache.h"
#include "base/memory.h"
#include "base/status.h"
#include "cli/indexed_archive.h"
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

absl::Status ReadAll(const Options& options, Accept accept, ArchiveSource* source,
                     const InputFile& input, ByteSink* sink, Console* console,
                     archive::ReaderTotals* totals) {
  if (accept != Accept::kArchives && !source->LooksLikeArchive()) {
    const Packer packer = source->OtherPacker();
    totals->packed_bytes = input.size();
    if (packer != Packer::kNone) {
      const auto unpacked = Unpack(source, packer, input.name(), options.memory_limit);
      return Copy(unpacked.get(), sink, totals);
    }
    if (accept == Accept::kAnything) return Copy(source, sink, totals);
  }
  const absl::Status status = ReadArchive(options, source, input, sink, console, totals);
  return status.ok() ? status : ArchiveError(options, input, status);
}

// Through its index; false when there is none.
absl::StatusOr<bool> ReadIndexedPart(const Options& options, ArchiveSource* source,
                                     const InputFile& input, ByteSink* sink, Console* console) {
  LOGPRESS_ASSIGN_OR_RETURN(const IndexedArchive archive, OpenIndexed(options, source, input));
  if (archive.index == nullptr) return false;
  // What is intact is found all the same.
  if (const absl::Status& damage = archive.index->damage(); !damage.ok())
    console->Error(ArchiveError(options, input, damage));
  archive::BlockCache blocks(archive.index.get(), options.threads, nullptr);
  const absl::Status status = WritePart(&blocks, options.part, sink);
  if (!status.ok()) return ArchiveError(options, input, status);
  return true;
}

}  // namespace

absl::Status ReadLog(const Options& options, Accept accept, ArchiveSource* source,
                     const InputFile& input, ByteSink* sink, Console* console,
                     archive::ReaderTotals* totals) {
  if (options.part.is_all()) return ReadAll(options, accept, source, input, sink, console, totals);
  LOGPRESS_ASSIGN_OR_RETURN(const bool indexed,
                            ReadIndexedPart(options, source, input, sink, console));
  if (indexed) return absl::OkStatus();
  PartFilter filter(options.part, options.memory_limit, sink);
  const absl::Status status = ReadAll(options, accept, source, input, &filter, console, totals);
  // What stands before a damaged place belongs to the part, and is told all the same.
  const absl::Status finished = filter.Finish();
  return status.ok() || filter.done() ? finished : status;
}

}  // namespace logpress::cli
