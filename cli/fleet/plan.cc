#include "cli/fleet/plan.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include "base/status.h"
#include "cli/archiving/contents.h"
#include "cli/fleet/fields.h"
#include "cli/format.h"
#include "cli/options.h"
#include "cli/text.h"

namespace logpress::cli::fleet {
namespace {

using archiving::ContentsHasher;

constexpr std::string_view kMagic = "logpress plan 1";
constexpr std::string_view kLevel = "level ";
constexpr std::string_view kBlockSize = "block-size ";
constexpr std::string_view kOutputDir = "output-dir ";
constexpr std::string_view kTasks = "tasks ";
constexpr std::string_view kFiles = "files ";
constexpr std::string_view kBytes = "bytes ";
constexpr std::string_view kId = "id ";

constexpr size_t kPartFields = 6;
constexpr size_t kWriteSize = size_t{64} << 10;

// Takes lines, hashes them and hands them on in larger pieces.
class LineWriter {
 public:
  explicit LineWriter(ByteSink* sink) : sink_(sink) {}
  absl::Status Write(std::string_view line) {
    Append(&buffer_, line, "\n");
    return buffer_.size() < kWriteSize ? absl::OkStatus() : Flush();
  }
  absl::Status Flush() {
    hasher_.Add(buffer_);
    LOGPRESS_RETURN_IF_ERROR(sink_->Write(buffer_));
    buffer_.clear();
    return absl::OkStatus();
  }
  std::string hash() const { return HashText(hasher_.contents().hash); }

