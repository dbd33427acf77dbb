#include "cli/fleet/join.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>
#include <vector>

#include "base/status.h"
#include "cli/archiving/folder.h"
#include "cli/carry_over.h"
#include "cli/file_io.h"
#include "cli/fleet/streams.h"
#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli::fleet {
namespace {

using archiving::Contents;

constexpr size_t kReadSize = size_t{256} << 10;

class NoSink : public ByteSink {
 public:
  absl::Status Write(ByteView /*bytes*/) override { return absl::OkStatus(); }
};

// Hands `size` bytes of `source` to `sink`, and says what they were; fewer where it ends.
absl::StatusOr<Contents> Copy(ByteSource* source, uint64_t size, ByteSink* sink,
                              archiving::Stop* stop) {
  HashingSink hashed(sink);
  std::vector<char> buffer(kReadSize);
  while (size > 0) {
    if (stop->Requested()) return absl::CancelledError("stopped");
    LOGPRESS_ASSIGN_OR_RETURN(const size_t got,
                              source->Read(buffer.data(), std::min<uint64_t>(buffer.size(), size)));
    if (got == 0) break;
    LOGPRESS_RETURN_IF_ERROR(hashed.Write(ByteView(buffer.data(), got)));
    size -= got;
  }
  return hashed.contents();
}

// Whether the file behind `fd` is the archives that `results` tell of, and nothing else.
absl::StatusOr<bool> IsJoined(const Context& context, int fd, const std::string& name,
                              std::span<const PartResult> results) {
  OpsSource source(context.ops, fd, name);
  NoSink none;
  for (const PartResult& result : results) {
    LOGPRESS_ASSIGN_OR_RETURN(const Contents piece,
                              Copy(&source, result.output.size, &none, context.stop));
    if (!(piece == result.output)) return false;
  }
  LOGPRESS_ASSIGN_OR_RETURN(const Contents rest, Copy(&source, 1, &none, context.stop));
  return rest.size == 0;
}

absl::StatusOr<Fd> OpenRange(const Context& context, const Part& part) {
  Fd fd = OpenFile(context.ops, AT_FDCWD, PlaceOfPart(context, part).Path(),
                   O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!fd.ok()) return ErrnoStatus(errno, "cannot open the archive of a range of it");
  return fd;
}

absl::Status WriteJoined(const Context& context, std::span<const Part> parts,
                         std::span<const PartResult> results, ByteSink* sink) {
  for (size_t i = 0; i < parts.size(); ++i) {
    LOGPRESS_ASSIGN_OR_RETURN(const Fd range, OpenRange(context, parts[i]));
    OpsSource source(context.ops, range.get(), PlaceOfPart(context, parts[i]).Path());
    LOGPRESS_ASSIGN_OR_RETURN(const Contents piece,
                              Copy(&source, results[i].output.size, sink, context.stop));
    if (!(piece == results[i].output)) {
      return absl::DataLossError(Cat(
          "the archive of its bytes ", parts[i].begin, " to ", parts[i].end, " is damaged; remove ",
          Printable(PlaceOfPart(context, parts[i]).Path()), " and repeat task ", parts[i].task));
    }
  }
  return absl::OkStatus();
}

absl::Status CarryFrom(const Context& context, const Part& part, int archive) {
  LOGPRESS_ASSIGN_OR_RETURN(const Fd range, OpenRange(context, part));
  struct stat info {};
  if (context.ops->Stat(range.get(), &info) != 0)
    return ErrnoStatus(errno, "cannot look at the archive of a range of it");
  std::vector<std::string> refused;
  return CarryOver(context.ops, range.get(), info, archive, &refused);
}

void RemoveRanges(const Context& context, std::span<const Part> parts) {
  for (const Part& part : parts)
    context.ops->Unlink(AT_FDCWD, PlaceOfPart(context, part).Path().c_str());
}

}  // namespace

absl::Status JoinRanges(const Context& context, std::span<const Part> parts,
                        std::span<const PartResult> results) {
  const Place place = PlaceOf(context.plan->ArchivePath(context.plan->FileOf(parts[0])));
  const std::string name = Printable(place.Path());
  LOGPRESS_ASSIGN_OR_RETURN(const Fd folder, OpenPlace(context, place));
  const Fd there =
      OpenFile(context.ops, folder.get(), place.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (there.ok()) {
    LOGPRESS_ASSIGN_OR_RETURN(const bool joined, IsJoined(context, there.get(), name, results));
    if (!joined) return InTheWay(place.name);
    RemoveRanges(context, parts);
    return absl::OkStatus();
  }
  RemoveUnfinished(context, folder.get(), place.name);
  archiving::NewArchive made(context.ops, folder.get());
  LOGPRESS_RETURN_IF_ERROR(made.Create(UnfinishedName(place.name, context.token)));
  OpsSink archive(context.ops, made.fd(), name);
  HashingSink hashed(&archive);
  LOGPRESS_RETURN_IF_ERROR(WriteJoined(context, parts, results, &hashed));
  LOGPRESS_RETURN_IF_ERROR(made.Sync());
  LOGPRESS_ASSIGN_OR_RETURN(const Fd reopened, made.Reopen());
  LOGPRESS_ASSIGN_OR_RETURN(const bool joined, IsJoined(context, reopened.get(), name, results));
  if (!joined) return absl::DataLossError("does not read back as it was written; check the disk");
  LOGPRESS_RETURN_IF_ERROR(CarryFrom(context, parts[0], made.fd()));
  LOGPRESS_RETURN_IF_ERROR(made.Sync());
  LOGPRESS_RETURN_IF_ERROR(
      PlaceOrCompare(context, folder.get(), place.name, hashed.contents(), &made));
  RemoveRanges(context, parts);
  return absl::OkStatus();
}

}  // namespace logpress::cli::fleet
