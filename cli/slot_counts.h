// How often the values of a slot come in two logs, and whether that differs by more than chance.
//
// Values are told apart where there are few; more of them are counted by their magnitude, if all
// are numbers. Lines that follow one another tend to have the same value, and then they are not as
// many observations as there are lines: each log is looked at in some spans, and where a value is
// spread over these more unevenly than by chance, its lines count for as many fewer (the
// quasi-likelihood of McCullagh and Nelder, 1989).
#ifndef LOGPRESS_CLI_SLOT_COUNTS_H_
#define LOGPRESS_CLI_SLOT_COUNTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "cli/rate_test.h"

namespace logpress::cli {

// One of the values, or a magnitude.
struct ValueCount {
  std::string value;
  uint64_t before;   // lines of the first log
  uint64_t after;    // lines of the second log
  double ratio;      // of the shares of lines, new to old; meaningless if there were none before
  Counts effective;  // for the test: what the lines are worth
};

class SlotCounts {
 public:
  // Values that are told apart; more, and longer ones, are not.
  static constexpr size_t kMost = 32;
  static constexpr size_t kMostBytes = 256;

  // The value of the next line of the first log, or of the second one if it is `newer`. *room: how
  // many values all slots together may still keep.
  void Add(ByteView value, bool newer, size_t* room);

  // Of single values only if they are to be `told_apart`. None if one of the logs has no line.
  std::vector<ValueCount> Compare(bool told_apart) const;

 private:
  static constexpr size_t kSpans = 8;
  using SpanLines = std::array<uint64_t, kSpans>;
  struct Entry {
    uint64_t key;
    std::string text;  // empty for magnitudes
    std::array<SpanLines, 2> lines;
  };
  // Spans of `width` lines each.
  struct Log {
    uint64_t lines = 0;
    uint64_t width = 1;
  };

  void Widen(size_t log);
  double DispersionOf(const Entry& entry, size_t log) const;
  void AddValue(ByteView value, size_t log, size_t span, size_t* room);
  void AddMagnitude(ByteView value, size_t log, size_t span);

  std::array<Log, 2> logs_;
  std::vector<Entry> values_;
  bool many_ = false;  // more than are told apart
  std::vector<Entry> magnitudes_;
  bool numbers_ = true;  // so far
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_SLOT_COUNTS_H_
