#include "cli/archive_input.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "base/status.h"
#include "cli/text.h"

namespace logpress::cli {
absl::Status ArchiveSource::CheckNotTerminal() const {
  if (isatty(input_.fd()) != 1) return absl::OkStatus();
  return absl::FailedPreconditionError(Cat(
      input_.name(), ": is a terminal, and archives are not typed; name a FILE, or redirect it"));
}

void ArchiveSource::LookAhead() {
  // More than the five bytes that archive::LooksLikeArchive needs.
  while (ahead_.size() < kMagicSize && ahead_error_.ok()) {
    char buffer[kMagicSize];
    const absl::StatusOr<size_t> size = source_->Read(buffer, kMagicSize - ahead_.size());
    if (!size.ok()) ahead_error_ = size.status();
    if (!size.ok() || *size == 0) break;
    ahead_.append(buffer, *size);
  }
}

bool ArchiveSource::LooksLikeArchive() {
  LookAhead();
  return archive::LooksLikeArchive(ahead_);
}

Packer ArchiveSource::OtherPacker() {
  LookAhead();
  return PackerOfBytes(ahead_);
}

absl::StatusOr<size_t> ArchiveSource::Read(char* buffer, size_t size) {
  if (!ahead_.empty()) {
    const size_t taken = std::min(size, ahead_.size());
    std::memcpy(buffer, ahead_.data(), taken);
    ahead_.erase(0, taken);
    return taken;
  }
  if (!ahead_error_.ok()) return ahead_error_;
  return source_->Read(buffer, size);
}

absl::Status ReadArchive(const Options& options, ByteSource* source, const InputFile& input,
                         ByteSink* sink, Console* console, archive::ReaderTotals* totals) {
  archive::ReaderOptions reader_options;
  reader_options.threads = options.threads;
  reader_options.memory_limit = options.memory_limit;
  reader_options.dictionary = Loaded(options.dictionary);
  reader_options.recover = options.recover;
  reader_options.progress = [console](const archive::ReaderTotals& so_far) {
    console->progress().Update(
        {.input = so_far.packed_bytes, .raw = so_far.raw_bytes, .packed = so_far.packed_bytes});
  };
  if (options.recover) {
    reader_options.damaged = [console, &input](const archive::Damage& damage) {
      console->Error(input.name(), damage.message);
    };
  }
  reader_options.joined = [console, &input](uint64_t begin, uint64_t offset) {
    console->Result(input.name(), Cat("the archive at byte ", begin,
                                      " was not ended, and another follows at byte ", offset,
                                      "; its blocks are whole"));
  };
  archive::StreamReader reader(source, reader_options);
  absl::Status status = reader.ReadAll(sink);
  *totals = reader.totals();
  return status;
}

absl::Status ArchiveError(const Options& options, const InputFile& input,
                          const absl::Status& status) {
  // A failed system call: the message has the name of the file.
  if (StatusErrno(status) != 0) return ReadError(status);
  const char* advice = "";
  if (absl::IsInvalidArgument(status)) advice = "; name a file that logpress made";
  if (absl::IsResourceExhausted(status) && !IsOutOfMemory(status))
    advice = " with --memory-limit=SIZE";
  // Of what is read nothing else is refused in this way.
  if (absl::IsFailedPrecondition(status)) advice = " with --dictionary=FILE";
  if (absl::IsDataLoss(status) && !options.recover) {
    advice = options.mode == Mode::kTest ? "; restore it from a copy, or save with -d --recover "
                                           "what is still whole"
                                         : "; restore it from a copy, or use --recover to save "
                                           "what is still whole";
  }
  return absl::Status(status.code(), Cat(input.name(), ": ", Message(status), advice));
}

}  // namespace logpress::cli