 private:
  ByteSink* const sink_;
  std::string buffer_;
  ContentsHasher hasher_;
};

std::string PartLine(const Plan& plan, const Part& part) {
  const PlannedFile& file = plan.FileOf(part);
  return Cat(part.task, "\t", part.begin, "\t", part.end, "\t", file.size, "\t",
             Formatted("%d.%09d", file.changed.tv_sec, file.changed.tv_nsec), "\t",
             Escape(file.path));
}

std::optional<timespec> ReadMoment(std::string_view text) {
  const size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto seconds = ReadNumber<int64_t>(text.substr(0, dot));
  const auto nanoseconds = ReadNumber<uint32_t>(text.substr(dot + 1));
  if (!seconds || !nanoseconds || *nanoseconds >= 1'000'000'000) return std::nullopt;
  return timespec{.tv_sec = *seconds, .tv_nsec = *nanoseconds};
}

// Reads lines into a plan; each is judged by itself, and by what came before.
class Reader {
 public:
  Reader(std::string name, std::optional<uint32_t> task) : name_(std::move(name)), task_(task) {}

  absl::Status Read(std::string_view line) {
    ++line_;
    if (line_ == 1) {
      if (line != kMagic)
        return absl::InvalidArgumentError(Cat(name_, ": is no plan; make one with logpress plan"));
    } else if (line.starts_with(kId)) {
      if (line.substr(kId.size()) != HashText(hasher_.contents().hash))
        return Wrong("the plan was changed, or is damaged");
      plan_.id = line.substr(kId.size());
    } else if (!plan_.id.empty() || !(ReadSetting(line) || ReadPart(line))) {
      return Wrong("is not to be understood");
    }
    hasher_.Add(line);
    hasher_.Add("\n");
    return absl::OkStatus();
  }

  absl::StatusOr<Plan> Finish() {
    if (plan_.id.empty()) return Wrong("the plan is cut off there");
    if (files_ != files_read_ || bytes_ != bytes_read_) return Wrong("the parts do not add up");
    plan_.files_in_all = files_;
    return std::move(plan_);
  }

 private:
  absl::Status Wrong(std::string_view what) const {
    return absl::DataLossError(Cat(name_, ": line ", line_, ": ", what, "; make it anew"));
  }

  bool ReadSetting(std::string_view line) {
    const auto read = [line](std::string_view name, auto* number) {
      if (!line.starts_with(name)) return false;
      const auto found = ReadNumber<std::decay_t<decltype(*number)>>(line.substr(name.size()));
      if (found) *number = *found;
      return found.has_value();
    };
    PlanSettings* const settings = &plan_.settings;
    if (line.starts_with(kOutputDir)) {
      const auto path = Unescape(line.substr(kOutputDir.size()));
      settings->output_dir = path.value_or("");
      return path.has_value();
    }
    return read(kLevel, &settings->level) || read(kBlockSize, &settings->block_size) ||
           read(kTasks, &plan_.tasks) || read(kFiles, &files_) || read(kBytes, &bytes_);
  }

  bool ReadPart(std::string_view line) {
    const auto fields = SplitFields(line, kPartFields);
    if (fields.size() != kPartFields) return false;
    const auto task = ReadNumber<uint32_t>(fields[0]);
    const auto begin = ReadNumber<uint64_t>(fields[1]);
    const auto end = ReadNumber<uint64_t>(fields[2]);
    const auto size = ReadNumber<uint64_t>(fields[3]);
    const auto changed = ReadMoment(fields[4]);
    if (!task || !begin || !end || !size || !changed || *task >= plan_.tasks || *begin > *end ||
        *end > *size || *begin != next_begin_)
      return false;
    next_begin_ = *end == *size ? 0 : *end;
    bytes_read_ += *end - *begin;
    files_read_ += *end == *size ? 1 : 0;
    const uint64_t number = parts_read_++;
    if (task_ && *task != *task_) return true;
    if (last_path_ != fields[5] || *begin == 0) {
      auto path = Unescape(fields[5]);
      if (!path) return false;
      plan_.files.push_back({*std::move(path), *size, *changed});
      last_path_ = fields[5];
    }
    plan_.parts.push_back(
        {number, *task, static_cast<uint32_t>(plan_.files.size() - 1), *begin, *end});
    return true;
  }

  const std::string name_;
  const std::optional<uint32_t> task_;
  Plan plan_;
  ContentsHasher hasher_;
  uint64_t line_ = 0;
  uint64_t files_ = 0;
  uint64_t bytes_ = 0;
  uint64_t files_read_ = 0;
  uint64_t bytes_read_ = 0;
  uint64_t parts_read_ = 0;
  uint64_t next_begin_ = 0;  // of the next part
  std::string last_path_;    // escaped
};

}  // namespace

std::string Plan::ArchivePath(const PlannedFile& file) const {
  if (settings.output_dir.empty()) return Cat(file.path, kSuffix);
  const size_t below = file.path.find_first_not_of('/');
  return Cat(settings.output_dir, "/", file.path.substr(below), kSuffix);
}

std::string RangeText(const Plan& plan, const Part& part) {
  return plan.IsWhole(part) ? "" : Cat(", bytes ", part.begin, " to ", part.end);
}

absl::Status WritePlan(Plan* plan, ByteSink* sink) {
  LineWriter writer(sink);
  uint64_t bytes = 0;
  for (const PlannedFile& file : plan->files) bytes += file.size;
  const PlanSettings& settings = plan->settings;
  std::string head = Cat(kMagic, "\n", kLevel, settings.level, "\n");
  if (settings.block_size != 0) Append(&head, kBlockSize, settings.block_size, "\n");
  if (!settings.output_dir.empty()) Append(&head, kOutputDir, Escape(settings.output_dir), "\n");
  Append(&head, kTasks, plan->tasks, "\n", kFiles, plan->files.size(), "\n", kBytes, bytes);
  LOGPRESS_RETURN_IF_ERROR(writer.Write(head));
  for (const Part& part : plan->parts)
    LOGPRESS_RETURN_IF_ERROR(writer.Write(PartLine(*plan, part)));
  LOGPRESS_RETURN_IF_ERROR(writer.Flush());
  plan->id = writer.hash();
  LOGPRESS_RETURN_IF_ERROR(writer.Write(Cat(kId, plan->id)));
  return writer.Flush();
}

absl::StatusOr<Plan> ReadPlan(const std::string& path, std::optional<uint32_t> task) {
  const std::string name = Printable(path);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "re"),
                                                             std::fclose);
  if (file == nullptr) {
    const absl::Status status = ErrnoStatus(errno, Cat(name, ": cannot open the plan"));
    return absl::Status(status.code(), Cat(Message(status), "; check the name"));
  }
  Reader reader(name, task);
  char* buffer = nullptr;
  size_t capacity = 0;
  absl::Status status;
  while (status.ok()) {
    errno = 0;
    const ssize_t size = getline(&buffer, &capacity, file.get());
    if (size < 0) {
      if (std::ferror(file.get()) != 0 || errno != 0)
        status = ErrnoStatus(errno, Cat(name, ": cannot read"));
      break;
    }
    std::string_view line(buffer, static_cast<size_t>(size));
    if (line.ends_with('\n')) line.remove_suffix(1);
    status = reader.Read(line);
  }
  std::free(buffer);
  if (!status.ok()) return status;
  return reader.Finish();
}

}  // namespace logpress::cli::fleet
