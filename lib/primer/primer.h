// A trained dictionary as the engine has it: what rows of some log are made of, and the models as
// they are after some of its rows.
//
// It is a block itself: templates and columns, and rows coded with their values. Whoever has
// decoded these rows has what a block starts from, and nothing else needs to be in the file.
// The file is described in docs/format.md, and read by file.h.
#ifndef LOGPRESS_PRIMER_PRIMER_H_
#define LOGPRESS_PRIMER_PRIMER_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "backend/zstd_prefix.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "primer/matcher.h"
#include "primer/shape.h"
#include "primer/state.h"
#include "primer/values.h"

namespace logpress::primer {

// Immutable once it is loaded: any number of threads may start blocks from it.
class Primer : public InMemory {
 public:
  // Reads a dictionary, which may be hostile. kInvalidArgument if it is none, kDataLoss if it is
  // damaged, kUnimplemented if it is of a newer version.
  static absl::StatusOr<std::unique_ptr<Primer>> Load(ByteView file);

  uint64_t id() const { return id_; }
  const Shape& shape() const { return shape_; }
  const State& start() const { return start_; }
  const Matcher& matcher() const { return *matcher_; }
  // The rows that it was trained with, and behind them some bytes that may be read.
  const ByteBuffer& text() const { return text_; }
  uint64_t text_size() const { return text_size_; }
  // What a byte packer may find repetitions of a block in: rows of the dictionary, and its long
  // strings.
  const backend::ZstdPrefix& prefix() const { return *zstd_; }
  const ValueLists& values() const { return values_; }
  const ValueIndex& index() const { return index_; }

 private:
  friend class Trainer;
  absl::Status Decode(uint64_t rows, ByteView long_text, ByteView coded);

  uint64_t id_ = 0;
  Shape shape_;
  State start_;
  ByteBuffer text_;
  uint64_t text_size_ = 0;
  ByteBuffer prefix_;
  std::unique_ptr<backend::ZstdPrefix> zstd_;  // of prefix_
  ValueLists values_;
  ValueIndex index_;
  std::unique_ptr<Matcher> matcher_;
};

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_PRIMER_H_
