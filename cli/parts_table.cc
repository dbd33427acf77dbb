#include "cli/parts_table.h"

#include "cli/table.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

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

std::string PartsTable(const std::vector<logpress_part>& parts, uint64_t packed_size,
                       uint64_t lines) {
  Table table;
  table.AddRow({"  bytes", "%", "bits/line", "count", "bits each", "part"});
  for (const logpress_part& part : parts)
    table.AddRow(Row(part.bytes, packed_size, lines, part.count, part.name));
  table.AddRow(Row(packed_size, packed_size, lines, 0, "all"));
  return table.Text(1);
}

}  // namespace logpress::cli
