#include "cli/destination.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "base/status.h"
#include "cli/ask.h"
#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

constexpr char kStdoutName[] = "standard output";

bool SameFile(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

// /dev/stdout and its like: replacing the link would help nobody.
bool NamesStdout(const std::string& path) {
  struct stat named {};
  struct stat standard_output {};
  return path.starts_with("/dev/") && stat(path.c_str(), &named) == 0 &&
         fstat(STDOUT_FILENO, &standard_output) == 0 && SameFile(named, standard_output);
}

absl::Status IsTheInput(const std::string& name) {
  return absl::FailedPreconditionError(
      Cat(name, ": is the input file; name another output with -o"));
}

absl::Status CheckStdout(const Options& options, const InputFile& input) {
  if (options.mode == Mode::kCompress && !options.force && isatty(STDOUT_FILENO) == 1) {
    return absl::FailedPreconditionError(
        Cat(kStdoutName, ": is a terminal, and archives are no text; ",
            input.is_stdin() ? "name a FILE, or redirect it; see logpress --help"
                             : "redirect it, use -o, or -f to write there all the same"));
  }
  if (options.append) {
    return absl::FailedPreconditionError(
        Cat(kStdoutName,
            ": cannot be appended to; name the archive with -o, or use >> without "
            "--append"));
  }
  struct stat standard_output {};
  if (input.is_regular() && fstat(STDOUT_FILENO, &standard_output) == 0 &&
      SameFile(input.attributes(), standard_output)) {
    return absl::FailedPreconditionError(
        Cat(input.name(), ": is also the output and would never end; send the output elsewhere"));
  }
  return absl::OkStatus();
}

// For --output-dir, which mirrors folders.
absl::Status MakeFolderOf(const std::string& path) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::filesystem::create_directories(folder, error);
  return error ? WriteError(error.value(), Printable(folder.string())) : absl::OkStatus();
}

}  // namespace

Destination::Destination(std::unique_ptr<OutputFile> file, std::unique_ptr<AppendFile> appended,
                         bool sparse)
    : file_(std::move(file)),
      appended_(std::move(appended)),
      name_(file_ != nullptr       ? file_->name()
            : appended_ != nullptr ? appended_->name()
                                   : kStdoutName),
      sink_(file_ != nullptr       ? file_->fd()
            : appended_ != nullptr ? appended_->fd()
                                   : STDOUT_FILENO,
            name_, sparse && file_ != nullptr && file_->is_regular()) {}

bool Destination::IsStdout(const Options& options, const InputFile& input) {
  if (options.output.has_value()) return NamesStdout(*options.output);
  return options.to_stdout || input.is_stdin();
}

absl::StatusOr<std::unique_ptr<Destination>> Destination::Open(const Options& options,
                                                               const InputFile& input,
                                                               const std::string& derived) {
  if (IsStdout(options, input)) {
    if (absl::Status status = CheckStdout(options, input); !status.ok()) return status;
    return std::unique_ptr<Destination>(new Destination(nullptr, nullptr, false));
  }
  const bool given = options.output.has_value();
  const std::string& path = given ? *options.output : derived;
  if (!options.output_dir.empty()) LOGPRESS_RETURN_IF_ERROR(MakeFolderOf(path));
  if (options.append) {
    auto appended = AppendFile::Open(path, options.memory_limit);
    if (!appended.ok()) return appended.status();
    if (*appended != nullptr) {
      if ((*appended)->Is(input.attributes())) return IsTheInput((*appended)->name());
      return std::unique_ptr<Destination>(new Destination(nullptr, *std::move(appended), false));
    }
  }
  const auto kind = given ? OutputFile::Name::kGiven : OutputFile::Name::kDerived;
  auto file = OutputFile::Create(path, kind, options.force);
  if (absl::IsAlreadyExists(file.status()) && options.verbosity >= 0 && !input.is_stdin() &&
      CanAsk()) {
    if (!Ask(Cat(Printable(path), ": exists already; overwrite it")))
      return absl::AlreadyExistsError(Cat(Printable(path), ": was left as it is"));
    file = OutputFile::Create(path, kind, true);
  }
  if (!file.ok()) return file.status();
  const bool in_place = options.mode == Mode::kRepair && options.force;
  if (!in_place && (*file)->Replaces(input.attributes())) return IsTheInput((*file)->name());
  const bool sparse = options.sparse && options.mode == Mode::kDecompress;
  return std::unique_ptr<Destination>(new Destination(*std::move(file), nullptr, sparse));
}

absl::Status Destination::Write(ByteView bytes) {
  const absl::Status status = sink_.Write(bytes);
  if (status.ok()) return absl::OkStatus();
  failure_ = WriteError(StatusErrno(status), name_);
  return failure_;
}

std::string Destination::Remark() const {
  if (appended_ == nullptr || appended_->cut() == 0) return "";
  return Cat(name_, ": its last archive was torn; ", appended_->cut(),
             " bytes behind the last whole block were cut off");
}

std::string Destination::Keep() {
  if (appended_ != nullptr) appended_->Keep();
  if (file_ != nullptr) return file_->Keep();
  return appended_ != nullptr ? name_ : "";
}

absl::Status Destination::Commit(const InputFile& input) {
  if (appended_ != nullptr) return appended_->Commit();
  if (file_ == nullptr) return absl::OkStatus();
  if (absl::Status status = sink_.Finish(); !status.ok()) {
    failure_ = WriteError(StatusErrno(status), name_);
    return failure_;
  }
  if (!input.is_regular() || input.is_remote()) return file_->Commit(nullptr);
  const OutputFile::Source source = {input.fd(), input.attributes()};
  return file_->Commit(&source);
}

absl::Status Destination::RemoveInput(const InputFile& input) {
  if (input.is_stdin()) return absl::OkStatus();
  if (!is_regular()) {
    return absl::FailedPreconditionError(Cat(input.name(), ": not removed, because ", name_,
                                             " is no regular file and may keep nothing"));
  }
  return input.Remove();
}

}  // namespace logpress::cli
