// Which timestamp formats a log has, from a sample of its rows.
#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/memory.h"
#include "base/sort.h"
#include "text/tokenizer.h"
#include "time/timestamp.h"

namespace logpress::text {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  const auto lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || static_cast<uint8_t>(c) >= 0x80;
}
bool IsWord(char c) { return IsDigit(c) || IsLetter(c); }

// Three letters, small ones, as a number.
constexpr uint32_t Three(const char* p) {
  const auto letter = [p](int i) {
    return static_cast<uint32_t>(static_cast<uint8_t>(p[i] | 0x20));
  };
  return letter(0) | letter(1) << 8 | letter(2) << 16;
}

// Whether the three bytes at `p` begin the name of a month or weekday.
bool BeginsWithName(const char* p) {
  constexpr auto kNames =
      std::to_array<uint32_t>({Three("jan"), Three("feb"), Three("mar"), Three("apr"), Three("may"),
                               Three("jun"), Three("jul"), Three("aug"), Three("sep"), Three("oct"),
                               Three("nov"), Three("dec"), Three("mon"), Three("tue"), Three("wed"),
                               Three("thu"), Three("fri"), Three("sat"), Three("sun")});
  const uint32_t word = Three(p);
  bool found = false;
  for (const uint32_t name : kNames) found |= name == word;
  return found;
}

// Whether a word that begins at `p` can begin a timestamp worth finding: the name of a month or a
// weekday, or digits with enough others near. Cheap, where looking closely takes microseconds.
bool MayBeginTimestamp(const char* p, const char* end) {
  constexpr ptrdiff_t kNear = 20;
  constexpr int kMinDigits = 4;
  if (!IsDigit(*p) && (end - p < 3 || !BeginsWithName(p))) return false;
  int digits = 0;
  bool divided = false;
  for (const char* q = p; q < end && q - p < kNear; ++q) {
    digits += IsDigit(*q);
    divided = divided || *q == ':' || *q == '-' || *q == '/' || *q == '.' || *q == ' ';
    if (digits >= kMinDigits && (divided || digits >= 8)) return true;
  }
  return false;
}

// What looking closely found where a row went on like this: its digits and letters are one each. Of
// a log's values most are of a few shapes, and in small blocks looking at each would take a third
// of the time of packing.
class ShapesSeen {
 public:
  // As time::DetectTimestamp, of a text whose shape may be known. Null: no timestamp. The format is
  // there until the next call.
  const time::TimestampFormat* Detect(const char* p, const char* end, size_t* size) {
    Entry& entry = EntryOf(p, end);
    int64_t ticks;
    int64_t extra;
    // Where the shape tells of the byte behind it too, it is as long again.
    if (entry.size != 0 && entry.size < kShape &&
        entry.format.Match(p, end, &ticks, &extra, size) && *size == entry.size) {
      return &entry.format;
    }
    if (entry.failures >= kEnough) return nullptr;
    if (!time::DetectTimestamp(p, end, &entry.format, size)) {
      ++entry.failures;
      return nullptr;
    }
    entry.size = *size;
    return &entry.format;
  }

 private:
  static constexpr size_t kShape = 16;
  static constexpr size_t kEntries = 64;
  // What failed so often would fail again.
  static constexpr uint32_t kEnough = 2;

  using Shape = std::array<char, kShape>;
  struct Entry {
    Shape shape{};
    uint32_t failures = 0;
    size_t size = 0;  // of the timestamp that was found; 0: none
    time::TimestampFormat format;
  };

  // The entry of this shape, which takes the place of another one.
  Entry& EntryOf(const char* p, const char* end) {
    Shape shape{};
    const auto size = std::min(kShape, static_cast<size_t>(end - p));
    for (size_t i = 0; i < size; ++i) {
      shape[i] = IsDigit(p[i])                ? '0'
                 : p[i] >= 'A' && p[i] <= 'Z' ? 'A'
                 : IsLetter(p[i])             ? 'a'
                                              : p[i];
    }
    const uint64_t hash = HashBytes(shape.data(), shape.size(), 0);
    Entry& entry = entries_[hash % kEntries];
    if (entry.shape != shape) {
      entry = Entry();
      entry.shape = shape;
    }
    return entry;
  }

  std::array<Entry, kEntries> entries_;
};

}  // namespace

Vector<time::TimestampFormat> DetectTimestamps(ByteView text, std::span<const Slice> rows) {
  // In a small block, which takes as long to look at as to pack, fewer rows must do.
  constexpr size_t kMinSampledRows = 48;
  constexpr size_t kMaxSampledRows = 256;
  constexpr size_t kSampledShare = 8;
  constexpr size_t kSampledBytes = 256;  // of a row: timestamps stand near its beginning
  constexpr size_t kMaxFormats = 4;
  constexpr uint32_t kMinCount = 2;
  Map<time::TimestampFormat, uint32_t> counts;
  const size_t wanted = std::clamp(rows.size() / kSampledShare, kMinSampledRows, kMaxSampledRows);
  // Odd, for records of two lines or four.
  const size_t step = rows.size() / wanted | 1;
  uint32_t sampled = 0;
  ShapesSeen shapes;
  time::TimestampFormat last;  // the last one with a date and a time: the next is mostly the same
  for (size_t r = 0; r < rows.size(); r += step, ++sampled) {
    const char* const begin = text.data() + rows[r].offset;
    const char* const end = begin + rows[r].size;
    const char* const stop = std::min(end, begin + kSampledBytes);
    for (const char* p = begin; p < stop;) {
      size_t size = 0;
      const time::TimestampFormat* format = nullptr;
      if (IsWord(*p) && MayBeginTimestamp(p, end))
        format = time::FindsAgain(last, p, end, &size) ? &last : shapes.Detect(p, end, &size);
      if (format == nullptr) {
        const bool word = IsWord(*p);
        while (p < stop && IsWord(*p) == word) ++p;
        continue;
      }
      // A bare integer is as well off as a number.
      if (!format->is_epoch() || format->fraction_digits() > 0) ++counts[*format];
      if (format != &last && format->has_date() && format->has_time()) last = *format;
      p += size;
    }
  }
  Vector<std::pair<uint32_t, time::TimestampFormat>> frequent;
  for (const auto& [format, count] : counts) {
    if (count >= std::max(kMinCount, sampled / 32)) frequent.emplace_back(count, format);
  }
  StableSortFew(frequent.begin(), frequent.end(),
                [](const auto& a, const auto& b) { return a.first > b.first; });
  if (frequent.size() > kMaxFormats) frequent.resize(kMaxFormats);
  Vector<time::TimestampFormat> formats;
  formats.reserve(frequent.size());
  for (const auto& [count, format] : frequent) formats.push_back(format);
  StableSortFew(formats.begin(), formats.end(),
                [](const auto& a, const auto& b) { return a.max_size() > b.max_size(); });
  return formats;
}

}  // namespace logpress::text
