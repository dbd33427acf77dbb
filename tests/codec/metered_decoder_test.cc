#include "codec/metered_decoder.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/random.h"

namespace logpress::codec {
namespace {

// Bits of this part; the size of a part with a depth of 0.
double BitsOf(const Breakdown& parts, Part part) {
  return 8.0 * static_cast<double>(parts.Bytes()[Breakdown::Place(part, 0)]);
}

TEST_CASE("every part takes what its decisions are worth, and together they take the stream") {
  constexpr int kSymbols = 100000;
  const auto one = GENERATE(as<uint32_t>(), 1, 300, 20000, 32768, 65000, 65535);
  INFO("probability " << one);
  testing::Random random(one);
  std::vector<uint32_t> bits;
  ByteBuffer bytes;
  RangeEncoder encoder(&bytes);
  double worth = 0;
  for (int i = 0; i < kSymbols; ++i) {
    bits.push_back(random.Below(65536) < one);
    encoder.Code(bits.back(), one);
    worth -= std::log2((bits.back() != 0 ? one : 65536.0 - one) / 65536);
    encoder.CodeRaw(random.Next() & 31, 5);
    encoder.Code(1, 16384);  // two bits
    encoder.Code(1, 32768);  // and one
  }
  encoder.Finish();

  Breakdown parts;
  MeteredDecoder decoder(bytes, &parts);
  for (const uint32_t bit : bits) {
    REQUIRE(decoder.Code(0, one) == bit);
    Charge(decoder, Part::kNewIds, 0);
    decoder.CodeRaw(0, 5);
    Charge(decoder, Part::kNumbers, 0);
    decoder.Code(0, 16384);
    decoder.Code(0, 32768);
    Charge(decoder, Part::kText, 0);
  }
  CHECK(parts.count(Part::kNewIds, 0) == kSymbols);
  CHECK(BitsOf(parts, Part::kNewIds) == Approx(worth).epsilon(0.001).margin(16));
  CHECK(BitsOf(parts, Part::kNumbers) == Approx(5 * kSymbols).epsilon(0.001));
  CHECK(BitsOf(parts, Part::kText) == Approx(3 * kSymbols).epsilon(0.001));
  // The last bytes of the stream say no more than where in the range they are.
  CHECK(BitsOf(parts, Part::kNewIds) + BitsOf(parts, Part::kNumbers) + BitsOf(parts, Part::kText) ==
        Approx(8.0 * static_cast<double>(bytes.size())).margin(64));
}

TEST_CASE("ids are told apart by whether they are new and whether they were guessed") {
  Breakdown parts;
  MeteredDecoder decoder("", &parts);
  const auto count = [&](Part part) { return parts.count(part, 1); };
  ChargeId(decoder, /*is_new=*/false, 1);
  CHECK(count(Part::kGuessedIds) == 1);
  decoder.NoteUnguessed();
  ChargeId(decoder, /*is_new=*/true, 1);
  CHECK(count(Part::kNewIds) == 1);
  decoder.NoteUnguessed();
  ChargeId(decoder, /*is_new=*/false, 1);
  CHECK(count(Part::kUnguessedIds) == 1);
  // A template that was not guessed says nothing of the value behind it.
  decoder.NoteUnguessed();
  Charge(decoder, Part::kTemplateIds, 1);
  ChargeId(decoder, /*is_new=*/false, 1);
  CHECK(count(Part::kGuessedIds) == 2);
}

TEST_CASE("past the end of the stream sizes go on growing") {
  Breakdown parts;
  MeteredDecoder decoder("", &parts);
  for (int i = 0; i < 1000; ++i) {
    decoder.CodeRaw(0, 8);
    Charge(decoder, Part::kNumbers, 2);
  }
  CHECK(parts.Bytes()[Breakdown::Place(Part::kNumbers, 2)] == Approx(1000).margin(1));
}

TEST_CASE("scaled sizes keep their proportions and add up to whole bytes") {
  Breakdown weights;
  weights.Add(Part::kText, 1, 1, 10);
  weights.Add(Part::kTemplates, 0, 2, 20);
  Breakdown parts;
  // A third of a byte for each text: it counts only after some of them.
  for (int i = 0; i < 300; ++i) parts.AddScaled(weights, 1);
  CHECK(parts.Bytes()[Breakdown::Place(Part::kText, 1)] == 100);
  CHECK(parts.Bytes()[Breakdown::Place(Part::kTemplates, 0)] == 200);
  CHECK(parts.count(Part::kText, 1) == 3000);
  // What nothing accounts for is kept.
  parts.AddScaled(Breakdown(), 7);
  CHECK(parts.Bytes()[Breakdown::Place(Part::kPayloadHeaders, 0)] == 7);
}

TEST_CASE("lists deeper than the deepest count as that") {
  Breakdown parts;
  for (const int depth : {3, 4, 8}) parts.AddBytes(Part::kText, depth, 5, 1);
  CHECK(parts.Bytes()[Breakdown::Place(Part::kText, 3)] == 15);
  CHECK(parts.count(Part::kText, 8) == 3);
}

}  // namespace
}  // namespace logpress::codec
