#include "cli/archiving/names.h"

#include <climits>
#include <ctime>

#include "absl/strings/str_format.h"
#include "base/checksum.h"
#include "cli/options.h"
#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

constexpr std::string_view kNewSuffix = "-new";
constexpr std::string_view kRemovalSuffix = "-rm";

struct PackerSuffix {
  std::string_view suffix;
  Packer packer;
};

constexpr PackerSuffix kPackers[] = {{".gz", Packer::kGzip},
                                     {".zst", Packer::kZstd},
                                     {".xz", Packer::kXz},
                                     {".bz2", Packer::kBzip2},
                                     {".zstd", Packer::kZstd}};

constexpr std::string_view kOtherPackers[] = {".zip",  ".7z",   ".lz4", ".lzo", ".lz",
                                              ".lzma", ".br",   ".Z",   ".rar", ".tgz",
                                              ".txz",  ".tbz2", ".bz3", ".zpaq"};

bool EndsIn(std::string_view name, std::string_view suffix) {
  return name.size() > suffix.size() && name.ends_with(suffix);
}

}  // namespace

std::string_view PackerName(Packer packer) {
  switch (packer) {
    case Packer::kNone:
      break;
    case Packer::kGzip:
      return "gzip";
    case Packer::kZstd:
      return "zstd";
    case Packer::kXz:
      return "xz";
    case Packer::kBzip2:
      return "bzip2";
  }
  return {};
}

Packer PackerOf(std::string_view name) {
  for (const PackerSuffix& known : kPackers)
    if (EndsIn(name, known.suffix)) return known.packer;
  return Packer::kNone;
}

bool IsPackedOtherwise(std::string_view name) {
  for (const std::string_view suffix : kOtherPackers)
    if (EndsIn(name, suffix)) return true;
  return false;
}

std::string_view SuffixOfPacker(std::string_view name) {
  for (const PackerSuffix& known : kPackers)
    if (EndsIn(name, known.suffix)) return known.suffix;
  return {};
}

std::string ArchiveName(std::string_view source) {
  source.remove_suffix(SuffixOfPacker(source).size());
  return Cat(source, kSuffix);
}

std::string DatedArchiveName(std::string_view source, int64_t changed) {
  source.remove_suffix(SuffixOfPacker(source).size());
  const time_t time = changed;
  tm utc{};
  // A time beyond the calendar is still a name.
  if (gmtime_r(&time, &utc) == nullptr) return Cat(source, "-", changed, kSuffix);
  return Cat(source,
             absl::StrFormat("-%04d%02d%02dT%02d%02d%02dZ", utc.tm_year + 1900, utc.tm_mon + 1,
                             utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec),
             kSuffix);
}

std::string NewName(std::string_view archive) {
  std::string name = Cat(".", archive, kNewSuffix);
  // Too long to have two letters more: another name that is the same in every run.
  if (name.size() > NAME_MAX)
    name = Cat(".", absl::StrFormat("%016x", Checksum64(archive)), kSuffix, kNewSuffix);
  return name;
}

std::optional<std::string> RemovalName(std::string_view source) {
  std::string name = Cat(".", source, kSuffix, kRemovalSuffix);
  if (name.size() > NAME_MAX) return std::nullopt;
  return name;
}

bool IsNewName(std::string_view name) {
  return name.starts_with(".") && EndsIn(name, Cat(kSuffix, kNewSuffix));
}

std::optional<std::string> SourceOfRemovalName(std::string_view name) {
  const std::string suffix = Cat(kSuffix, kRemovalSuffix);
  if (!name.starts_with(".") || name.size() <= suffix.size() + 1 || !name.ends_with(suffix))
    return std::nullopt;
  return std::string(name.substr(1, name.size() - 1 - suffix.size()));
}

}  // namespace logpress::cli::archiving
