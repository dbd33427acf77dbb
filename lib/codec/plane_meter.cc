#include "codec/plane_meter.h"

#include <array>

#include "base/log2.h"

namespace logpress::codec {
namespace {

// In units of 2^-12 bits.
uint64_t Entropy(ByteView bytes) {
  std::array<uint64_t, 256> counts{};
  for (const char byte : bytes) ++counts[static_cast<uint8_t>(byte)];
  const uint64_t log_total = Log2Fixed(bytes.size());
  uint64_t entropy = 0;
  for (const uint64_t count : counts) {
    if (count != 0) entropy += count * (log_total - Log2Fixed(count));
  }
  return entropy;
}

}  // namespace

void PlaneMeter::Charge(Part part, uint64_t count, size_t end) {
  uint64_t units = 0;
  for (; charged_ < end; charged_ += count) units += Entropy(coded_.substr(charged_, count));
  parts_->Add(part, depth_, units, count);
}

}  // namespace logpress::codec
