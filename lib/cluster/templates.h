// Iterative structure extraction: skeletons become templates.
//
// After logzip (Liu et al., "Logzip: Extracting Hidden Structures via Iterative Clustering for Log
// Compression", ASE 2019, section III), without its format strings: each round samples the
// skeletons that have no template yet, divides them coarsely by shape (the delimiters), clusters
// finely by shared constant tokens, merges every cluster into a template, and matches all skeletons
// that are left against the new templates. Rounds end when little is left or a round gains nothing.
// Working on skeletons instead of lines makes a round cheap: a log of a million lines has a few
// hundred.
#ifndef LOGPRESS_CLUSTER_TEMPLATES_H_
#define LOGPRESS_CLUSTER_TEMPLATES_H_

#include <cstdint>
#include <span>

#include "base/memory.h"
#include "cluster/skeleton.h"

namespace logpress::cluster {

// One template: the tokens of `skeleton` with some of them turned into slots.
struct Cluster {
  uint32_t skeleton;    // whose constant tokens and delimiters are the template's
  uint32_t slot_begin;  // in TemplateSet::is_slot, one flag a token
  uint32_t rows;        // rows that match
  uint32_t skeletons;   // skeletons that match
};

// What one round did, in rows.
struct Round {
  uint32_t unmatched_before;
  uint32_t unmatched_after;
};

inline constexpr uint32_t kNoTemplate = ~uint32_t{0};

struct TemplateSet {
  Vector<Cluster> clusters;
  Vector<uint8_t> is_slot;
  Vector<uint32_t>
      skeleton_cluster;  // per skeleton: index into clusters, or kNoTemplate: an exception
  Vector<Round> rounds;

  std::span<const uint8_t> SlotsOf(const Cluster& cluster, uint32_t token_count) const {
    return {is_slot.data() + cluster.slot_begin, token_count};
  }
};

struct ClusterOptions {
  // Skeletons looked at in a round. The sample is the most frequent ones, which carry the most
  // rows.
  uint32_t sample = 4096;
  // Share of the constant tokens that two skeletons must have in common to become one template.
  double similarity = 0.5;
};

// Finds the templates of `set`. Deterministic. Replaces *templates.
void ExtractTemplates(ByteView text, std::span<const text::Slice> rows, const SkeletonSet& set,
                      const ClusterOptions& options, TemplateSet* templates);

}  // namespace logpress::cluster

#endif  // LOGPRESS_CLUSTER_TEMPLATES_H_
