#include "cluster/templates.h"

#include <algorithm>
#include <cstring>

#include "base/memory.h"

namespace logpress::cluster {
namespace {

using text::Slice;
using text::Token;

// A coarse group holds at most this many templates; what fits none of them stays for the
// exceptions. It bounds the work on a log in which every line is a statement of its own.
constexpr size_t kMaxTemplatesPerShape = 64;
// Rounds end when fewer rows than one in this many are left without a template ...
constexpr uint32_t kLittleLeft = 200;
// ... or when there have been this many.
constexpr size_t kMaxRounds = 8;
// A cluster of fewer rows is no template: its text costs less among the exceptions.
constexpr uint32_t kMinRows = 2;

// Comparing tokens may take this many times the tokens of all rows, then what has no template stays
// without. A log in which every line is different would otherwise cost every line times every
// template.
constexpr uint64_t kComparisonsPerToken = 4;
constexpr uint64_t kMinComparisons = uint64_t{1} << 16;

class Extractor {
 public:
  Extractor(ByteView text, std::span<const Slice> rows, const SkeletonSet& set,
            const ClusterOptions& options, TemplateSet* out)
      : text_(text), rows_(rows), set_(set), options_(options), out_(out) {}

  void Run() {
    *out_ = TemplateSet();
    out_->skeleton_cluster.assign(set_.skeletons.size(), kNoTemplate);
    Vector<uint32_t> unmatched = CommonFirst();
    budget_ = kMinComparisons + kComparisonsPerToken * (set_.values.size() + set_.tokens.size());
    uint32_t left = static_cast<uint32_t>(rows_.size());
    while (left > rows_.size() / kLittleLeft && out_->rounds.size() < kMaxRounds && budget_ > 0) {
      const uint32_t before = left;
      const Vector<uint32_t> fresh = ClusterSample(unmatched);
      left -= Match(fresh, &unmatched);
      out_->rounds.push_back({before, left});
      if (left == before) break;
    }
  }

 private:
  // The skeletons by their rows. Those of one row, which may be a million, need no sorting.
  Vector<uint32_t> CommonFirst() const {
    const auto count = static_cast<uint32_t>(set_.skeletons.size());
    Vector<uint32_t> order;
    order.reserve(count);
    for (uint32_t i = 0; i < count; ++i) {
      if (set_.skeletons[i].rows > 1) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
      const uint32_t rows_a = set_.skeletons[a].rows;
      const uint32_t rows_b = set_.skeletons[b].rows;
      return rows_a != rows_b ? rows_a > rows_b : a < b;
    });
    for (uint32_t i = 0; i < count; ++i) {
      if (set_.skeletons[i].rows == 1) order.push_back(i);
    }
    return order;
  }

  void Spend(uint64_t comparisons) { budget_ -= std::min(budget_, comparisons); }

  bool SameBytes(Slice a, Slice b) const {
    return a.size == b.size &&
           std::memcmp(text_.data() + a.offset, text_.data() + b.offset, a.size) == 0;
  }

  // What lies between token `i - 1` and token `i` of a skeleton; the last gap ends the row.
  Slice Gap(const Skeleton& skeleton, std::span<const Token> tokens, size_t i) const {
    const Slice row = rows_[skeleton.first_row];
    const uint32_t begin =
        i == 0 ? row.offset : tokens[i - 1].slice.offset + tokens[i - 1].slice.size;
    const uint32_t end = i == tokens.size() ? row.offset + row.size : tokens[i].slice.offset;
    return {begin, end - begin};
  }

  bool SameGaps(const Skeleton& a, const Skeleton& b) const {
    if (a.token_count != b.token_count) return false;
    const auto tokens_a = set_.TokensOf(a);
    const auto tokens_b = set_.TokensOf(b);
    for (size_t i = 0; i <= tokens_a.size(); ++i) {
      if (!SameBytes(Gap(a, tokens_a, i), Gap(b, tokens_b, i))) return false;
    }
    return true;
  }

  // The share of the constant tokens of both that are the same; 1 if there is none to compare. A
  // word in a slot counts as different: otherwise a cluster that has lost a few tokens would take
  // in anything and lose the rest.
  double Similarity(const Cluster& cluster, const Skeleton& skeleton) const {
    const auto tokens = set_.TokensOf(skeleton);
    const auto other = set_.TokensOf(set_.skeletons[cluster.skeleton]);
    const auto slots = out_->SlotsOf(cluster, skeleton.token_count);
    uint32_t same = 0;
    uint32_t compared = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (slots[i] != 0) {
        compared += !tokens[i].variable;
        continue;
      }
      ++compared;
      same += !tokens[i].variable && SameBytes(tokens[i].slice, other[i].slice);
    }
    return compared == 0 ? 1 : static_cast<double>(same) / compared;
  }

