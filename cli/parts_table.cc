#include "cli/parts_table.h"

#include <array>

#include "archive/breakdown.h"
#include "base/status.h"
#include "cli/table.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

using codec::Breakdown;

// In the order of codec::Part. Those that end in a preposition are told apart by what it is of.
constexpr std::array<const char*, codec::kParts> kNames = {
    "archive headers and footers",
    "indexes",
    "frame headers",
    "payload headers",
    "raw blocks",
    "counts of templates",
    "templates of ",
    "columns of ",
    "template ids of ",
    "guessed ids in ",
    "unguessed ids in ",
    "new ids in ",
    "failed guesses in ",
    "masks of ",
    "timestamps in ",
    "numbers in ",
    "number lists of ",
    "text of ",
    "damaged places",
};
constexpr std::array<const char*, Breakdown::kDepths> kDepthNames = {"lines", "values", "words",
                                                                     "pieces"};

std::string Quotient(double dividend, uint64_t divisor, int digits) {
  if (divisor == 0) return "-";
  return Formatted("%.*f", digits, dividend / static_cast<double>(divisor));
}

std::vector<std::string> Row(uint64_t bytes, uint64_t all, uint64_t lines, uint64_t count,
                             const std::string& name) {
  const auto size = static_cast<double>(bytes);
  return {Cat(bytes),
          Quotient(100 * size, all, 1),
          Quotient(8 * size, lines, 2),
          count == 0 ? "-" : Cat(count),
          Quotient(8 * size, count, 2),
          name};
}

}  // namespace

absl::StatusOr<std::vector<PartSize>> MeasureParts(archive::IndexReader* reader) {
  Breakdown breakdown;
  LOGPRESS_RETURN_IF_ERROR(archive::MeasureFile(reader, &breakdown));
  const Breakdown::Sizes sizes = breakdown.Bytes();
  std::vector<PartSize> parts;
  for (size_t part = 0; part < codec::kParts; ++part) {
    for (size_t depth = 0; depth < Breakdown::kDepths; ++depth) {
      const uint64_t bytes = sizes[Breakdown::Place(static_cast<codec::Part>(part), depth)];
      const uint64_t count = breakdown.count(static_cast<codec::Part>(part), depth);
      if (bytes == 0 && count == 0) continue;
      std::string name = kNames[part];
      if (name.back() == ' ') name += kDepthNames[depth];
      parts.push_back({std::move(name), bytes, count});
    }
  }
  return parts;
}

std::string PartsTable(const std::vector<PartSize>& parts, uint64_t packed_size, uint64_t lines) {
  Table table;
  table.AddRow({"  bytes", "%", "bits/line", "count", "bits each", "part"});
  for (const PartSize& part : parts)
    table.AddRow(Row(part.bytes, packed_size, lines, part.count, part.name));
  table.AddRow(Row(packed_size, packed_size, lines, 0, "all"));
  return table.Text(1);
}

}  // namespace logpress::cli
