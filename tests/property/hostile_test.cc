// Payloads that no encoder wrote: decoding them gives an error or exactly the bytes promised,
// within the memory that it was given, and never a crash.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "block/block_coder.h"
#include "property/coder.h"
#include "property/memory_meter.h"
#include "property/property.h"
#include "support/log_generator.h"
#include "support/random.h"
#include "support/shrink.h"

namespace logpress::testing {
namespace {

using block::BackendId;
using block::BlockDecoder;

// What a zstd or xz context takes whatever the block (zstd's is the largest, 160 KB), and rounding.
constexpr size_t kMemorySlack = 256 << 10;

Packed PackedLog(uint64_t seed, size_t max_size) {
  constexpr std::array<BackendId, 6> kBackends = {BackendId::kAuto,  BackendId::kAuto,
                                                  BackendId::kZstd,  BackendId::kXz,
                                                  BackendId::kBlend, BackendId::kMix};
  Packed packed;
  const block::BlockOptions options{static_cast<int>(1 + seed % 9),
                                    kBackends[seed / 9 % kBackends.size()]};
  const std::string log = GenerateLog(seed, max_size);
  REQUIRE(MakeBlockCoder(options)->Encode(log, &packed).ok());
  return packed;
}

// Changes a payload the way damage and malice do.
void Damage(Random* random, const Packed& other, Packed* packed) {
  ByteBuffer& payload = packed->payload;
  for (uint64_t i = 0, faults = 1 + random->Skewed(3); i < faults; ++i) {
    const size_t at = payload.empty() ? 0 : random->Below(payload.size());
    const size_t size = std::min<size_t>(1 + random->Skewed(5), payload.size() - at);
    switch (random->Below(9)) {
      case 0:  // a bit
        if (!payload.empty()) payload[at] = static_cast<char>(payload[at] ^ 1 << random->Below(8));
        break;
      case 1:  // a byte, often in front, where the lengths are
        if (!payload.empty()) payload[random->Below(1 + at)] = random->Byte();
        break;
      case 2:  // the largest number that fits
        payload.replace(at, size, size, '\xff');
        break;
      case 3:
        payload.resize(at);
        break;
      case 4:
        payload.erase(at, size);
        break;
      case 5:
        payload.insert(at, payload.substr(at, size));
        break;
      case 6:  // the front of one, the rest of another
        payload.replace(at, std::string::npos,
                        other.payload.substr(std::min(at, other.payload.size())));
        break;
      case 7:
        payload.append(1 + random->Skewed(6), random->Byte());
        break;
      default:
        packed->raw_size =
            random->OneIn(2) ? packed->raw_size + random->Below(3) - 1 : random->Skewed(40);
    }
  }
  if (random->OneIn(16)) packed->summary.backend = static_cast<BackendId>(1 + random->Below(4));
}

// What is wrong with decoding this; empty when nothing is.
std::string CheckHostile(BlockDecoder* decoder, const Packed& packed, uint64_t memory_limit) {
  ByteBuffer raw;
  const absl::Status status =
      decoder->Decode(packed.summary.backend, packed.payload, packed.raw_size, memory_limit, &raw);
  if (status.ok()) {
    return raw.size() == packed.raw_size ? "" : "gave " + std::to_string(raw.size()) + " bytes";
  }
  if (status.code() != absl::StatusCode::kDataLoss &&
      status.code() != absl::StatusCode::kResourceExhausted)
    return "unexpected status " + status.ToString();
  return status.message().empty() ? "an error without a message" : "";
}

// The same of decoding with a meter: it ends as without one, and accounts for every byte.
std::string CheckMetered(BlockDecoder* decoder, const Packed& packed, uint64_t memory_limit) {
  std::array<ByteBuffer, 2> raw;
  std::array<absl::Status, 2> status;
  codec::Breakdown parts;
  for (size_t i = 0; i < 2; ++i) {
    status[i] = decoder->Decode(packed.summary.backend, packed.payload, packed.raw_size,
                                memory_limit, &raw[i], ~uint64_t{0}, i == 0 ? nullptr : &parts);
  }
  if (status[0] != status[1]) return "metered: " + status[1].ToString();
  if (!status[0].ok()) return "";
  if (raw[0] != raw[1]) return "other bytes with a meter";
  const codec::Breakdown::Sizes sizes = parts.Bytes();
  const uint64_t all = std::accumulate(sizes.begin(), sizes.end(), uint64_t{0});
  return all == packed.payload.size() ? "" : "the parts add up to " + std::to_string(all);
}

TEST_CASE("a damaged payload gives an error or as many bytes as were promised") {
  const Seeds seeds = SeedsFromEnvironment(1500);
  BlockDecoder reused;
  for (uint64_t seed = seeds.first; seed < seeds.first + seeds.rounds; ++seed) {
    INFO("LOGPRESS_PROPERTY_SEED=" << seed);
    Random random(seed);
    const Packed original = PackedLog(seed, 8 << 10);
    const Packed other = PackedLog(seed + 9, 8 << 10);
    for (int i = 0; i < 8; ++i) {
      Packed packed = original;
      Damage(&random, other, &packed);
      INFO("backend " << static_cast<int>(packed.summary.backend) << ", raw size "
                      << packed.raw_size << ", payload\n"
                      << AsLiteral(packed.payload));
      const std::string wrong = i == 0 ? CheckMetered(&reused, packed, uint64_t{16} << 20)
                                       : CheckHostile(&reused, packed, uint64_t{16} << 20);
      REQUIRE(wrong == "");
    }
    // What the damaged ones left behind does not matter.
    ByteBuffer raw;
    REQUIRE(reused
                .Decode(original.summary.backend, original.payload, original.raw_size,
                        /*memory_limit=*/0, &raw)
                .ok());
    REQUIRE(raw == GenerateLog(seed, 8 << 10));
  }
}

TEST_CASE("arbitrary bytes as a payload give an error or as many bytes as were promised") {
  const Seeds seeds = SeedsFromEnvironment(4000);
  BlockDecoder decoder;
  for (uint64_t seed = seeds.first; seed < seeds.first + seeds.rounds; ++seed) {
    INFO("LOGPRESS_PROPERTY_SEED=" << seed);
    Random random(seed);
    Packed packed;
    packed.summary.backend = static_cast<BackendId>(1 + random.Below(4));
    for (uint64_t i = 0, size = random.Skewed(9); i < size; ++i)
      packed.payload.push_back(random.OneIn(2) ? random.Byte()
                                               : static_cast<char>(random.Below(8)));
    packed.raw_size = random.Skewed(34);
    std::string wrong = CheckHostile(&decoder, packed, uint64_t{16} << 20);
    if (wrong.empty()) wrong = CheckMetered(&decoder, packed, uint64_t{16} << 20);
    REQUIRE(wrong == "");
  }
}

TEST_CASE("decoding keeps to its memory limit, whatever the payload says") {
  const Seeds seeds = SeedsFromEnvironment(400);
  for (uint64_t seed = seeds.first; seed < seeds.first + seeds.rounds; ++seed) {
    Random random(seed);
    Packed packed = PackedLog(seed, 64 << 10);
    if (!random.OneIn(4)) Damage(&random, PackedLog(seed + 9, 64 << 10), &packed);
    const uint64_t limit = packed.raw_size / 2 + random.Skewed(22) + 1;
    INFO("LOGPRESS_PROPERTY_SEED=" << seed << " limit " << limit << " raw size "
                                   << packed.raw_size);
    const MemoryMeter meter;
    {
      BlockDecoder decoder;
      const std::string wrong = CheckHostile(&decoder, packed, limit);
      REQUIRE(wrong == "");
    }
    CHECK(meter.Peak() <= limit + kMemorySlack);
  }
}

TEST_CASE("the memory that an encoder says a block needs is enough to decode it") {
  const Seeds seeds = SeedsFromEnvironment(400);
  for (uint64_t seed = seeds.first; seed < seeds.first + seeds.rounds; ++seed) {
    INFO("LOGPRESS_PROPERTY_SEED=" << seed);
    const Packed packed = PackedLog(seed, 256 << 10);
    const uint64_t need = packed.raw_size + packed.payload.size() + packed.summary.decode_memory;
    BlockDecoder decoder;
    ByteBuffer raw;
    const MemoryMeter meter;
    const absl::Status status = decoder.Decode(packed.summary.backend, packed.payload,
                                               packed.raw_size, std::max<uint64_t>(need, 1), &raw);
    INFO(status.ToString());
    CHECK(status.ok());
    CHECK(meter.Peak() <= need + kMemorySlack);
  }
}

TEST_CASE("the memory meter sees what is taken, by whichever call, and that it was given back") {
  if (!MemoryMeter::Measures()) return;
  const MemoryMeter meter;
  { const std::string taken(3 << 20, 'x'); }
  CHECK(meter.Peak() >= 3 << 20);
  CHECK(meter.Peak() < (3 << 20) + 4096);
  const MemoryMeter after;
  CHECK(after.Peak() == 0);
  void* block = std::realloc(std::malloc(1000), 2000000);
  CHECK(after.Peak() >= 2000000);
  std::free(block);
  CHECK(MemoryMeter().Peak() == 0);
}

}  // namespace
}  // namespace logpress::testing
