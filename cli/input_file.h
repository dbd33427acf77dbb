// A file to read: opened with the caution that a tool owes which may put another file in its place
// or remove it.
#ifndef LOGPRESS_CLI_INPUT_FILE_H_
#define LOGPRESS_CLI_INPUT_FILE_H_

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/bytes.h"
#include "base/io.h"

namespace logpress::cli {

// What else than a regular file may be opened.
enum class InputKind {
  kRegular,   // no links, no devices, no URLs
  kAnything,  // links are followed; pipes, devices and URLs are read
};

// Owns the descriptor. One thread at a time.
class InputFile {
 public:
  // Opens `path`, which may be a URL, or standard input for "-". Every error has the message "NAME:
  // what; what to do"; kCancelled is for what exists and is of a kind that `kind` leaves alone.
  static absl::StatusOr<InputFile> Open(const std::string& path, InputKind kind);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;
  ~InputFile();

  // The file to be read from here to its end; what it gives lives as long as this does.
  std::unique_ptr<ByteSource> OpenSource() const;
  // The file to be read anywhere. kFailedPrecondition when it cannot be (a pipe).
  absl::StatusOr<std::unique_ptr<RandomAccess>> OpenRandomAccess() const;

  // -1 for what is behind a URL.
  int fd() const { return fd_; }
  bool is_remote() const { return remote_ != nullptr; }
  bool is_stdin() const { return fd_ == 0; }
  // How messages call it.
  const std::string& name() const { return name_; }
  // As it was when it was opened.
  const struct stat& attributes() const { return attributes_; }
  bool is_regular() const { return S_ISREG(attributes_.st_mode); }
  // Bytes from here to its end, 0 when that is not known.
  uint64_t size() const { return is_regular() ? static_cast<uint64_t>(attributes_.st_size) : 0; }

  // Its first bytes, at most `size`, without moving in it; none of what cannot be read twice.
  ByteBuffer Start(size_t size) const;

  // Removes the file, but not when it changed since it was opened or the name now stands for
  // another one: what was written later would be lost. To be called when its end has been read.
  absl::Status Remove() const;

 private:
  static absl::StatusOr<InputFile> OpenUrl(const std::string& url, InputKind kind);
  InputFile(int fd, std::string path, std::string name, const struct stat& attributes)
      : fd_(fd), path_(std::move(path)), name_(std::move(name)), attributes_(attributes) {}

  int fd_;
  std::string path_;
  std::string name_;
  struct stat attributes_;
  std::unique_ptr<RandomAccess> remote_;
};

// An error of reading, whose message begins with the name already, with what to do about it.
absl::Status ReadError(const absl::Status& status);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_INPUT_FILE_H_
