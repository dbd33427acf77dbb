#include "text/row_ends.h"

#include <algorithm>

namespace logpress::text {
namespace {

constexpr size_t kWindow = size_t{16} << 10;
constexpr size_t kWindows = 4;
// A mark that ends rows comes this often in the samples, and not more often than rows have sense.
constexpr size_t kMinMarks = 16;
constexpr size_t kMinMeanRow = 16;
constexpr size_t kMaxMeanRow = 4096;
// Records that are counted: so many in a row prove it, and the first begins not behind this.
constexpr int kProof = 8;
constexpr size_t kMaxStart = size_t{64} << 10;
constexpr size_t kMaxCountDigits = 7;

// Whether the byte at `i` is a carriage return that neither ends a line nor stands before another.
bool IsLoneReturn(ByteView text, size_t i) {
  return text[i] == '\r' && i + 1 < text.size() && text[i + 1] != '\n' && text[i + 1] != '\r';
}

// Where the record ends whose count stands at `begin`; 0 if no count stands there, or a longer one
// than the text has bytes for.
size_t RecordEnd(ByteView text, size_t begin) {
  size_t count = 0;
  size_t i = begin;
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9' && i - begin < kMaxCountDigits; ++i)
    count = count * 10 + static_cast<size_t>(text[i] - '0');
  if (i == begin || text[begin] == '0' || i == text.size() || text[i] != ' ') return 0;
  const size_t end = i + 1 + count;
  return end <= text.size() ? end : 0;
}

// The first place from which records follow one another; the size of the text if there is none.
size_t FindRecords(ByteView text) {
  for (size_t begin = 0; begin < std::min(kMaxStart, text.size()); ++begin) {
    size_t at = begin;
    int records = 0;
    while (records < kProof && at < text.size()) {
      at = RecordEnd(text, at);
      if (at == 0) break;
      ++records;
    }
    if (records == kProof) return begin;
  }
  return text.size();
}

}  // namespace

RowEnds::RowEnds(ByteView text) : text_(text) {
  size_t newlines = 0;
  size_t returns = 0;
  size_t nuls = 0;
  size_t seen = 0;
  for (size_t w = 0; w < kWindows; ++w) {
    const size_t begin = std::max(seen, text.size() / kWindows * w);
    const ByteView window = text.substr(begin, kWindow);
    seen = begin + window.size();
    newlines += static_cast<size_t>(std::count(window.begin(), window.end(), '\n'));
    nuls += static_cast<size_t>(std::count(window.begin(), window.end(), '\0'));
    if (window.find('\r') == ByteView::npos) continue;
    for (size_t i = 0; i < window.size(); ++i) returns += IsLoneReturn(window, i);
  }
  const size_t sampled = std::min(text.size(), kWindows * kWindow);
  const auto ends_rows = [&](size_t marks) {
    return marks >= kMinMarks && marks > newlines / 2 && marks * kMinMeanRow <= sampled &&
           marks * kMaxMeanRow >= sampled;
  };
  if (ends_rows(returns)) {
    mark_ = '\r';
  } else if (ends_rows(nuls)) {
    mark_ = '\0';
  } else if (newlines * kMaxMeanRow < sampled) {
    record_ = FindRecords(text);
    counted_ = record_ < text.size();
  }
}

size_t RowEnds::After(size_t begin) {
  if (newline_end_ <= begin) {
    const size_t newline = text_.find('\n', begin);
    newline_end_ = newline == ByteView::npos ? text_.size() : newline + 1;
  }
  size_t end = newline_end_;
  if (counted_) {
    while (record_ <= begin) {
      const size_t next = RecordEnd(text_, record_);
      // A record that was cut: what is behind it has no counts that could be trusted.
      counted_ = next != 0;
      if (!counted_) return end;
      record_ = next;
    }
    return std::min(end, record_);
  }
  if (mark_ == '\n') return end;
  for (size_t i = begin;; ++i) {
    i = text_.substr(0, end).find(mark_, i);
    if (i == ByteView::npos) return end;
    if (mark_ == '\0' || IsLoneReturn(text_, i)) return i + 1;
  }
}

}  // namespace logpress::text
