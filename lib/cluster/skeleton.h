// The skeletons of a table's rows: what remains of a row without its variable tokens.
#ifndef LOGPRESS_CLUSTER_SKELETON_H_
#define LOGPRESS_CLUSTER_SKELETON_H_

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "text/tokenizer.h"

namespace logpress::cluster {

// One skeleton, described by the first row that has it.
struct Skeleton {
  uint32_t first_row;    // index of the row that stands for it
  uint32_t rows;         // rows that have it
  uint32_t token_begin;  // its tokens, in SkeletonSet::tokens
  uint32_t token_count;
  uint64_t shape;  // hash of the delimiters alone: only rows of one shape can share a template
};

// All rows of a table by skeleton.
struct SkeletonSet {
  Vector<Skeleton> skeletons;     // in order of first occurrence
  Vector<text::Token> tokens;     // of the skeletons' first rows
  Vector<uint32_t> row_skeleton;  // per row: index into skeletons
  Vector<uint32_t> row_values;    // per row: where its variable tokens begin in `values`
  Vector<text::Slice> values;     // variable tokens of all rows, row after row

  std::span<const text::Token> TokensOf(const Skeleton& skeleton) const {
    return {tokens.data() + skeleton.token_begin, skeleton.token_count};
  }
};

// Divides every row at `grain` and groups the rows by skeleton. Two rows are in one group only if
// the bytes outside their variable tokens are equal; equal hashes are not believed. `seed` keeps
// whoever writes a log from knowing which hashes are equal; the result does not depend on it.
// Replaces *set.
void CollectSkeletons(ByteView text, std::span<const text::Slice> rows, text::Grain grain,
                      std::span<const time::TimestampFormat> timestamps, uint64_t seed,
                      SkeletonSet* set);

}  // namespace logpress::cluster

#endif  // LOGPRESS_CLUSTER_SKELETON_H_
