#include "cli/fleet/record.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <utility>

#include "base/status.h"
#include "cli/fleet/fields.h"
#include "cli/format.h"
#include "cli/place.h"
#include "cli/text.h"

namespace logpress::cli::fleet {
namespace {

constexpr std::string_view kMagic = "logpress record 1";
constexpr std::string_view kBegin = "begin";
constexpr std::string_view kDone = "done";
constexpr std::string_view kFailed = "failed";

constexpr size_t kMostFields = 10;
constexpr size_t kBeginFields = 2;
constexpr size_t kDoneFields = 9;
constexpr size_t kFailedFields = 5;

std::string FirstLine(const RecordName& name) {
  return Cat(kMagic, "\t", name.plan_id, "\t", name.work, "\t", name.task);
}

uint64_t CheckOf(std::string_view line, uint64_t seed) {
  return XXH64(line.data(), line.size(), seed);
}

// The line in front of its check; nothing when that is not its check.
std::optional<std::string_view> Checked(std::string_view line, uint64_t seed) {
  const size_t tab = line.rfind('\t');
  if (tab == std::string_view::npos) return std::nullopt;
  const std::string_view body = line.substr(0, tab);
  if (ReadNumber<uint64_t>(line.substr(tab + 1), 16) != CheckOf(body, seed)) return std::nullopt;
  return body;
}

bool ReadDone(const std::vector<std::string_view>& fields, PartResult* result) {
  if (fields.size() != kDoneFields) return false;
  const auto input_size = ReadNumber<uint64_t>(fields[2]);
  const auto input_hash = ReadHash(fields[3]);
  const auto lines = ReadNumber<uint64_t>(fields[4]);
  const auto offset = ReadNumber<uint64_t>(fields[5]);
  const auto output_size = ReadNumber<uint64_t>(fields[6]);
  const auto output_hash = ReadHash(fields[7]);
  const auto milliseconds = ReadNumber<uint64_t>(fields[8]);
  if (!input_size || !input_hash || !lines || !offset || !output_size || !output_hash ||
      !milliseconds)
    return false;
  *result = {{*input_size, *input_hash},
             *lines,
             *offset,
             {*output_size, *output_hash},
             *milliseconds,
             "",
             ""};
  return true;
}

bool ReadFailed(const std::vector<std::string_view>& fields, PartResult* result) {
  if (fields.size() != kFailedFields || fields[2].empty()) return false;
  auto message = Unescape(fields[3]);
  const auto milliseconds = ReadNumber<uint64_t>(fields[4]);
  if (!message || !milliseconds) return false;
  result->kind = fields[2];
  result->message = *std::move(message);
  result->milliseconds = *milliseconds;
  return true;
}

// Whether `line`, without its check, says something.
bool ReadLine(std::string_view line, RecordContents* contents) {
  const auto fields = SplitFields(line, kMostFields);
  if (fields[0] == kBegin && fields.size() == kBeginFields) {
    contents->tokens.emplace_back(fields[1]);
    return true;
  }
  if (fields.size() < 2) return false;
  const auto part = ReadNumber<uint64_t>(fields[1]);
  PartResult result;
  const bool read = (fields[0] == kDone && ReadDone(fields, &result)) ||
                    (fields[0] == kFailed && ReadFailed(fields, &result));
  if (!part || !read) return false;
  const auto [known, first] = contents->parts.try_emplace(part.value());
  // What is done stays so when a second run of the task, beside the first, has failed.
  if (first || result.done() || !known->second.done()) known->second = std::move(result);
  return true;
}

std::string LineOf(uint64_t part, const PartResult& result) {
  if (!result.done()) {
    return Cat(kFailed, "\t", part, "\t", result.kind, "\t", Escape(result.message), "\t",
               result.milliseconds);
  }
  return Cat(kDone, "\t", part, "\t", result.input.size, "\t", HashText(result.input.hash), "\t",
             result.lines, "\t", result.offset, "\t", result.output.size, "\t",
             HashText(result.output.hash), "\t", result.milliseconds);
}

absl::StatusOr<std::string> ReadWhole(FileOps* ops, int fd, const std::string& name) {
  OpsSource source(ops, fd, name);
  std::string text;
  std::vector<char> buffer(size_t{64} << 10);
  for (;;) {
    LOGPRESS_ASSIGN_OR_RETURN(const size_t size, source.Read(buffer.data(), buffer.size()));
    if (size == 0) return text;
    text.append(buffer.data(), size);
  }
}

// An empty record is one that was just made.
absl::StatusOr<RecordContents> Understand(const std::string& text, const std::string& file,
                                          const RecordName& name) {
  RecordContents contents;
  contents.size = text.size();
  const std::string first = FirstLine(name);
  const uint64_t seed = CheckOf(first, 0);
  for (size_t at = 0;;) {
    const size_t end = text.find('\n', at);
    if (end == std::string::npos) return contents;
    const std::string_view whole(text.data() + at, end - at);
    const auto line = Checked(whole, at == 0 ? 0 : seed);
    if (at == 0) {
      if (!line || !line->starts_with(kMagic))
        return absl::DataLossError(Cat(file, ": its first line is damaged; remove it"));
      if (*line != first) {
        return absl::FailedPreconditionError(
            Cat(file, ": belongs to another plan or task; remove it, or name the right plan"));
      }
    } else if (!line || !ReadLine(*line, &contents)) {
      return contents;
    }
    at = end + 1;
    contents.sound_bytes = at;
  }
}

}  // namespace

absl::StatusOr<RecordContents> ReadRecord(FileOps* ops, const std::string& path,
                                          const RecordName& name) {
  const std::string file = Printable(path);
  const Fd fd = OpenFile(ops, AT_FDCWD, path, O_RDONLY | O_NONBLOCK);
  if (!fd.ok()) return ErrnoStatus(errno, Cat(file, ": cannot open it"));
  LOGPRESS_ASSIGN_OR_RETURN(const std::string text, ReadWhole(ops, fd.get(), file));
  return Understand(text, file, name);
}

absl::StatusOr<Record> Record::Open(FileOps* ops, const std::string& path, const RecordName& name,
                                    const std::string& token) {
  Record record;
  record.ops_ = ops;
  record.path_ = Printable(path);
  record.fd_ = OpenFile(ops, AT_FDCWD, path, O_RDWR | O_CREAT | O_APPEND, 0666);
  if (!record.fd_.ok()) return ErrnoStatus(errno, Cat(record.path_, ": cannot open it"));
  // Refused where files cannot be locked. Two runs of one task do no harm to each other all the
  // same: their files have different names until they are done, and then the same content.
  if (ops->Lock(record.fd_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return absl::UnavailableError(
        Cat(record.path_, ": another process does this task; wait for it"));
  }
  LOGPRESS_ASSIGN_OR_RETURN(const std::string text, ReadWhole(ops, record.fd_.get(), record.path_));
  const std::string first = FirstLine(name);
  record.seed_ = 0;
  if (text.find('\n') != std::string::npos) {
    LOGPRESS_ASSIGN_OR_RETURN(record.contents_, Understand(text, record.path_, name));
  }
  if (record.contents_.sound_bytes < text.size() &&
      ops->Truncate(record.fd_.get(), static_cast<off_t>(record.contents_.sound_bytes)) != 0)
    return ErrnoStatus(errno, Cat(record.path_, ": cannot be cut"));
  if (record.contents_.sound_bytes == 0) LOGPRESS_RETURN_IF_ERROR(record.Write(first));
  record.seed_ = CheckOf(first, 0);
  LOGPRESS_RETURN_IF_ERROR(record.Write(Cat(kBegin, "\t", token)));
  return record;
}

absl::Status Record::Add(uint64_t part, const PartResult& result) {
  return Write(LineOf(part, result));
}

absl::Status Record::Write(std::string_view line) {
  OpsSink sink(ops_, fd_.get(), path_);
  LOGPRESS_RETURN_IF_ERROR(
      sink.Write(Cat(line, "\t", Formatted("%016x", CheckOf(line, seed_)), "\n")));
  if (!SyncToDisk(ops_, fd_.get())) return ErrnoStatus(errno, Cat(path_, ": cannot sync"));
  return absl::OkStatus();
}

std::string NewToken() {
  uint64_t random = 0;
  // Only to make a clash unlikely: files are made with O_EXCL.
  if (getrandom(&random, sizeof random, GRND_NONBLOCK) < 0)
    random = static_cast<uint64_t>(getpid());
  return Formatted("%016x", random);
}

std::string_view KindOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kNotFound:
      return "missing";
    case absl::StatusCode::kPermissionDenied:
      return "permissions";
    case absl::StatusCode::kFailedPrecondition:
      return "changed";
    case absl::StatusCode::kAlreadyExists:
      return "in the way";
    case absl::StatusCode::kResourceExhausted:
      return "space";
    case absl::StatusCode::kDataLoss:
      return "damaged";
    default:
      return "other";
  }
}

}  // namespace logpress::cli::fleet
