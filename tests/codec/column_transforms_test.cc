#include "codec/column_transforms.h"

#include <catch2/catch.hpp>
#include <string>

#include "ir/builder.h"
#include "support/random.h"

namespace logpress::codec {
namespace {

// The transform of the only column of numbers that the log has.
Transform TransformOf(const std::string& log, bool series = true) {
  ir::Builder builder;
  const ir::BlockView block = builder.Build(log);
  REQUIRE(block.root->table != nullptr);
  const ir::Table& table = *block.root->table;
  const Vector<Transform> transforms = ChooseColumnTransforms(table, [&] { return series; });
  REQUIRE(transforms.size() == table.columns.size());
  int found = 0;
  Transform transform = Transform::kPlain;
  for (size_t c = 0; c < transforms.size(); ++c) {
    if (table.columns[c].kind != ir::Column::Kind::kNumbers) continue;
    transform = transforms[c];
    ++found;
  }
  REQUIRE(found == 1);
  return transform;
}

std::string TwoCounters() {
  std::string log;
  for (int i = 0; i < 1000; ++i) {
    log += "read " + std::to_string(70000 + i * 512) + "\n";
    log += "written " + std::to_string(i * 4096 + 10) + "\n";
  }
  return log;
}

TEST_CASE("counters in the same place of two statements are two series") {
  CHECK(TransformOf(TwoCounters()) == Transform::kSeriesDeltaOfDelta);
}

TEST_CASE("a column has no series where the decoder has no memory for them") {
  CHECK_FALSE(HasSeries(TransformOf(TwoCounters(), false)));
}

TEST_CASE("one counter through two statements is no series") {
  testing::Random random(1);
  std::string log;
  int64_t clock = 1'000'000;
  for (int i = 0; i < 2000; ++i) {
    clock += static_cast<int64_t>(1 + random.Below(30));
    log += (random.Below(2) == 0 ? "read " : "written ") + std::to_string(clock) + "\n";
  }
  CHECK_FALSE(HasSeries(TransformOf(log)));
}

TEST_CASE("more series than are told apart still come back") {
  NumberCoder there(Transform::kSeriesDelta);
  NumberCoder back(Transform::kSeriesDelta);
  testing::Random random(2);
  for (int i = 0; i < 20'000; ++i) {
    const uint64_t left = random.Below(500) * 0x9E3779B97F4A7C15u;
    const auto value = static_cast<int64_t>(random.Next());
    there.Enter(left);
    const uint64_t residual = there.ResidualOf(value);
    there.Learn(value);
    back.Enter(left);
    REQUIRE(back.ValueOf(residual) == value);
    back.Learn(value);
  }
}

TEST_CASE("a copy of a coder has series of its own") {
  NumberCoder numbers(Transform::kSeriesDelta);
  numbers.Enter(7);
  numbers.Learn(100);
  NumberCoder copy = numbers;
  copy.Enter(7);
  copy.Learn(5000);
  copy.Enter(8);
  numbers.Enter(8);
  numbers.Enter(7);
  CHECK(numbers.Expected() == 100);
}

}  // namespace
}  // namespace logpress::codec
