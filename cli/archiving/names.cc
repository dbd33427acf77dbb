#include "cli/archiving/names.h"

#include <climits>
#include <ctime>

#include "base/checksum.h"
#include "cli/options.h"
#include "cli/packer.h"
#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

constexpr std::string_view kNewSuffix = "-new";
constexpr std::string_view kRemovalSuffix = "-rm";

}  // namespace

std::string ArchiveName(std::string_view source) {
  source.remove_suffix(PackerSuffix(source).size());
  return Cat(source, kSuffix);
}

std::string DatedArchiveName(std::string_view source, int64_t changed) {
  source.remove_suffix(PackerSuffix(source).size());
  const time_t time = changed;
  tm utc{};
  // A time beyond the calendar is still a name.
  if (gmtime_r(&time, &utc) == nullptr) return Cat(source, "-", changed, kSuffix);
  return Cat(source,
             Formatted("-%04d%02d%02dT%02d%02d%02dZ", utc.tm_year + 1900, utc.tm_mon + 1,
                       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec),
             kSuffix);
}

std::string NewName(std::string_view archive) {
  std::string name = Cat(".", archive, kNewSuffix);
  // Too long to have two letters more: another name that is the same in every run.
  if (name.size() > NAME_MAX)
    name = Cat(".", Formatted("%016x", Checksum64(archive)), kSuffix, kNewSuffix);
  return name;
}

std::optional<std::string> RemovalName(std::string_view source) {
  std::string name = Cat(".", source, kSuffix, kRemovalSuffix);
  if (name.size() > NAME_MAX) return std::nullopt;
  return name;
}

bool IsNewName(std::string_view name) {
  const std::string suffix = Cat(kSuffix, kNewSuffix);
  return name.starts_with(".") && name.size() > suffix.size() && name.ends_with(suffix);
}

std::optional<std::string> SourceOfRemovalName(std::string_view name) {
  const std::string suffix = Cat(kSuffix, kRemovalSuffix);
  if (!name.starts_with(".") || name.size() <= suffix.size() + 1 || !name.ends_with(suffix))
    return std::nullopt;
  return std::string(name.substr(1, name.size() - 1 - suffix.size()));
}

}  // namespace logpress::cli::archiving
