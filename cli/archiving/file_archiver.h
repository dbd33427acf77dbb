// One log becomes one archive, in steps of which each may be the last: a crash, a full disk or a
// power failure after any of them leaves the log or its verified archive, and a later run goes on
// from there. docs/design.md has the table of what may be found on disk.
#ifndef LOGPRESS_CLI_ARCHIVING_FILE_ARCHIVER_H_
#define LOGPRESS_CLI_ARCHIVING_FILE_ARCHIVER_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "cli/archiving/contents.h"
#include "cli/archiving/folder.h"
#include "cli/archiving/new_archive.h"
#include "cli/archiving/report.h"
#include "cli/archiving/settings.h"
#include "cli/archiving/source_file.h"
#include "cli/archiving/stop.h"
#include "cli/archiving/write_guard.h"
#include "cli/file_io.h"
#include "cli/file_ops.h"

namespace logpress::cli::archiving {

// What the steps need from the run; borrowed.
struct RunContext {
  FileOps* ops;
  const RunSettings* run;
  const Policy* policy;
  Stop* stop;
  Report* report;  // for warnings
  FileIds* made;   // archives that this run made, or removed the log of
};

// For one file. Not thread-safe; one at a time in a process (see WriteGuard).
class FileArchiver {
 public:
  FileArchiver(const RunContext& context, const Candidate& candidate);

  FileResult Run();
  // What Run() would find and do, for all that can be told without packing. Changes nothing.
  FileResult DryRun();

 private:
  // The steps, in order. Each returns false when it was the last, with result_ saying why.
  bool OpenSource();
  bool AskForWriters();
  bool FindPlace();
  bool OpenNew();
  bool Pack();
  bool CheckSourceUnchanged();
  bool VerifyNew();
  bool CarryMetadata(int archive);
  bool TakePlace();
  bool RefreshFinished();
  bool SyncFolder();
  bool RemoveSource();

  enum class Found { kFree, kSame, kOther, kError };
  Found LookAt(const std::string& archive);
  Found FailToLook(const absl::Status& status);
  bool SourceContentsKnown();
  std::unique_ptr<ByteSource> OpenBytes();
  void WithdrawArchive();
  bool WasRestoredFrom(int archive);
  bool SkipChanged(SourceFile::State state);

  bool Skip(Reason reason, std::string message);
  bool Fail(std::string message);
  bool Fail(const absl::Status& status);
  bool Settle(const absl::Status& status);
  bool FailErrno(std::string_view what, std::string_view advice);
  bool Stopped();

  const RunContext& context_;
  const Candidate& candidate_;
  FileOps* ops_;
  FileResult result_;

  Fd folder_;
  int folder_error_;
  SourceFile source_;
  WriteGuard guard_;
  std::unique_ptr<ByteSource> packed_;  // below what OpenBytes() returned
  std::optional<Contents> contents_;    // of the source, unpacked

  std::string archive_;    // name of the archive in the folder
  bool finished_ = false;  // it was there already, and holds what the source holds
  NewArchive new_;
  Fd verified_;  // its reading end, after VerifyNew()
};

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_FILE_ARCHIVER_H_
