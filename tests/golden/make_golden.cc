// Packs every <name>.log of a folder into <name>.<variant>.lpz beside it, for the variants below.
//
//   make_golden FOLDER
//
// Run by tests/golden/make; see README.md there.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "archive/writer.h"
#include "base/memory_io.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

struct Variant {
  const char* name;
  int level;
  block::BackendId backend;
  uint64_t block_size;
  int archives;  // how many archives, one behind the other, hold equal parts of the log
  bool flush;    // end a block after every part of 100 bytes, in the middle of lines
};

constexpr Variant kVariants[] = {
    {"level1", 1, block::BackendId::kAuto, 0, 1, false},
    {"level5", 5, block::BackendId::kAuto, 0, 1, false},
    {"level7", 7, block::BackendId::kAuto, 0, 1, false},
    {"level9", 9, block::BackendId::kAuto, 0, 1, false},
    {"store", 5, block::BackendId::kStore, 0, 1, false},
    {"zstd_blocks", 5, block::BackendId::kZstd, 1000, 1, false},
    {"xz_blocks", 5, block::BackendId::kXz, 1500, 1, false},
    {"mix_blocks", 5, block::BackendId::kMix, 1500, 1, false},
    {"three_archives", 3, block::BackendId::kAuto, 1000, 3, false},
    {"flushed", 2, block::BackendId::kAuto, 0, 1, true},
};

// Not for every log: these only repeat themselves on small inputs. And words.log, which packs
// badly, is there for the letter filter of level 9.
bool Wanted(const Variant& variant, const std::filesystem::path& log, size_t size) {
  if (log.stem() == "words") return variant.level == 9;
  return size > 500 || (variant.block_size == 0 && !variant.flush);
}

absl::StatusOr<ByteBuffer> Pack(ByteView raw, const Variant& variant) {
  ByteBuffer packed;
  BufferSink sink(&packed);
  WriterOptions options;
  options.level = variant.level;
  options.backend = variant.backend;
  options.block_size = variant.block_size;
  const auto archives = static_cast<size_t>(variant.archives);
  for (size_t i = 0; i < archives; ++i) {
    const size_t begin = raw.size() * i / archives;
    const ByteView part = raw.substr(begin, raw.size() * (i + 1) / archives - begin);
    Writer writer(&sink, options);
    const size_t step = variant.flush ? 100 : std::max<size_t>(part.size(), 1);
    for (size_t at = 0; at < part.size(); at += step) {
      LOGPRESS_RETURN_IF_ERROR(writer.Append(part.substr(at, step)));
      if (variant.flush) LOGPRESS_RETURN_IF_ERROR(writer.Flush());
    }
    LOGPRESS_RETURN_IF_ERROR(writer.Finish());
  }
  return packed;
}

int Main(const std::filesystem::path& folder) {
  size_t made = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".log") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const ByteBuffer raw{std::istreambuf_iterator<char>(in), {}};
    for (const Variant& variant : kVariants) {
      if (!Wanted(variant, entry.path(), raw.size())) continue;
      const absl::StatusOr<ByteBuffer> packed = Pack(raw, variant);
      std::filesystem::path path = entry.path();
      path.replace_extension(std::string(".") + variant.name + ".lpz");
      if (packed.ok())
        std::ofstream(path, std::ios::binary).write(packed->data(), std::ssize(*packed));
      if (!packed.ok() || std::filesystem::file_size(path) != packed->size()) {
        std::fprintf(stderr, "%s: %s\n", path.c_str(),
                     packed.ok() ? "cannot be written" : packed.status().ToString().c_str());
        return 1;
      }
      ++made;
    }
  }
  std::printf("%zu golden archives made in %s\n", made, folder.c_str());
  return made > 0 ? 0 : 1;
}

}  // namespace
}  // namespace logpress::archive

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_golden FOLDER\n");
    return 2;
  }
  return logpress::archive::Main(argv[1]);
}
