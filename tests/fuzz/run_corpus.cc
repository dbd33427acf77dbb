// Gives a fuzzer's inputs to it once more, in a build without libFuzzer, and as many changed ones
// as are wanted:
//
//   FUZZER_on_its_corpus FOLDER [CHANGED]
//
// The changes follow from the input's name and a count alone: they are the same in each build and
// on each machine, whatever the code under test does. Ends by the signal of what it finds, after
// the name of the input and the number of its change.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/hash.h"
#include "fuzz/mutators.h"
#include "support/random.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
// Fuzzers that repair what they change have one.
extern "C" __attribute__((weak)) size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size,
                                                                size_t max_size, unsigned seed);

namespace {

using logpress::testing::Random;

constexpr size_t kMostBytes = 4096;

Random& Changes() {
  static Random random(1);
  return random;
}

void ChangeOnce(Random* random, std::string* input) {
  const size_t at = random->Below(input->size() + 1);
  const size_t size = std::min<size_t>(1 + random->Skewed(5), input->size() - at);
  switch (random->Below(7)) {
    case 0:  // a bit
      if (size > 0) (*input)[at] = static_cast<char>((*input)[at] ^ 1 << random->Below(8));
      break;
    case 1:
      if (size > 0) (*input)[at] = random->Byte();
      break;
    case 2:  // a number that is a limit, or beyond one
      input->replace(at, size, size, random->OneIn(2) ? '\xff' : '\0');
      break;
    case 3:
      input->erase(at, size);
      break;
    case 4:
      input->insert(at, 1 + random->Skewed(4), random->Byte());
      break;
    case 5:  // from elsewhere
      input->replace(at, size, input->substr(random->Below(input->size() + 1), size));
      break;
    default:
      input->insert(at, input->substr(random->Below(input->size() + 1), 1 + random->Skewed(6)));
  }
}

std::vector<uint8_t> Changed(const std::string& input, unsigned seed) {
  std::vector<uint8_t> bytes(std::max(2 * input.size(), kMostBytes));
  std::copy(input.begin(), input.end(), bytes.begin());
  size_t size = input.size();
  for (unsigned i = 0; i <= seed % 3; ++i) {
    size = LLVMFuzzerCustomMutator != nullptr
               ? LLVMFuzzerCustomMutator(bytes.data(), size, bytes.size(), seed + i)
               : LLVMFuzzerMutate(bytes.data(), size, bytes.size());
  }
  bytes.resize(size);
  // A buffer of its own, so that a sanitizer sees what is read behind it.
  bytes.shrink_to_fit();
  return bytes;
}

}  // namespace

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size) {
  std::string input(reinterpret_cast<const char*>(data), size);
  for (uint64_t i = 0, changes = 1 + Changes().Skewed(3); i < changes; ++i)
    ChangeOnce(&Changes(), &input);
  input.resize(std::min(input.size(), max_size));
  std::copy(input.begin(), input.end(), data);
  return input.size();
}

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s FOLDER [CHANGED]\n", argv[0]);
    return 2;
  }
  const int changed = argc > 2 ? std::atoi(argv[2]) : 0;
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1]))
    paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    const std::string input((std::istreambuf_iterator<char>(file)), {});
    const std::vector<uint8_t> bytes(input.begin(), input.end());
    const uint64_t hash = logpress::HashBytes(input.data(), input.size(), 1);
    for (int change = 0; change <= changed; ++change) {
      std::printf("%s, change %d\n", path.c_str(), change);
      std::fflush(stdout);
      Changes() = Random(hash + static_cast<uint64_t>(change));
      const auto tried =
          change == 0 ? bytes : Changed(input, static_cast<unsigned>(Changes().Next()));
      LLVMFuzzerTestOneInput(tried.data(), tried.size());
    }
  }
  std::printf("%zu inputs, each with %d changes\n", paths.size(), changed);
  return paths.empty() ? 1 : 0;
}
