#include "cli/packer.h"

#include <algorithm>

namespace logpress::cli {
namespace {

struct Suffix {
  std::string_view text;
  Packer packer;
};

constexpr Suffix kSuffixes[] = {
    {".gz", Packer::kGzip},   {".zst", Packer::kZstd},  {".xz", Packer::kXz},
    {".bz2", Packer::kBzip2}, {".zstd", Packer::kZstd}, {".zip", Packer::kNone},
    {".7z", Packer::kNone},   {".lz4", Packer::kNone},  {".lzo", Packer::kNone},
    {".lz", Packer::kNone},   {".lzma", Packer::kNone}, {".br", Packer::kNone},
    {".Z", Packer::kNone},    {".rar", Packer::kNone},  {".tgz", Packer::kNone},
    {".txz", Packer::kNone},  {".tbz2", Packer::kNone}, {".bz3", Packer::kNone},
    {".zpaq", Packer::kNone}, {".png", Packer::kNone},  {".jpg", Packer::kNone},
    {".jpeg", Packer::kNone}};

struct Magic {
  std::string_view bytes;
  Packer packer;
};

constexpr Magic kMagics[] = {
    {"\x1f\x8b\x08", Packer::kGzip},
    {"\x28\xb5\x2f\xfd", Packer::kZstd},
    {{"\xfd\x37zXZ\0", 6}, Packer::kXz},
    {"PK\3\4", Packer::kNone},
    {"PK\5\6", Packer::kNone},  // a .zip that is empty
    {"7z\xbc\xaf\x27\x1c", Packer::kNone},
    {"\x04\x22\x4d\x18", Packer::kNone},  // lz4
    {"\x89PNG\r\n", Packer::kNone},
    {"\xff\xd8\xff", Packer::kNone},  // jpeg
};

// "BZh", a level, and the first bytes of pi or, in an empty file, of its square root.
bool IsBzip2(ByteView start) {
  return start.size() >= 6 && start.substr(0, 3) == "BZh" && start[3] >= '1' && start[3] <= '9' &&
         (start.substr(4, 2) == "1A" || start.substr(4, 2) == "\x17\x72");
}

// A frame that zstd skips: what seekable files and files of pzstd begin with.
bool IsSkippableZstd(ByteView start) {
  return start.size() >= 4 && (start[0] & 0xf0) == 0x50 && start.substr(1, 3) == "\x2a\x4d\x18";
}

const Suffix* FindSuffix(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kSuffixes), std::end(kSuffixes), [name](const Suffix& known) {
        return name.size() > known.text.size() && name.ends_with(known.text);
      });
  return found == std::end(kSuffixes) ? nullptr : found;
}

const Magic* FindMagic(ByteView start) {
  const auto* const found =
      std::find_if(std::begin(kMagics), std::end(kMagics),
                   [start](const Magic& known) { return start.starts_with(known.bytes); });
  return found == std::end(kMagics) ? nullptr : found;
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
  const Suffix* const found = FindSuffix(name);
  return found == nullptr ? Packer::kNone : found->packer;
}

std::string_view PackerSuffix(std::string_view name) {
  const Suffix* const found = FindSuffix(name);
  return found == nullptr || found->packer == Packer::kNone ? "" : found->text;
}

Packer PackerOfBytes(ByteView start) {
  if (IsBzip2(start)) return Packer::kBzip2;
  if (IsSkippableZstd(start)) return Packer::kZstd;
  const Magic* const found = FindMagic(start);
  return found == nullptr ? Packer::kNone : found->packer;
}

bool IsPackedName(std::string_view name) { return FindSuffix(name) != nullptr; }

bool IsPackedBytes(ByteView start) {
  return FindMagic(start) != nullptr || PackerOfBytes(start) != Packer::kNone;
}

}  // namespace logpress::cli
