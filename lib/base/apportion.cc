#include "base/apportion.h"

#include <algorithm>
#include <numeric>

#include "base/memory.h"

namespace logpress {

void Apportion(uint64_t total, std::span<uint64_t> shares) {
  __extension__ using Product = unsigned __int128;
  const uint64_t sum = std::accumulate(shares.begin(), shares.end(), uint64_t{0});
  if (sum == 0) return;
  Vector<uint64_t> lost(shares.size());
  uint64_t left = total;
  for (size_t i = 0; i < shares.size(); ++i) {
    const Product product = Product{shares[i]} * total;
    shares[i] = static_cast<uint64_t>(product / sum);
    lost[i] = static_cast<uint64_t>(product % sum);
    left -= shares[i];
  }
  Vector<size_t> order(shares.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return lost[a] > lost[b]; });
  for (size_t i = 0; left > 0; ++i, --left) ++shares[order[i]];
}

}  // namespace logpress
