// Where the bytes of an archive go.
#ifndef LOGPRESS_CODEC_BREAKDOWN_H_
#define LOGPRESS_CODEC_BREAKDOWN_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace logpress::codec {

// What bytes are spent on. Later stages have parts here too, so that there is one list of them.
enum class Part : uint8_t {
  kArchiveHeaders,  // of archives, and their footers
  kIndexes,
  kFrameHeaders,
  kPayloadHeaders,  // kinds and sizes of streams, and what is left over in these
  kRawBlocks,       // all of their payloads
  kTemplateCounts,  // how many rows have each template
  kTemplates,       // their text
  kColumns,         // kinds and formats of columns, which slots they are, and the heads of lists
  kTemplateIds,     // which template a row has
  kGuessedIds,      // values that some context expected
  kUnguessedIds,    // others that have occurred
  kNewIds,          // that a value is new; which it is, is in the lists
  kFailedGuesses,   // mix: that no context expected a value, which follows
  kMasks,           // planes: which values of a row are what was expected
  kTimestamps,      // in columns
  kNumbers,         // in columns
  kNumberLists,     // lists of numbers or of timestamps
  kText,            // strings
  kUnreadable,      // damaged places
};
inline constexpr size_t kParts = static_cast<size_t>(Part::kUnreadable) + 1;

// How much each part takes, apart for each depth: that of the list to which the bytes belong.
// 0: the rows of a block; 1: the values of their columns; and so on. Sizes are kept in fractions
// of a byte, so that many small blocks add up to the truth.
class Breakdown {
 public:
  // Sizes are in units of 2^-kUnitBits bytes, which is 2^-12 bits as in base/log2.h.
  static constexpr int kUnitBits = 15;
  // Lists below the deepest count as the deepest.
  static constexpr size_t kDepths = 4;
  using Sizes = std::array<uint64_t, kParts * kDepths>;

  // Adds a size, and how many things (ids, strings, templates, ...) take it. Depth is at least 0.
  void Add(Part part, int depth, uint64_t units, uint64_t count) {
    const size_t place = Place(part, static_cast<size_t>(depth));
    units_[place] += units;
    counts_[place] += count;
  }
  void AddBytes(Part part, int depth, uint64_t bytes, uint64_t count) {
    Add(part, depth, bytes << kUnitBits, count);
  }
  // Adds all of `other`.
  void Add(const Breakdown& other);
  // Adds all of `other` with its sizes scaled so that they are `bytes` in all. When `other` is
  // empty those go to kPayloadHeaders.
  void AddScaled(const Breakdown& other, uint64_t bytes);

  // The sizes in whole bytes, so rounded that they add up to what was added, if that was whole.
  Sizes Bytes() const;
  uint64_t count(Part part, size_t depth) const { return counts_[Place(part, depth)]; }

  // Where in Sizes a part stands.
  static constexpr size_t Place(Part part, size_t depth) {
    return static_cast<size_t>(part) * kDepths + (depth < kDepths ? depth : kDepths - 1);
  }

 private:
  Sizes units_{};
  Sizes counts_{};
};

// The same for the streams of a block, each by itself, as they are before a backend packs them.
struct StreamBreakdown {
  Breakdown metadata;  // the first bytes of meta
  Breakdown meta;      // the others
  Breakdown text;
  Breakdown lists;
  Breakdown rows;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_BREAKDOWN_H_
