#include "cluster/skeleton.h"

#include <cstring>

#include "base/hash.h"

namespace logpress::cluster {
namespace {

using text::Slice;
using text::Token;

constexpr uint64_t kVariableMark = 3;

struct RowHash {
  uint64_t skeleton;
  uint64_t shape;
};

RowHash HashRow(ByteView text, Slice row, std::span<const Token> tokens) {
  RowHash hash{1, 2};
  uint32_t at = row.offset;
  const auto gap = [&](uint32_t end) {
    const uint64_t h = HashBytes(text.data() + at, end - at, 77);
    hash.skeleton = HashMix(hash.skeleton, h);
    hash.shape = HashMix(hash.shape, h);
  };
  for (const Token& token : tokens) {
    gap(token.slice.offset);
    if (token.variable) {
      hash.skeleton = HashMix(hash.skeleton, kVariableMark);
    } else {
      hash.skeleton = HashBytes(text.data() + token.slice.offset, token.slice.size, hash.skeleton);
    }
    at = token.slice.offset + token.slice.size;
  }
  gap(row.offset + row.size);
  return hash;
}

// Whether the rows agree in every byte outside their variable tokens, and in which tokens are
// variable.
bool SameSkeleton(ByteView text, Slice row, std::span<const Token> tokens, Slice other_row,
                  std::span<const Token> other_tokens) {
  if (tokens.size() != other_tokens.size()) return false;
  uint32_t at = row.offset;
  uint32_t other_at = other_row.offset;
  const auto same = [&](uint32_t end, uint32_t other_end) {
    return end - at == other_end - other_at &&
           std::memcmp(text.data() + at, text.data() + other_at, end - at) == 0;
  };
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].variable != other_tokens[i].variable) return false;
    if (!tokens[i].variable) continue;
    const Slice value = tokens[i].slice;
    const Slice other = other_tokens[i].slice;
    if (!same(value.offset, other.offset)) return false;
    at = value.offset + value.size;
    other_at = other.offset + other.size;
  }
  return same(row.offset + row.size, other_row.offset + other_row.size);
}

}  // namespace

void CollectSkeletons(ByteView text, std::span<const Slice> rows, text::Grain grain,
                      std::span<const text::TimestampFormat> timestamps, SkeletonSet* set) {
  set->skeletons.clear();
  set->tokens.clear();
  set->row_skeleton.clear();
  set->row_values.clear();
  set->values.clear();
  set->row_skeleton.reserve(rows.size());
  set->row_values.reserve(rows.size());

  // Open addressing over indexes into `skeletons`, with their hashes beside them; at most half
  // full.
  constexpr uint32_t kNone = ~uint32_t{0};
  std::vector<uint64_t> hashes;
  std::vector<uint32_t> slots(1024, kNone);
  std::vector<Token> tokens;
  for (uint32_t row = 0; row < rows.size(); ++row) {
    tokens.clear();
    text::Tokenize(text, rows[row], grain, timestamps, &tokens);
    const RowHash hash = HashRow(text, rows[row], tokens);
    set->row_values.push_back(static_cast<uint32_t>(set->values.size()));
    for (const Token& token : tokens) {
      if (token.variable) set->values.push_back(token.slice);
    }
    size_t at = hash.skeleton & (slots.size() - 1);
    uint32_t found = kNone;
    for (; slots[at] != kNone; at = (at + 1) & (slots.size() - 1)) {
      const uint32_t candidate = slots[at];
      if (hashes[candidate] != hash.skeleton) continue;
      const Skeleton& skeleton = set->skeletons[candidate];
      if (SameSkeleton(text, rows[row], tokens, rows[skeleton.first_row],
                       set->TokensOf(skeleton))) {
        found = candidate;
        break;
      }
    }
    if (found == kNone) {
      found = static_cast<uint32_t>(set->skeletons.size());
      slots[at] = found;
      hashes.push_back(hash.skeleton);
      set->skeletons.push_back({row, 0, static_cast<uint32_t>(set->tokens.size()),
                                static_cast<uint32_t>(tokens.size()), hash.shape});
      set->tokens.insert(set->tokens.end(), tokens.begin(), tokens.end());
      if (set->skeletons.size() * 2 > slots.size()) {
        slots.assign(slots.size() * 2, kNone);
        for (uint32_t i = 0; i < hashes.size(); ++i) {
          size_t free = hashes[i] & (slots.size() - 1);
          while (slots[free] != kNone) free = (free + 1) & (slots.size() - 1);
          slots[free] = i;
        }
      }
    }
    ++set->skeletons[found].rows;
    set->row_skeleton.push_back(found);
  }
}

}  // namespace logpress::cluster
