#include "codec/row_sink.h"

#include <catch2/catch.hpp>

namespace logpress::codec {
namespace {

TEST_CASE("a sink is not handed more empty values than rows of so few bytes can have") {
  class Counter : public RowSink {
   public:
    const char* Row(uint32_t /*template_id*/, std::span<const int64_t> slots) override {
      slots_ += slots.size();
      return nullptr;
    }
    size_t slots_ = 0;
  };
  DecodedTable table;
  table.templates.push_back({0, 0, 3});
  Counter counter;
  RowCollector rows(table, 4, &counter);
  const DecodedColumn column;
  const auto row = [&]() {
    rows.BeginRow(table.templates[0]);
    for (int i = 0; i < 3; ++i) CHECK(rows.AddNumber(column, i) == nullptr);
    return rows.EndRow();
  };
  // Two rows of three values and four bytes are possible; a third would be of nothing.
  CHECK(row() == nullptr);
  CHECK(row() == nullptr);
  CHECK(row() != nullptr);
  CHECK(counter.slots_ == 6);
}

}  // namespace
}  // namespace logpress::codec
