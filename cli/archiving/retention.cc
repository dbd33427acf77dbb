#include "cli/archiving/retention.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <tuple>

#include "base/status.h"
#include "cli/archiving/contents.h"
#include "cli/archiving/end_of_log.h"
#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

struct Dated {
  int64_t ended;  // seconds since 1970
  const Candidate* archive;
};

class Retention {
 public:
  explicit Retention(const RunContext& context) : context_(context), ops_(context.ops) {}

  // False when the archive stays.
  bool Delete(const Candidate& archive, std::string why) {
    FileResult result;
    result.path = archive.Path();
    result.source_bytes = static_cast<uint64_t>(archive.info.st_size);
    result.message = std::move(why);
    if (!context_.run->dry_run) {
      const absl::Status status = VerifyAndUnlink(archive);
      if (absl::IsNotFound(status)) return true;
      if (!status.ok() && context_.stop->Requested()) return false;
      if (!status.ok()) {
        result.outcome = Outcome::kFailed;
        result.message =
            Cat("is due to be deleted (", result.message, ") but stays: ", Message(status));
        context_.report->Add(result);
        return false;
      }
    }
    result.outcome = Outcome::kDeleted;
    context_.report->Add(result);
    return true;
  }

 private:
  absl::Status VerifyAndUnlink(const Candidate& archive) {
    const Fd folder = OpenFolder(ops_, archive.folder);
    SourceFile file(ops_, folder.get(), archive.name);
    if (!folder.ok() || !file.Open()) {
      if (errno == ENOENT) return absl::NotFoundError("gone");
      return ErrnoStatus(errno, "cannot open it");
    }
    const DecodeLimits limits = {context_.run->threads, context_.run->memory_limit};
    OpsSource source(ops_, file.fd(), "it");
    const absl::StatusOr<Contents> contents = ArchiveContents(&source, limits, context_.stop);
    if (!contents.ok()) {
      return absl::DataLossError(Cat("it does not verify: ", Message(contents.status()),
                                     "; save what is whole in it, see logpress repair, and then "
                                     "remove it yourself"));
    }
    (void)posix_fadvise(file.fd(), 0, 0, POSIX_FADV_DONTNEED);
    if (file.Check(archive.name) != SourceFile::State::kSame ||
        file.info().st_ino != archive.info.st_ino)
      return absl::AbortedError("it changed while it was read; look what else works on it");
    if (ops_->Unlink(folder.get(), archive.name.c_str()) != 0)
      return ErrnoStatus(errno, "cannot delete it");
    return absl::OkStatus();
  }

  const RunContext& context_;
  FileOps* ops_;
};

}  // namespace

void DeleteOld(const RunContext& context, const std::vector<Candidate>& archives,
               uint64_t unpacked) {
  const Policy& policy = *context.policy;
  if (!policy.delete_after && !policy.max_total) return;
  std::vector<Dated> oldest_first;
  uint64_t total = 0;
  for (const Candidate& archive : archives) {
    oldest_first.push_back({EndOfArchivedLog(context.ops, archive), &archive});
    total += static_cast<uint64_t>(archive.info.st_size);
  }
  std::sort(oldest_first.begin(), oldest_first.end(), [](const Dated& a, const Dated& b) {
    return std::make_tuple(a.ended, a.archive->Path()) <
           std::make_tuple(b.ended, b.archive->Path());
  });

  Retention retention(context);
  std::string_view later;
  for (const auto& [ended, archive] : oldest_first) {
    if (context.stop->Requested()) return;
    const bool made = context.made->contains({archive->info.st_dev, archive->info.st_ino});
    std::string why = DueToDelete(context, ended);
    if (why.empty()) {
      if (!policy.max_total || total <= *policy.max_total) continue;
      if (made) {
        // Nor does a younger one go in its place.
        later = "the oldest was packed in this run, and is for a later run to delete";
        break;
      }
      why = Cat("all archives take ", HumanSize(total), ", and ", HumanSize(*policy.max_total),
                " are allowed");
    }
    if (made || retention.Delete(*archive, std::move(why)))
      total -= static_cast<uint64_t>(archive->info.st_size);
  }
  if (!policy.max_total) return;
  if (unpacked > 0 && total + unpacked > *policy.max_total)
    later = "where the logs do not fit in beside them, later runs would delete the oldest";
  if (later.empty()) return;
  context.report->Note(policy.name, Cat("all archives take ", HumanSize(total), ", and ",
                                        HumanSize(*policy.max_total), " are allowed; ", later));
}

}  // namespace logpress::cli::archiving
