// Finds patterns: strings with the same delimiters and kinds of slots are compared word by word,
// and those that differ in few words become one pattern, in which these words are slots.
//
// After logzip (Liu et al., ASE 2019): coarse division, then clustering by token similarity.
#ifndef LOGPRESS_BACKEND_MIX_SKELETONS_H_
#define LOGPRESS_BACKEND_MIX_SKELETONS_H_

#include <cstdint>
#include <span>

#include "backend/mix/scanner.h"
#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::mix {

struct ClusterRules {
  uint64_t min_count = 1;  // a pattern that fits fewer strings is none
  // Words of a string that may differ from its pattern: their share in tenths, at least one.
  uint32_t max_different = 3;
  // A string of one word that occurs this often is a pattern of its own.
  uint64_t own_count = ~uint64_t{0};
};

class Skeletons {
 public:
  static constexpr uint32_t kNone = ~uint32_t{0};

  explicit Skeletons(ByteView text) : text_(text) {}

  // Adds a string that begins at `offset` of the text; returns the number of its skeleton, or kNone
  // when there is no room for more.
  uint32_t Add(uint32_t offset, std::span<const ScannedToken> tokens);

  // Clusters the skeletons. Appends the patterns to *patterns; pattern_of() then says which a
  // skeleton has.
  void Cluster(const ClusterRules& rules, Vector<ByteBuffer>* patterns);
  // Index into *patterns, or kNone.
  uint32_t pattern_of(uint32_t skeleton) const { return skeletons_[skeleton].pattern; }

 private:
  // Tokens and comparisons of tokens in all: bounds memory and time.
  static constexpr size_t kMaxTokens = size_t{3} << 20;
  static constexpr uint64_t kMaxWork = 20'000'000;
  static constexpr size_t kMaxClusters = 3000;

  struct Word {
    uint8_t type;  // a ScannedToken::Type, or kMerged
    uint8_t kind;
    uint32_t offset;
    uint32_t size;
    uint32_t hash;
  };
  static constexpr uint8_t kMerged = 3;
  struct Skeleton {
    uint64_t key;    // of all words
    uint64_t shape;  // of delimiters and kinds
    uint64_t count;
    uint32_t first;
    uint32_t size;
    uint32_t words;  // constant ones
    uint32_t pattern;
  };
  struct Group;

  void ClusterShape(std::span<const uint32_t> members, const ClusterRules& rules, uint64_t* work,
                    Vector<ByteBuffer>* patterns);
  ByteBuffer PatternOf(std::span<const Word> words) const;

  ByteView text_;
  Vector<Word> words_;
  Vector<Skeleton> skeletons_;
  HashMap<uint64_t, uint32_t> by_key_;  // looked up, never walked
};

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_SKELETONS_H_
