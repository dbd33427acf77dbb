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

std::string_view SuffixOfPacker(std::string_view name) {
  for (const PackerSuffix& known : kPackers)
    if (EndsIn(name, known.suffix)) return known.suffix;
  return {};
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsSeparator(char c) { return c == '-' || c == '.' || c == '_'; }

// "20240531", "2024-05-31" and with '_' or '.', of this or the last century, standing alone.
bool IsDateAt(std::string_view name, size_t at) {
  if (at > 0 && !IsSeparator(name[at - 1])) return false;
  if (!name.substr(at).starts_with("19") && !name.substr(at).starts_with("20")) return false;
  std::string digits;
  size_t end = at;
  while (end < name.size() && digits.size() < 8) {
    const bool between = digits.size() == 4 || digits.size() == 6;
    if (IsDigit(name[end])) {
      digits += name[end];
    } else if (!between || !IsSeparator(name[end]) || !IsDigit(name[end - 1])) {
      break;
    }
    ++end;
  }
  if (digits.size() != 8) return false;
  const int month = (digits[4] - '0') * 10 + digits[5] - '0';
  const int day = (digits[6] - '0') * 10 + digits[7] - '0';
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// ".1" to ".9999" at the end.
bool EndsInNumber(std::string_view name) {
  size_t digits = 0;
  while (digits < name.size() && IsDigit(name[name.size() - 1 - digits])) ++digits;
  return digits >= 1 && digits <= 4 && digits + 1 < name.size() &&
         name[name.size() - 1 - digits] == '.';
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

bool LooksRotated(std::string_view name) {
  name.remove_suffix(SuffixOfPacker(name).size());
  if (name.empty() || name[0] == '.') return false;
  if (EndsInNumber(name) || EndsIn(name, ".old") || EndsIn(name, ".prev")) return true;
  for (size_t at = 0; at < name.size(); ++at)
    if (IsDigit(name[at]) && IsDateAt(name, at)) return true;
  return false;
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
