// Where the result of one input goes: a new file beside it, the file that -o names, an archive that
// is appended to, or standard output; and the errors and habits that compressing and decompressing
// share there.
#ifndef LOGPRESS_CLI_DESTINATION_H_
#define LOGPRESS_CLI_DESTINATION_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/bytes.h"
#include "base/io.h"
#include "cli/append_file.h"
#include "cli/input_file.h"
#include "cli/options.h"
#include "cli/output_file.h"
#include "cli/sparse_sink.h"

namespace logpress::cli {

// One thread at a time.
class Destination : public ByteSink {
 public:
  // The place for what is made of `input`: what `options` say, else `derived` (a path).
  static absl::StatusOr<std::unique_ptr<Destination>> Open(const Options& options,
                                                           const InputFile& input,
                                                           const std::string& derived);
  // True when `input` would go to standard output.
  static bool IsStdout(const Options& options, const InputFile& input);

  // Fails with "NAME: what; what to do"; see also failure().
  absl::Status Write(ByteView bytes) override;
  // Makes the file appear, with the attributes of `input`; nothing to do for standard output.
  absl::Status Commit(const InputFile& input);
  // After an error: what was written stays. Where that is, or "" on standard output.
  std::string Keep();
  // After Commit(), for --rm: removes `input`. An error when the bytes did not go to a file.
  absl::Status RemoveInput(const InputFile& input);

  const std::string& name() const { return name_; }
  bool is_stdout() const { return file_ == nullptr && appended_ == nullptr; }
  // False for standard output, devices and pipes.
  bool is_regular() const {
    return appended_ != nullptr || (file_ != nullptr && file_->is_regular());
  }
  // What is to be told of before the work; "" when there is nothing.
  std::string Remark() const;
  // The error of Write, whatever the stage that called it made of it.
  const absl::Status& failure() const { return failure_; }

 private:
  Destination(std::unique_ptr<OutputFile> file, std::unique_ptr<AppendFile> appended, bool sparse);

  // One of them; both null: standard output.
  std::unique_ptr<OutputFile> file_;
  std::unique_ptr<AppendFile> appended_;
  std::string name_;
  SparseSink sink_;
  absl::Status failure_;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_DESTINATION_H_
