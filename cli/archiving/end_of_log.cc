#include "cli/archiving/end_of_log.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/io.h"
#include "cli/archiving/contents.h"
#include "cli/text.h"
#include "cli/unpack.h"
#include "logpress/time.h"

namespace logpress::cli::archiving {
namespace {

constexpr size_t kTail = size_t{1} << 20;

absl::StatusOr<std::string> TailOfFile(FileOps* ops, const SourceFile& file) {
  OpsRandomAccess bytes(ops, file.fd(), file.size(), file.name());
  std::string tail(std::min<uint64_t>(file.size(), kTail), '\0');
  const absl::Status read = bytes.ReadAt(file.size() - tail.size(), tail.size(), tail.data());
  if (!read.ok()) return read;
  return tail;
}

absl::StatusOr<std::string> TailOf(ByteSource* source, Stop* stop) {
  std::string tail;
  std::vector<char> buffer(kTail);
  for (;;) {
    if (stop->Requested()) return absl::CancelledError("stopped");
    const absl::StatusOr<size_t> size = source->Read(buffer.data(), buffer.size());
    if (!size.ok()) return size.status();
    if (*size == 0) return tail;
    tail.append(buffer.data(), *size);
    if (tail.size() > kTail) tail.erase(0, tail.size() - kTail);
  }
}

}  // namespace

int64_t EndOfArchivedLog(FileOps* ops, const Candidate& archive) {
  const Fd folder = OpenFolder(ops, archive.folder);
  SourceFile file(ops, folder.get(), archive.name);
  std::optional<int64_t> time;
  if (folder.ok() && file.Open()) {
    const absl::StatusOr<IndexSummary> index = ReadIndex(ops, file.fd(), archive.name);
    if (index.ok()) time = index->end_of_last_line;
  }
  return time.value_or(archive.info.st_mtim.tv_sec);
}

int64_t EndOfLog(const RunContext& context, const Candidate& log) {
  const int64_t changed = log.info.st_mtim.tv_sec;
  const Fd folder = OpenFolder(context.ops, log.folder);
  SourceFile file(context.ops, folder.get(), log.name);
  if (!folder.ok() || !file.Open()) return changed;
  absl::StatusOr<std::string> tail;
  if (log.packer == Packer::kNone) {
    tail = TailOfFile(context.ops, file);
  } else {
    OpsSource packed(context.ops, file.fd(), log.name);
    tail = TailOf(Unpack(&packed, log.packer, log.name, context.run->memory_limit).get(),
                  context.stop);
  }
  if (!tail.ok()) return changed;
  logpress_time last{};
  const int cut = tail->size() == kTail ? 1 : 0;
  if (logpress_times_of_lines(tail->data(), tail->size(), cut, nullptr, &last) != LOGPRESS_OK)
    return changed;
  return SecondsAtEnd(last).value_or(changed);
}

std::string DueToDelete(const RunContext& context, int64_t ended) {
  const int64_t age = context.ops->Now().tv_sec - ended;
  const auto& limit = context.policy->delete_after;
  return limit && age > *limit ? Cat("its log ended ", age / 86400, " days ago") : std::string();
}

}  // namespace logpress::cli::archiving
