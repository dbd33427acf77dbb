#include "codec/id_coding.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "support/random.h"

namespace logpress::codec {
namespace {

constexpr IdCoding kAll[] = {IdCoding::kPlace, IdCoding::kAge, IdCoding::kStep};

TEST_CASE("every id that occurred comes back from its code") {
  testing::Random random(1);
  for (int i = 0; i < 10'000; ++i) {
    const auto known = static_cast<uint32_t>(1 + random.Skewed(28));
    const auto id = static_cast<uint32_t>(random.Below(known));
    const auto last = static_cast<uint32_t>(random.Below(known + 1));
    for (const IdCoding coding : kAll) {
      const uint32_t coded = EncodeId(coding, id, known, last);
      CHECK(coded < uint32_t{1} << 31);
      CHECK(DecodeId(coding, coded, known, last) == id);
    }
  }
}

TEST_CASE("what nobody tells is some number") {
  testing::Random random(2);
  for (int i = 0; i < 10'000; ++i) {
    const auto coded = static_cast<uint32_t>(random.Next());
    for (const IdCoding coding : kAll)
      DecodeId(coding, coded, static_cast<uint32_t>(random.Next()), static_cast<uint32_t>(i));
  }
  CHECK(DecodeId(IdCoding::kAge, 1, 1, 0) == ~uint32_t{0});
  CHECK(DecodeId(IdCoding::kStep, 0, 1, 0) == ~uint32_t{0});
}

TEST_CASE("a column's kind tells how its ids are coded") {
  for (const IdCoding coding : kAll) {
    CHECK(KindOfIds(coding) < kColumnKinds);
    CHECK(KindOfIds(coding) != kNumberColumn);
    CHECK(CodingOfKind(KindOfIds(coding)) == coding);
  }
}

// Appends an id below `known`, or the next new one.
void Append(uint32_t id, uint32_t* known, std::vector<uint32_t>* ids) {
  ids->push_back(id);
  *known += id == *known;
}

TEST_CASE("popular values are coded by place, passing ones by age, recurring sequences by step") {
  testing::Random random(3);
  uint32_t known = 0;
  std::vector<uint32_t> popular;
  for (int i = 0; i < 20'000; ++i)
    Append(static_cast<uint32_t>(std::min<uint64_t>(random.Below(1 + random.Below(1000)), known)),
           &known, &popular);
  CHECK(ChooseIdCoding(popular, known, false) == IdCoding::kPlace);

  known = 0;
  std::vector<uint32_t> passing;
  for (int i = 0; i < 20'000; ++i)
    Append(
        known < 20 || random.OneIn(4) ? known : known - 1 - static_cast<uint32_t>(random.Below(20)),
        &known, &passing);
  CHECK(ChooseIdCoding(passing, known, false) == IdCoding::kAge);

  known = 0;
  std::vector<uint32_t> sequence;
  for (int i = 0; i < 20'000; ++i) Append(static_cast<uint32_t>(i % 3000), &known, &sequence);
  CHECK(ChooseIdCoding(sequence, known, false) == IdCoding::kStep);
}

TEST_CASE("few values are coded by place") {
  std::vector<uint32_t> ids;
  for (uint32_t i = 0; i < 20'000; ++i) ids.push_back(i % 63);
  CHECK(ChooseIdCoding(ids, 63, false) == IdCoding::kPlace);
  CHECK(ChooseIdCoding({}, 0, false) == IdCoding::kPlace);
  ids.resize(10);
  CHECK(ChooseIdCoding(ids, 1000, false) == IdCoding::kPlace);
}

}  // namespace
}  // namespace logpress::codec