  // Turns every token in which `skeleton` differs into a slot.
  void Merge(const Skeleton& skeleton, Cluster* cluster) {
    const auto tokens = set_.TokensOf(skeleton);
    const auto other = set_.TokensOf(set_.skeletons[cluster->skeleton]);
    uint8_t* const slots = out_->is_slot.data() + cluster->slot_begin;
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].variable || !SameBytes(tokens[i].slice, other[i].slice)) slots[i] = 1;
    }
  }

  bool Matches(const Cluster& cluster, const Skeleton& skeleton) {
    const auto tokens = set_.TokensOf(skeleton);
    const auto other = set_.TokensOf(set_.skeletons[cluster.skeleton]);
    const auto slots = out_->SlotsOf(cluster, skeleton.token_count);
    size_t i = 0;
    while (i < tokens.size() &&
           (slots[i] != 0 || (!tokens[i].variable && SameBytes(tokens[i].slice, other[i].slice))))
      ++i;
    Spend(i);
    return i == tokens.size();
  }

  // Clusters the front of `unmatched` and returns the clusters made.
  Vector<uint32_t> ClusterSample(std::span<const uint32_t> unmatched) {
    Vector<uint32_t> fresh;
    const size_t count = std::min<size_t>(unmatched.size(), options_.sample);
    for (size_t k = 0; k < count && budget_ > 0; ++k) {
      const uint32_t index = unmatched[k];
      const Skeleton& skeleton = set_.skeletons[index];
      Vector<uint32_t>& group = groups_[skeleton.shape];
      if (!group.empty() && !SameGaps(skeleton, set_.skeletons[out_->clusters[group[0]].skeleton]))
        continue;
      double best_similarity = options_.similarity;
      Cluster* best = nullptr;
      for (const uint32_t candidate : group) {
        Spend(skeleton.token_count);
        const double similarity = Similarity(out_->clusters[candidate], skeleton);
        if (similarity >= best_similarity) {
          best_similarity = similarity;
          best = &out_->clusters[candidate];
          if (similarity >= 1) break;
        }
      }
      if (best == nullptr) {
        if (group.size() >= kMaxTemplatesPerShape) continue;
        const auto id = static_cast<uint32_t>(out_->clusters.size());
        out_->clusters.push_back({index, static_cast<uint32_t>(out_->is_slot.size()), 0, 0});
        for (const Token& token : set_.TokensOf(skeleton)) out_->is_slot.push_back(token.variable);
        group.push_back(id);
        fresh.push_back(id);
        continue;
      }
      Merge(skeleton, best);
    }
    return fresh;
  }

  // Gives every skeleton of *unmatched that fits a template of its shape to the first that it fits,
  // removes it from *unmatched, and returns the rows so matched. Clusters of too few rows are taken
  // back: they may grow in a later round, when more of their shape has been seen.
  uint32_t Match(std::span<const uint32_t> fresh, Vector<uint32_t>* unmatched) {
    Vector<uint32_t> assigned(unmatched->size(), kNoTemplate);
    for (size_t k = 0; k < unmatched->size() && budget_ > 0; ++k) {
      const Skeleton& skeleton = set_.skeletons[(*unmatched)[k]];
      const auto group = groups_.find(skeleton.shape);
      if (group == groups_.end() || group->second.empty()) continue;
      if (!SameGaps(skeleton, set_.skeletons[out_->clusters[group->second[0]].skeleton])) continue;
      for (const uint32_t candidate : group->second) {
        Cluster& cluster = out_->clusters[candidate];
        Spend(1);
        if (!Matches(cluster, skeleton)) continue;
        assigned[k] = candidate;
        cluster.rows += skeleton.rows;
        ++cluster.skeletons;
        break;
      }
    }
    for (const uint32_t id : fresh) {
      if (out_->clusters[id].rows >= kMinRows) continue;
      std::erase(groups_[set_.skeletons[out_->clusters[id].skeleton].shape], id);
    }
    uint32_t matched = 0;
    size_t kept = 0;
    for (size_t k = 0; k < unmatched->size(); ++k) {
      const uint32_t index = (*unmatched)[k];
      if (assigned[k] != kNoTemplate && out_->clusters[assigned[k]].rows >= kMinRows) {
        out_->skeleton_cluster[index] = assigned[k];
        matched += set_.skeletons[index].rows;
      } else {
        (*unmatched)[kept++] = index;
      }
    }
    unmatched->resize(kept);
    // The next round samples what this one could not use: it goes to the back of the queue.
    const size_t sampled = std::min<size_t>(kept, options_.sample);
    std::rotate(unmatched->begin(), unmatched->begin() + static_cast<std::ptrdiff_t>(sampled),
                unmatched->end());
    return matched;
  }

  ByteView text_;
  std::span<const Slice> rows_;
  const SkeletonSet& set_;
  const ClusterOptions& options_;
  TemplateSet* out_;
  uint64_t budget_ = 0;
  // Clusters by shape, only ever looked up, never walked: the order of a hash map must not reach
  // the archive.
  HashMap<uint64_t, Vector<uint32_t>> groups_;
};

}  // namespace

void ExtractTemplates(ByteView text, std::span<const Slice> rows, const SkeletonSet& set,
                      const ClusterOptions& options, TemplateSet* templates) {
  Extractor(text, rows, set, options, templates).Run();
}

}  // namespace logpress::cluster
