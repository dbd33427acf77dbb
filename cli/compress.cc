// FILE becomes FILE.lpz.

#include <chrono>
#include <string>

#include "absl/status/status.h"
#include "archive/flush_timer.h"
#include "archive/reader.h"
#include "archive/writer.h"
#include "archive/writer_memory.h"
#include "base/fd_io.h"
#include "base/memory.h"
#include "base/status.h"
#include "cli/commands.h"
#include "cli/destination.h"
#include "cli/format.h"
#include "cli/input_file.h"
#include "cli/interrupt.h"
#include "cli/operands.h"
#include "cli/packer.h"
#include "cli/stream_wait.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

// Bytes for one read(2): large enough that the calls cost nothing, and near enough to stay in the
// cache until they are copied.
constexpr size_t kReadSize = size_t{64} << 10;

// Reads `input` to its end through an archive writer into `destination`.
absl::Status Pack(const Options& options, const InputFile& input, Destination* destination,
                  StreamWait* stream, Progress* progress, archive::WriterTotals* totals) {
  archive::WriterOptions writer_options;
  writer_options.level = options.level;
  writer_options.backend = static_cast<block::BackendId>(options.backend);
  writer_options.block_size = options.block_size;
  writer_options.threads = options.threads;
  writer_options.dictionary = Loaded(options.dictionary);
  absl::Status fitted = archive::FitMemory(options.memory_limit, &writer_options);
  if (!fitted.ok()) {
    return absl::ResourceExhaustedError(
        Cat(input.name(), ": ", Message(fitted), " with --memory-limit=SIZE"));
  }
  writer_options.meter = progress->meter();
  writer_options.progress = [progress](const archive::WriterTotals& so_far) {
    progress->Update(
        {.input = so_far.raw_bytes, .raw = so_far.raw_bytes, .packed = so_far.packed_bytes});
  };
  archive::Writer writer(destination, writer_options);

  const std::unique_ptr<ByteSource> source = input.OpenSource();
  Vector<char> buffer(kReadSize);
  archive::FlushTimer timer(std::chrono::milliseconds(options.flush_interval));
  absl::Status read;
  absl::Status status;
  if (input.is_regular()) status = writer.Expect(input.size());
  bool begun = false;
  for (Then then; status.ok() && (then = stream->Wait(timer.Wait())) != Then::kEnd;) {
    if (then == Then::kFlush) {
      timer.Flushed();
      status = writer.Flush();
      continue;
    }
    const absl::StatusOr<size_t> size = source->Read(buffer.data(), buffer.size());
    if (!size.ok()) read = ReadError(size.status());
    if (!size.ok() || *size == 0) break;
    stream->Read(*size);
    status = writer.Append(ByteView(buffer.data(), *size));
    timer.Appended(writer.totals().blocks);
    begun = true;
  }
  if (!read.ok() && !begun) return read;
  // Also after an error of reading: on standard output the archives that follow need a whole one
  // before them.
  if (status.ok()) status = writer.Finish();
  *totals = writer.totals();
  if (IsOutOfMemory(status))
    status = absl::Status(status.code(), Cat(input.name(), ": ", Message(status)));
  return read.ok() ? status : read;
}

// Why `path`, opened as `input`, is not to be compressed: packed bytes only grow. Empty: it is.
std::string PackedAlready(const Options& options, const InputFile& input, std::string_view path) {
  if (input.is_stdin() || options.include_compressed) return "";
  const ByteBuffer start = input.Start(kMagicSize);
  // Named with its suffix and -f, it was let pass.
  if (archive::LooksLikeArchive(start) && !options.force)
    return "is an archive already; use -f to compress it again";
  if (!IsPackedName(path) && !IsPackedBytes(start)) return "";
  return "is packed already, so it was skipped; use --include-compressed to compress it again";
}

// Told after an error: the lines of a stream are nowhere else, so what was written of them stays.
absl::Status KeepWritten(const absl::Status& status, const archive::WriterTotals& totals,
                         Destination* destination) {
  if (totals.blocks == 0) return status;
  const std::string place = destination->Keep();
  if (place.empty()) return status;
  return absl::Status(status.code(), Cat(Message(status), "; what was packed is kept in ", place,
                                         ", see logpress repair"));
}

// False when there is no use in going on with other files.
bool CompressFile(const Options& options, const Operand& file, Console* console) {
  const std::string& path = file.path;
  const std::string_view suffix = ArchiveSuffix(options, path);
  if (!suffix.empty() && !options.force) {
    console->Skip(file.named, Cat(Printable(path), ": ends in ", suffix,
                                  " already; use -f to compress it again, or -d to decompress it"));
    return true;
  }
  const bool anything = options.force || options.ExplicitDestination();
  const auto input = InputFile::Open(path, anything ? InputKind::kAnything : InputKind::kRegular);
  if (!input.ok()) {
    console->Error(input.status());
    return true;
  }
  if (const std::string why = PackedAlready(options, *input, path); !why.empty()) {
    console->Skip(file.named, Cat(input->name(), ": ", why));
    return true;
  }
  const auto destination =
      Destination::Open(options, *input, Cat(OutputPath(options, file), options.suffix));
  if (!destination.ok()) {
    console->Error(destination.status());
    return !Destination::IsStdout(options, *input);
  }

  if (const std::string remark = (*destination)->Remark(); !remark.empty()) console->Note(remark);

  archive::WriterTotals totals;
  console->BeginProgress(input->name(), input->size(), (*destination)->is_stdout());
  StreamWait stream(*input);
  absl::Status status =
      Pack(options, *input, destination->get(), &stream, &console->progress(), &totals);
  // To put in its place what is no smaller helps nobody.
  const bool in_vain = status.ok() && input->is_regular() && options.remove_source &&
                       !options.force && (*destination)->is_regular() &&
                       totals.packed_bytes >= totals.raw_bytes;
  if (status.ok() && !in_vain) status = (*destination)->Commit(*input);
  console->progress().End();
  const bool failed_to_write = !(*destination)->failure().ok();
  if (failed_to_write) status = (*destination)->failure();
  if (!status.ok() && !input->is_regular())
    status = KeepWritten(status, totals, destination->get());
  if (failed_to_write) {
    console->Error(status);
    return !(*destination)->is_stdout();
  }
  if (!status.ok()) {
    console->Error(status);
    return true;
  }
  if (in_vain) {
    console->Skip(file.named,
                  Cat(input->name(), ": would not be smaller (", HumanSize(totals.raw_bytes),
                      " => ", HumanSize(totals.packed_bytes),
                      "), so it was left as it is; use -f to replace it all the same"));
    return true;
  }
  console->Result(
      input->name(),
      Cat(HumanSize(totals.raw_bytes), " => ", HumanSize(totals.packed_bytes), ", ratio ",
          Ratio(totals.raw_bytes, totals.packed_bytes), ", ", (*destination)->name()));
  if (totals.memory_need > archive::kDefaultMemoryLimit) {
    constexpr uint64_t kMiB = uint64_t{1} << 20;
    console->Note(Cat((*destination)->name(),
                      ": needs --memory-limit=", (totals.memory_need + kMiB - 1) / kMiB,
                      "M to be decompressed; with a smaller --block-size it would not"));
  }
  if (options.remove_source) {
    status = (*destination)->RemoveInput(*input);
    if (!status.ok()) console->Error(status);
  }
  return true;
}

}  // namespace

void CompressFiles(const Options& options, Console* console) {
  ForEachOperand(options, console, [&](const Operand& file) {
    return CompressFile(options, file, console) && HeldInterrupt() == 0;
  });
}

}  // namespace logpress::cli
