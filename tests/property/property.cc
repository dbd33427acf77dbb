#include "property/property.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>

#include "support/log_generator.h"
#include "support/shrink.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif

namespace logpress::testing {
namespace {

uint64_t EnvironmentOr(const char* name, uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

// The seed whose check is under way, for when the check crashes: a sanitizer ends the program
// without asking Catch for its INFO.
uint64_t current_seed = 0;

[[maybe_unused]] void SayCurrentSeed() {
  std::fprintf(stderr, "LOGPRESS_PROPERTY_SEED=%llu\n",
               static_cast<unsigned long long>(current_seed));
}

uint64_t CountLines(ByteView raw) {
  return static_cast<uint64_t>(std::count(raw.begin(), raw.end(), '\n')) +
         (!raw.empty() && raw.back() != '\n');
}

}  // namespace

Seeds SeedsFromEnvironment(uint64_t rounds) {
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_set_death_callback(SayCurrentSeed);
  rounds = std::max<uint64_t>(1, rounds / 4);
#endif
  const uint64_t seed = EnvironmentOr("LOGPRESS_PROPERTY_SEED", 0);
  return {seed == 0 ? 1 : seed, EnvironmentOr("LOGPRESS_PROPERTY_ROUNDS", seed == 0 ? rounds : 1)};
}

std::optional<Failure> FindFailure(const Seeds& seeds, size_t max_size, const Check& check) {
  for (uint64_t i = 0; i < seeds.rounds; ++i) {
    current_seed = seeds.first + i;
    INFO("LOGPRESS_PROPERTY_SEED=" << current_seed);
    const std::string input = GenerateLog(current_seed, max_size);
    const std::string what = check(input);
    if (what.empty()) continue;

    Failure failure;
    failure.seed = current_seed;
    failure.smallest = Shrink(input, [&](ByteView smaller) { return !check(smaller).empty(); });
    failure.what = check(failure.smallest);
    failure.message = "LOGPRESS_PROPERTY_SEED=" + std::to_string(failure.seed) + ": " + what +
                      "\nand for the smallest input found, of " +
                      std::to_string(failure.smallest.size()) + " bytes: " + failure.what + "\n" +
                      AsLiteral(failure.smallest);
    return failure;
  }
  return std::nullopt;
}

std::string CheckRoundTrip(Coder* coder, ByteView raw) {
  Packed packed;
  if (const absl::Status status = coder->Encode(raw, &packed); !status.ok())
    return "packing: " + status.ToString();
  ByteBuffer unpacked = "what was here before";
  if (const absl::Status status = coder->Decode(packed, &unpacked); !status.ok())
    return "unpacking: " + status.ToString();
  if (unpacked != raw) {
    const auto at = std::mismatch(raw.begin(), raw.end(), unpacked.begin(), unpacked.end()).first;
    return "the bytes differ from offset " + std::to_string(at - raw.begin()) + " on";
  }
  if (packed.payload.size() > raw.size() + 64)
    return "the payload has " + std::to_string(packed.payload.size()) + " bytes, the input " +
           std::to_string(raw.size());
  if (packed.summary.lines != CountLines(raw))
    return std::to_string(packed.summary.lines) + " lines counted, " +
           std::to_string(CountLines(raw)) + " are there";
  return "";
}

}  // namespace logpress::testing
