#include "backend/mix/skeletons.h"

#include <algorithm>

#include "backend/mix/pattern.h"
#include "base/hash.h"
#include "base/memory.h"

namespace logpress::mix {

uint32_t Skeletons::Add(uint32_t offset, std::span<const ScannedToken> tokens) {
  uint64_t key = 1;
  uint64_t shape = 1;
  const size_t first = words_.size();
  uint32_t constants = 0;
  for (const ScannedToken& token : tokens) {
    Word word = {token.type, token.kind, offset + token.offset, token.size, 0};
    uint64_t hash = HashMix(token.type, token.kind);
    if (token.type == ScannedToken::kConstant) {
      ++constants;
      shape = HashMix(shape, hash);
    }
    if (token.type != ScannedToken::kSlot)
      hash = HashBytes(text_.data() + word.offset, word.size, hash);
    if (token.type != ScannedToken::kConstant) shape = HashMix(shape, hash);
    key = HashMix(key, hash);
    word.hash = static_cast<uint32_t>(hash >> 32);
    words_.push_back(word);
  }
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) {
    words_.resize(first);
    ++skeletons_[found->second].count;
    return found->second;
  }
  if (words_.size() > kMaxTokens) {
    words_.resize(first);
    return kNone;
  }
  const auto id = static_cast<uint32_t>(skeletons_.size());
  by_key_.emplace(key, id);
  skeletons_.push_back({key, shape, 1, static_cast<uint32_t>(first),
                        static_cast<uint32_t>(words_.size() - first), constants, kNone});
  return id;
}

void Skeletons::Cluster(const ClusterRules& rules, Vector<ByteBuffer>* patterns) {
  // Shapes in order of first occurrence, the skeletons of each the most frequent first.
  HashMap<uint64_t, uint32_t> shape_of;
  Vector<Vector<uint32_t>> shapes;
  for (uint32_t i = 0; i < skeletons_.size(); ++i) {
    const auto [entry, fresh] =
        shape_of.emplace(skeletons_[i].shape, static_cast<uint32_t>(shapes.size()));
    if (fresh) shapes.emplace_back();
    shapes[entry->second].push_back(i);
  }
  for (Vector<uint32_t>& members : shapes) {
    std::sort(members.begin(), members.end(), [this](uint32_t a, uint32_t b) {
      const uint64_t count_a = skeletons_[a].count;
      const uint64_t count_b = skeletons_[b].count;
      return count_a != count_b ? count_a > count_b : a < b;
    });
    uint64_t work = 0;
    ClusterShape(members, rules, &work, patterns);
  }
}

struct Skeletons::Group {
  Vector<Word> words;
  uint64_t count;
  Vector<uint32_t> members;
};

void Skeletons::ClusterShape(std::span<const uint32_t> members, const ClusterRules& rules,
                             uint64_t* work, Vector<ByteBuffer>* patterns) {
  Vector<Group> groups;
  for (const uint32_t id : members) {
    const Skeleton& skeleton = skeletons_[id];
    const std::span<const Word> words(words_.data() + skeleton.first, skeleton.size);
    size_t best = 0;
    uint32_t best_distance = ~uint32_t{0};
    if (groups.size() < kMaxClusters && *work < kMaxWork && skeleton.words > 0) {
      for (size_t g = 0; g < groups.size() && best_distance != 0; ++g) {
        // Two strings may have one shape by an accident of hashing.
        if (groups[g].words.size() != words.size()) continue;
        uint32_t distance = 0;
        for (size_t k = 0; k < words.size(); ++k) {
          distance +=
              words[k].type == ScannedToken::kConstant &&
              (groups[g].words[k].type == kMerged || groups[g].words[k].hash != words[k].hash);
        }
        *work += words.size();
        if (distance < best_distance) {
          best_distance = distance;
          best = g;
        }
      }
    }
    const bool own = skeleton.words == 1 && skeleton.count >= rules.own_count;
    const uint32_t limit = std::max(1u, skeleton.words * rules.max_different / 10);
    if (best_distance <= limit && !own) {
      Group& group = groups[best];
      for (size_t k = 0; k < words.size(); ++k) {
        if (words[k].type == ScannedToken::kConstant && group.words[k].hash != words[k].hash)
          group.words[k].type = kMerged;
      }
      group.count += skeleton.count;
      group.members.push_back(id);
    } else {
      groups.push_back({{words.begin(), words.end()}, skeleton.count, {id}});
    }
  }
  for (const Group& group : groups) {
    if (group.count < rules.min_count) continue;
    for (const uint32_t id : group.members)
      skeletons_[id].pattern = static_cast<uint32_t>(patterns->size());
    patterns->push_back(PatternOf(group.words));
  }
}

ByteBuffer Skeletons::PatternOf(std::span<const Word> words) const {
  ByteBuffer pattern;
  for (const Word& word : words) {
    if (word.type == ScannedToken::kSlot) {
      AppendSlot(word.kind, &pattern);
    } else if (word.type == kMerged) {
      AppendSlot(kWord, &pattern);
    } else {
      AppendEscaped(text_.substr(word.offset, word.size), &pattern);
    }
  }
  return pattern;
}

}  // namespace logpress::mix
