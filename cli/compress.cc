// FILE becomes FILE.lpz.

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "archive/flush_timer.h"
#include "archive/writer.h"
#include "archive/writer_memory.h"
#include "base/fd_io.h"
#include "cli/commands.h"
#include "cli/destination.h"
#include "cli/format.h"
#include "cli/input_file.h"
#include "cli/operands.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

// Bytes for one read(2): large enough that the calls cost nothing.
constexpr size_t kReadSize = size_t{256} << 10;

// Waits until `fd` has something to read, or the timer is over, for which the writer is flushed.
absl::Status AwaitInput(int fd, archive::FlushTimer* timer, archive::Writer* writer) {
  for (;;) {
    const std::optional<uint64_t> wait = timer->Wait();
    if (!wait) return absl::OkStatus();
    if (*wait == 0) {
      timer->Flushed();
      return writer->Flush();
    }
    pollfd input = {fd, POLLIN, 0};
    // A file is always ready; an error of poll shows again when it is read.
    if (poll(&input, 1, static_cast<int>(std::min<uint64_t>(*wait, INT_MAX))) != 0)
      return absl::OkStatus();
  }
}

// Reads `input` to its end through an archive writer into `destination`.
absl::Status Pack(const Options& options, const InputFile& input, Destination* destination,
                  Progress* progress, archive::WriterTotals* totals) {
  archive::WriterOptions writer_options;
  writer_options.level = options.level;
  writer_options.backend = options.backend;
  writer_options.block_size = options.block_size;
  writer_options.threads = options.threads;
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

  FdSource source(input.fd(), input.name());
  std::vector<char> buffer(kReadSize);
  archive::FlushTimer timer(std::chrono::milliseconds(options.flush_interval));
  absl::Status read;
  bool begun = false;
  for (;;) {
    if (absl::Status status = AwaitInput(input.fd(), &timer, &writer); !status.ok()) return status;
    const absl::StatusOr<size_t> size = source.Read(buffer.data(), buffer.size());
    if (!size.ok()) read = ReadError(size.status());
    if (!size.ok() || *size == 0) break;
    absl::Status status = writer.Append(ByteView(buffer.data(), *size));
    if (!status.ok()) return status;
    timer.Appended(writer.totals().blocks);
    begun = true;
  }
  if (!read.ok() && !begun) return read;
  // Also after an error of reading: on standard output the archives that follow need a whole one
  // before them.
  absl::Status status = writer.Finish();
  *totals = writer.totals();
  return read.ok() ? status : read;
}

// False when there is no use in going on with other files.
bool CompressFile(const Options& options, const std::string& path, Console* console) {
  if (HasSuffix(path) && !options.force) {
    console->Error(absl::CancelledError(Cat(Printable(path), ": ends in ", kSuffix,
                                            " already; use -f to compress it again, or -d to "
                                            "decompress it")));
    return true;
  }
  const bool anything = options.force || options.ExplicitDestination();
  const auto input = InputFile::Open(path, anything ? InputKind::kAnything : InputKind::kRegular);
  if (!input.ok()) {
    console->Error(input.status());
    return true;
  }
  const auto destination = Destination::Open(options, *input, Cat(path, kSuffix));
  if (!destination.ok()) {
    console->Error(destination.status());
    return !Destination::IsStdout(options, *input);
  }

  archive::WriterTotals totals;
  console->BeginProgress(input->name(), input->size(), (*destination)->is_stdout());
  absl::Status status = Pack(options, *input, destination->get(), &console->progress(), &totals);
  if (status.ok()) status = (*destination)->Commit(*input);
  console->progress().End();
  if (!(*destination)->failure().ok()) {
    console->Error((*destination)->failure());
    return !(*destination)->is_stdout();
  }
  if (!status.ok()) {
    console->Error(status);
    return true;
  }
  console->Result(
      input->name(),
      Cat(HumanSize(totals.raw_bytes), " => ", HumanSize(totals.packed_bytes), ", ratio ",
          Ratio(totals.raw_bytes, totals.packed_bytes), ", ", (*destination)->name()));
  if (options.remove_source) {
    status = (*destination)->RemoveInput(*input);
    if (!status.ok()) console->Error(status);
  }
  return true;
}

}  // namespace

void CompressFiles(const Options& options, Console* console) {
  for (const std::string& path : ExpandOperands(options, console))
    if (!CompressFile(options, path, console)) return;
}

}  // namespace logpress::cli
