// Makes a trained dictionary of samples.

#include <algorithm>
#include <string>

#include "base/fd_io.h"
#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/commands.h"
#include "cli/dictionary_file.h"
#include "cli/file_io.h"
#include "cli/format.h"
#include "cli/library.h"
#include "cli/log_bytes.h"
#include "cli/operands.h"
#include "cli/output_file.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

// Samples of more bytes say no more.
constexpr uint64_t kMaxSamples = uint64_t{256} << 20;

class Samples : public ByteSink {
 public:
  absl::Status Write(ByteView bytes) override {
    if (bytes.size() <= kMaxSamples - bytes_.size()) bytes_.append(bytes);
    return absl::OkStatus();
  }
  // A sample that does not end its last line does not join the next one.
  void EndFile() {
    if (!bytes_.empty() && bytes_.back() != '\n') bytes_.push_back('\n');
  }
  ByteView bytes() const { return bytes_; }

 private:
  ByteBuffer bytes_;
};

absl::Status AddFile(const Options& options, const std::string& path, Samples* samples,
                     Console* console) {
  LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(path, InputKind::kAnything));
  ArchiveSource source(input);
  archive::ReaderTotals totals;
  absl::Status status =
      ReadLog(options, Accept::kAnything, &source, input, samples, console, &totals);
  samples->EndFile();
  return status;
}

absl::Status WriteAll(const Options& options, ByteView bytes) {
  LOGPRESS_ASSIGN_OR_RETURN(
      const std::unique_ptr<OutputFile> output,
      OutputFile::Create(*options.output, OutputFile::Name::kGiven, options.force));
  FdSink sink(output->fd(), output->name());
  LOGPRESS_RETURN_IF_ERROR(sink.Write(bytes));
  return output->Commit(nullptr);
}

}  // namespace

void TrainDictionary(const Options& options, Console* console) {
  Samples samples;
  ForEachOperand(options, console, [&](const Operand& file) {
    if (absl::Status status = AddFile(options, file.path, &samples, console); !status.ok())
      console->Error(status);
    return true;
  });
  if (console->failed()) return;
  ByteBuffer file(std::min<uint64_t>(options.max_size, kMaxDictionarySize), '\0');
  size_t size = 0;
  const logpress_code code = logpress_train(samples.bytes().data(), samples.bytes().size(),
                                            file.data(), file.size(), &size);
  absl::Status status = StatusOf(code, logpress_last_message());
  if (!status.ok()) return console->Error("train", Message(status));
  file.resize(size);
  status = WriteAll(options, file);
  if (!status.ok()) return console->Error(status);
  const absl::StatusOr<Dictionary> dictionary = LoadDictionary(file);
  if (!dictionary.ok()) return console->Error(dictionary.status());
  console->Result(*options.output,
                  Cat("dictionary ", DictionaryName(logpress_dictionary_id(dictionary->get())),
                      ", ", HumanSize(file.size()), " from ", HumanSize(samples.bytes().size())));
}

}  // namespace logpress::cli
