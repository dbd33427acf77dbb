#include "text/text_masks.h"

#include <array>
#include <cstring>

namespace logpress::text {

void TextMasks::Classify(size_t first, size_t last) {
  // 8 KiB of text: masks and text stay in the first cache.
  constexpr size_t kWindow = 128;
  const bool in_order = first >= window_begin_ && first <= window_end_;
  const size_t blocks = text_.size() / 64;  // that are whole
  if (in_order) last = std::max(last, std::min(first + kWindow, blocks));
  window_begin_ = first;
  window_end_ = last;
  if (window_.size() < last - first) window_.resize(std::max(last - first, kWindow + 2));
  const size_t whole = std::min(last, blocks) - std::min(first, blocks);
  kernel_.classify(text_.data() + first * 64, whole, window_.data());
  if (first + whole == last) return;
  // The text's end, which may be shorter than a block, and nothing behind it.
  std::array<char, 64> padded{};
  const ByteView rest = text_.substr(blocks * 64);
  std::memcpy(padded.data(), rest.data(), rest.size());
  kernel_.classify(padded.data(), 1, window_.data() + whole);
  for (uint64_t& mask : window_[whole].mask) mask &= (uint64_t{1} << rest.size()) - 1;
  std::fill(window_.begin() + static_cast<std::ptrdiff_t>(whole) + 1,
            window_.begin() + static_cast<std::ptrdiff_t>(last - first), MaskBlock{});
}

}  // namespace logpress::text
