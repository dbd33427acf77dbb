// Finds the template of a dictionary that a row, or a value, fits.
#ifndef LOGPRESS_PRIMER_MATCHER_H_
#define LOGPRESS_PRIMER_MATCHER_H_

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "cluster/skeleton.h"
#include "text/tokenizer.h"
#include "time/timestamp.h"

namespace logpress::primer {

using text::Slice;

// A string that has a template, and where the values of its slots are in it.
struct Example {
  uint32_t table;
  uint32_t template_id;
  ByteView row;
  Vector<Slice> slots;  // in `row`
};

// Made once; then any number of threads may ask.
class Matcher : public InMemory {
 public:
  // One example a template is enough. Those whose slots are no tokens are never found.
  Matcher(size_t tables, std::span<const Example> examples,
          std::span<const time::TimestampFormat> timestamps);

  std::span<const time::TimestampFormat> timestamps() const { return timestamps_; }

  // Tokens to work in, and the slots of what was found.
  struct Scratch {
    Vector<text::Token> tokens;
    Vector<Slice> slots;
  };
  // The template of `table` that the bytes fit, the one with the fewest slots, and those; kNone if
  // there is none.
  uint32_t Find(uint32_t table, ByteView text, Slice value, Scratch* scratch) const;

  // How the rows of a skeleton have the slots of a template.
  struct Plan {
    uint32_t template_id;
    uint32_t begin;         // of its sources, in Plans::sources
    uint32_t source_count;  // one a slot
    uint32_t check_count;   // behind them: values that must be as in the template
  };
  struct Source {
    uint32_t value;  // index among the row's variable tokens, or kNone: it is `bytes`
    Slice bytes;     // in the text of the rows; of a check in that of the matcher
  };
  struct Plans {
    Vector<uint32_t> begin;  // per skeleton, and one more: its plans, best first
    Vector<Plan> plans;
    Vector<Source> sources;
  };
  // For the rows of a block, which were divided with timestamps().
  void FindPlans(ByteView text, std::span<const Slice> rows, const cluster::SkeletonSet& set,
                 Plans* plans) const;
  // The template of a row, and its slots; kNone if it fits none.
  uint32_t FindRow(ByteView text, uint32_t row, const cluster::SkeletonSet& set, const Plans& plans,
                   Vector<Slice>* slots) const;

 private:
  struct Pattern {
    uint32_t template_id;
    uint32_t slots;
    Slice row;  // in text_
    uint32_t token_begin;
    uint32_t token_count;
  };
  struct PatternToken {
    Slice slice;  // in text_
    bool slot;
  };
  struct Table {
    text::Grain grain = text::Grain::kLine;
    HashMap<uint64_t, Vector<Pattern>> by_shape;
  };

  uint64_t ShapeOf(const char* text, Slice row, std::span<const text::Token> tokens) const;
  bool SlotsAreTokens(const Example& example, text::Grain grain, Vector<text::Token>* tokens) const;
  void AddPattern(const Example& example, std::span<const text::Token> tokens, Table* table);
  // Whether a row fits. Of a variable token that is no slot of the pattern only the place counts if
  // `of_skeleton`.
  bool Fits(const Pattern& pattern, const char* text, Slice row,
            std::span<const text::Token> tokens, bool of_skeleton) const;

  uint64_t seed_ = 0;
  ByteBuffer text_;
  Vector<time::TimestampFormat> timestamps_;
  Vector<PatternToken> tokens_;
  Vector<Table> tables_;
};

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_MATCHER_H_
