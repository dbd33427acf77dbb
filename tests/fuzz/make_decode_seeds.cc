// Writes payloads to begin fuzzing with: make_decode_seeds FOLDER LOG...
//
// Blocks of some lines of each log in the form of decode_input.h, packed with each backend.
// Those of "store" are worth most: a change to one of their bytes reaches the codec.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "block/block_coder.h"

int main(int argc, char** argv) {
  using namespace logpress;
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s FOLDER LOG...\n", argv[0]);
    return 2;
  }
  int written = 0;
  for (int i = 2; i < argc; ++i) {
    if (!std::filesystem::is_regular_file(argv[i])) continue;
    std::ifstream in(argv[i], std::ios::binary);
    const std::string log((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    for (const size_t size : {size_t{200}, size_t{1000}, size_t{3000}}) {
      const std::string text = log.substr(log.size() / 3, size);
      if (text.empty()) continue;
      for (const auto backend :
           {block::BackendId::kStore, block::BackendId::kZstd, block::BackendId::kXz,
            block::BackendId::kBlend, block::BackendId::kMix}) {
        for (const int level : {1, 5}) {  // planes of bytes, and bits
          block::BlockEncoder encoder({level, backend});
          ByteBuffer payload;
          block::BlockSummary summary;
          if (!encoder.Encode(text, &payload, &summary).ok()) return 1;
          std::ofstream out(std::string(argv[1]) + "/seed" + std::to_string(written++),
                            std::ios::binary);
          out.put(static_cast<char>(summary.backend));
          for (int shift = 0; shift < 24; shift += 8)
            out.put(static_cast<char>(text.size() >> shift));
          out << payload;
          if (!out.flush()) return 1;
        }
      }
    }
  }
  std::printf("%d seeds\n", written);
  return written == 0;
}
