#include "cli/fleet/pack_part.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "archive/writer.h"
#include "base/status.h"
#include "cli/archiving/contents.h"
#include "cli/archiving/folder.h"
#include "cli/archiving/source_file.h"
#include "cli/carry_over.h"
#include "cli/file_io.h"
#include "cli/fleet/find_logs.h"
#include "cli/fleet/streams.h"
#include "cli/format.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/text.h"

namespace logpress::cli::fleet {
namespace {

using archiving::Contents;
using archiving::NewArchive;
using archiving::SourceFile;

absl::Status Changed(std::string_view what) {
  return absl::FailedPreconditionError(Cat(what, "; make a new plan"));
}

absl::Status CheckAsPlanned(const SourceFile& source, const PlannedFile& file) {
  const timespec& changed = source.info().st_mtim;
  if (!S_ISREG(source.info().st_mode)) return Changed("is no file any more");
  if (source.size() != file.size || changed.tv_sec != file.changed.tv_sec ||
      changed.tv_nsec != file.changed.tv_nsec)
    return Changed("changed since the plan was made");
  return absl::OkStatus();
}

// What stands at the place of an archive, as bytes.
absl::StatusOr<Contents> BytesOf(const Context& context, int folder, const std::string& name) {
  const Fd fd = OpenFile(context.ops, folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!fd.ok()) return ErrnoStatus(errno, "cannot open its archive");
  OpsSource source(context.ops, fd.get(), name);
  return archiving::SourceContents(&source, context.stop);
}

}  // namespace

std::string Place::Path() const { return archiving::FolderPath{folder, ""}.Path(name); }

Place PlaceOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {".", path};
  return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1)};
}

Place PlaceOfPart(const Context& context, const Part& part) {
  if (!context.plan->IsWhole(part)) return {context.folder, Cat("part-", part.number, kSuffix)};
  return PlaceOf(context.plan->ArchivePath(context.plan->FileOf(part)));
}

std::string UnfinishedName(const std::string& name, const std::string& token) {
  return Cat(".", name, "-", token);
}

void RemoveUnfinished(const Context& context, int folder, const std::string& name) {
  for (const std::string& token : context.tokens)
    context.ops->Unlink(folder, UnfinishedName(name, token).c_str());
}

absl::StatusOr<Fd> OpenPlace(const Context& context, const Place& place) {
  if (!context.plan->settings.output_dir.empty()) {
    std::error_code error;
    std::filesystem::create_directories(place.folder, error);
    if (error) return ErrnoStatus(error.value(), "cannot make the folder of its archive");
  }
  Fd folder = archiving::OpenFolder(context.ops, {place.folder, ""});
  if (!folder.ok()) return ErrnoStatus(errno, "cannot open the folder of its archive");
  return folder;
}

absl::Status InTheWay(const std::string& name) {
  return absl::AlreadyExistsError(
      Cat(Printable(name),
          " is there already and holds something else; move it away, or plan with another "
          "--output-dir"));
}

absl::Status PlaceOrCompare(const Context& context, int folder, const std::string& name,
                            const Contents& output, NewArchive* made) {
  const absl::Status placed = made->Place(name);
  const bool taken = absl::IsAlreadyExists(placed) && StatusErrno(placed) == 0;
  // Another run of the task may have taken the hidden file for what a dead one left.
  const bool cleared = StatusErrno(placed) == ENOENT;
  if (taken || cleared) {
    const absl::StatusOr<Contents> there = BytesOf(context, folder, name);
    if (!there.ok()) return cleared ? placed : there.status();
    if (!(*there == output)) return InTheWay(name);
  } else {
    LOGPRESS_RETURN_IF_ERROR(placed);
  }
  if (!SyncToDisk(context.ops, folder)) return ErrnoStatus(errno, "cannot sync its folder");
  return absl::OkStatus();
}

absl::StatusOr<PartResult> PackPart(const Context& context, const Part& part) {
  FileOps* const ops = context.ops;
  const PlannedFile& file = context.plan->FileOf(part);
  const std::string name = Printable(file.path);
  if (!IsDivisible(file.path))
    return absl::InvalidArgumentError("is packed already; leave it out of the plan");

  const Place origin = PlaceOf(file.path);
  const Fd folder = archiving::OpenFolder(ops, {origin.folder, ""});
  if (!folder.ok()) return ErrnoStatus(errno, "cannot open its folder");
  SourceFile source(ops, folder.get(), origin.name);
  if (!source.Open()) return ErrnoStatus(errno, "cannot open it");
  LOGPRESS_RETURN_IF_ERROR(CheckAsPlanned(source, file));

  const Place place = PlaceOfPart(context, part);
  LOGPRESS_ASSIGN_OR_RETURN(const Fd target, OpenPlace(context, place));
  RemoveUnfinished(context, target.get(), place.name);
  NewArchive made(ops, target.get());
  LOGPRESS_RETURN_IF_ERROR(made.Create(UnfinishedName(place.name, context.token)));

  OpsRandomAccess bytes(ops, source.fd(), file.size, name);
  PartSource range(&bytes, part.begin, part.size());
  OpsSink archive(ops, made.fd(), Printable(place.Path()));
  HashingSink hashed(&archive);
  archive::WriterOptions options;
  options.level = context.plan->settings.level;
  options.block_size = context.plan->settings.block_size;
  options.threads = context.threads;
  const auto go_on = [&] {
    return context.stop->Requested() ? absl::CancelledError("stopped") : absl::OkStatus();
  };
  PartResult result;
  archive::WriterTotals totals;
  LOGPRESS_ASSIGN_OR_RETURN(result.input,
                            archiving::PackAll(&range, &hashed, options, go_on, &totals));
  result.lines = totals.lines;
  result.output = hashed.contents();
  if (source.Check(origin.name) != SourceFile::State::kSame)
    return Changed("changed while it was read");

  LOGPRESS_RETURN_IF_ERROR(made.Sync());
  LOGPRESS_ASSIGN_OR_RETURN(const Fd reopened, made.Reopen());
  LOGPRESS_RETURN_IF_ERROR(made.Compare(reopened, result.input, Printable(place.Path()),
                                        {context.threads, 0}, context.stop));
  std::vector<std::string> refused;  // as in gzip and xz: the content is what counts
  LOGPRESS_RETURN_IF_ERROR(CarryOver(ops, source.fd(), source.info(), made.fd(), &refused));
  LOGPRESS_RETURN_IF_ERROR(made.Sync());
  LOGPRESS_RETURN_IF_ERROR(PlaceOrCompare(context, target.get(), place.name, result.output, &made));
  return result;
}

bool StillThere(const Context& context, const Part& part, const PartResult& result) {
  const auto size_of = [](const std::string& path) {
    struct stat info {};
    const bool found = stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
    return found ? std::optional(static_cast<uint64_t>(info.st_size)) : std::nullopt;
  };
  if (size_of(PlaceOfPart(context, part).Path()) == result.output.size) return true;
  // A range may be joined already.
  return !context.plan->IsWhole(part) &&
         size_of(context.plan->ArchivePath(context.plan->FileOf(part))) >= result.output.size;
}

}  // namespace logpress::cli::fleet
