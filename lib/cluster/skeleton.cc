#include "cluster/skeleton.h"

#include <utility>

#include "base/memory.h"
#include "base/run_hash.h"
#include "text/row_scanner.h"

namespace logpress::cluster {
namespace {

using text::Slice;
using text::Token;

constexpr uint32_t kNone = ~uint32_t{0};
// Most logs have fewer values than this. Room that is not used takes no memory, and what has room
// is not moved when it grows.
constexpr size_t kBytesPerValue = 8;
// How many rows ahead memory is asked for: values of one column are far apart in the text.
constexpr uint32_t kAhead = 8;

// Hashes what stands between the values of a row.
uint64_t HashLiterals(const char* text, Slice row, std::span<const Slice> values, uint64_t seed) {
  uint64_t hash = seed + values.size();
  uint32_t at = row.offset;
  for (const Slice& value : values) {
    hash = HashRun(text + at, value.offset - at, hash);
    at = value.offset + value.size;
  }
  return HashRun(text + at, row.offset + row.size - at, hash);
}

// Whether the same stands between the values of two rows, as many in each.
bool SameLiterals(const char* text, Slice row, std::span<const Slice> values, Slice other_row,
                  std::span<const Slice> other_values) {
  uint32_t at = row.offset;
  uint32_t other_at = other_row.offset;
  const auto same = [&](uint32_t end, uint32_t other_end) {
    return end - at == other_end - other_at && SameRun(text + at, text + other_at, end - at);
  };
  for (size_t i = 0; i < values.size(); ++i) {
    if (!same(values[i].offset, other_values[i].offset)) return false;
    at = values[i].offset + values[i].size;
    other_at = other_values[i].offset + other_values[i].size;
  }
  return same(row.offset + row.size, other_row.offset + other_row.size);
}

// Hashes what stands between the tokens of a row.
uint64_t HashShape(const char* text, Slice row, std::span<const Token> tokens, uint64_t seed) {
  uint64_t hash = seed + tokens.size();
  uint32_t at = row.offset;
  for (const Token& token : tokens) {
    hash = HashRun(text + at, token.slice.offset - at, hash);
    at = token.slice.offset + token.slice.size;
  }
  return HashRun(text + at, row.offset + row.size - at, hash);
}

// A place of a table with open addressing.
struct Slot {
  uint32_t hash;  // says where to look first
  uint32_t skeleton;
};

// Doubles the room of a table.
void Grow(Vector<Slot>* slots) {
  const Vector<Slot> before = std::move(*slots);
  const size_t mask = before.size() * 2 - 1;
  slots->assign(mask + 1, Slot{0, kNone});
  for (const Slot& slot : before) {
    if (slot.skeleton == kNone) continue;
    size_t free = slot.hash & mask;
    while ((*slots)[free].skeleton != kNone) free = (free + 1) & mask;
    (*slots)[free] = slot;
  }
}

}  // namespace

void CollectSkeletons(ByteView text, std::span<const Slice> rows, text::Grain grain,
                      std::span<const time::TimestampFormat> timestamps, uint64_t seed,
                      SkeletonSet* set) {
  set->skeletons.clear();
  set->tokens.clear();
  set->row_skeleton.clear();
  set->row_values.clear();
  set->values.clear();
  set->row_skeleton.reserve(rows.size());
  set->row_values.reserve(rows.size() + 1);
  size_t bytes = 0;
  for (const Slice& row : rows) bytes += row.size;
  set->values.reserve(bytes / kBytesPerValue);

  Vector<Slot> slots(1024, Slot{0, kNone});  // at most half full
  // Which skeleton came behind each one last. Two rows in three have it again, and are compared
  // with it instead of hashed.
  Vector<uint32_t> next;
  uint32_t last = kNone;
  Vector<Token> tokens;
  text::RowScanner scanner(text, grain, timestamps);
  for (uint32_t row = 0; row < rows.size(); ++row) {
    if (row + kAhead < rows.size()) __builtin_prefetch(text.data() + rows[row + kAhead].offset);
    set->row_values.push_back(static_cast<uint32_t>(set->values.size()));
    scanner.Scan(rows[row], &set->values);
    const auto values = std::span<const Slice>(set->values).subspan(set->row_values[row]);
    const auto is = [&](uint32_t skeleton) {
      const uint32_t first = set->skeletons[skeleton].first_row;
      const auto first_values =
          std::span<const Slice>(set->values)
              .subspan(set->row_values[first], set->row_values[first + 1] - set->row_values[first]);
      return first_values.size() == values.size() &&
             SameLiterals(text.data(), rows[row], values, rows[first], first_values);
    };
    uint32_t found = last == kNone ? kNone : next[last];
    if (found == kNone || !is(found)) {
      found = kNone;
      const auto hash = static_cast<uint32_t>(HashLiterals(text.data(), rows[row], values, seed));
      size_t at = hash & (slots.size() - 1);
      for (; slots[at].skeleton != kNone && found == kNone; at = (at + 1) & (slots.size() - 1)) {
        if (slots[at].hash == hash && is(slots[at].skeleton)) found = slots[at].skeleton;
      }
      if (found == kNone) {
        found = static_cast<uint32_t>(set->skeletons.size());
        slots[at] = {hash, found};
        next.push_back(kNone);
        tokens.clear();
        text::Tokenize(text, rows[row], grain, timestamps, &tokens);
        set->skeletons.push_back({row, 0, static_cast<uint32_t>(set->tokens.size()),
                                  static_cast<uint32_t>(tokens.size()),
                                  HashShape(text.data(), rows[row], tokens, seed)});
        set->tokens.insert(set->tokens.end(), tokens.begin(), tokens.end());
        if (set->skeletons.size() * 2 > slots.size()) Grow(&slots);
      }
    }
    if (last != kNone) next[last] = found;
    last = found;
    ++set->skeletons[found].rows;
    set->row_skeleton.push_back(found);
  }
}

}  // namespace logpress::cluster
