// What the tables of the mix backend take is what an archive says that they take.
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "backend/mix/row_model.h"
#include "backend/mix/sizes.h"
#include "block/block_coder.h"
#include "property/coder.h"
#include "property/memory_meter.h"

namespace logpress::testing {
namespace {

using mix::RowModel;
using mix::Sizes;

TEST_CASE("the tables of a row model take what follows from the size of the block") {
  for (int bits = 10; bits <= 25; ++bits) {
    const Sizes sizes(uint64_t{1} << bits);
    const MemoryMeter meter;
    const auto model = std::make_unique<RowModel>(sizes, std::span<const time::TimestampFormat>());
    INFO(bits);
    CHECK(meter.Peak() <= sizes.Memory());
    // Nor much less, or readers would be refused memory that they do not need.
    if (MemoryMeter::Measures()) CHECK(meter.Peak() >= sizes.Memory() / 4);
  }
}

TEST_CASE("a line as long as the block takes no more memory than its header says") {
  std::string text;
  while (text.size() < 512 << 10) text += "a line that does not end\1\1\1 ";
  Packed packed;
  REQUIRE(MakeBlockCoder({9, block::BackendId::kMix})->Encode(text, &packed).ok());
  const uint64_t need = packed.raw_size + packed.payload.size() + packed.summary.decode_memory;
  ByteBuffer raw;
  block::BlockDecoder decoder;
  const MemoryMeter meter;
  REQUIRE(decoder.Decode(packed.summary.backend, packed.payload, packed.raw_size, need, &raw).ok());
  CHECK(raw == text);
  CHECK(meter.Peak() <= need);
}

}  // namespace
}  // namespace logpress::testing
