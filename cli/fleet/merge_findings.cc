#include "cli/fleet/merge_findings.h"

#include <fcntl.h>

#include <cerrno>
#include <vector>

#include "base/status.h"
#include "cli/fleet/streams.h"
#include "cli/format.h"
#include "cli/grep/printer.h"
#include "cli/text.h"

namespace logpress::cli::fleet {
namespace {

constexpr size_t kReadSize = size_t{64} << 10;

}  // namespace

absl::Status FindingsMerger::Add(std::span<const Part> parts, std::span<const PartResult> results) {
  uint64_t lines = 0;
  for (const PartResult& result : results) lines += result.lines;
  if (context_.work->grep.show == grep::Show::kCount) return AddCount(parts[0], lines);
  for (size_t i = 0; i < parts.size(); ++i)
    if (results[i].output.size > 0) LOGPRESS_RETURN_IF_ERROR(Copy(parts[i], results[i]));
  return absl::OkStatus();
}

// The counts of ranges are one.
absl::Status FindingsMerger::AddCount(const Part& part, uint64_t lines) {
  const std::string path = PathOfRead(context_, part);
  const grep::GrepOptions options = SearchOptionsOf(context_, path);
  grep::Printer printer(options, *context_.work->pattern, out_);
  printer.BeginFile(path, options.file_names == grep::When::kAlways);
  LOGPRESS_RETURN_IF_ERROR(printer.EndFile(lines));
  return printer.Flush();
}

absl::Status FindingsMerger::Copy(const Part& part, const PartResult& result) {
  LOGPRESS_RETURN_IF_ERROR(Open(part.task));
  const grep::GrepOptions& options = context_.work->grep;
  const bool context = options.before || options.after || options.context;
  if (context && any_ && options.separator)
    LOGPRESS_RETURN_IF_ERROR(out_->Write(Cat(*options.separator, "\n")));
  any_ = true;
  OpsRandomAccess bytes(context_.ops, fd_.get(), result.offset + result.output.size, name_);
  PartSource source(&bytes, result.offset, result.output.size);
  HashingSink hashed(out_);
  std::vector<char> buffer(kReadSize);
  for (;;) {
    LOGPRESS_ASSIGN_OR_RETURN(const size_t size, source.Read(buffer.data(), buffer.size()));
    if (size == 0) break;
    LOGPRESS_RETURN_IF_ERROR(hashed.Write(ByteView(buffer.data(), size)));
  }
  if (hashed.contents() == result.output) return absl::OkStatus();
  return absl::DataLossError(Cat(name_, ": is damaged; remove it and repeat task ", part.task));
}

absl::Status FindingsMerger::Open(uint32_t task) {
  if (task_ == task) return absl::OkStatus();
  const std::string path = FindingsPath(RecordPath(context_.folder, Cat(task)));
  name_ = Printable(path);
  fd_ = OpenFile(context_.ops, AT_FDCWD, path, O_RDONLY);
  if (!fd_.ok()) return ErrnoStatus(errno, Cat(name_, ": cannot open it"));
  task_ = task;
  return absl::OkStatus();
}

}  // namespace logpress::cli::fleet
