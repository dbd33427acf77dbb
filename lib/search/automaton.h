// The places in one literal that bytes which come piece by piece may have led to.
//
// Bit i of a set of states says that the last i bytes are the literal's first i; bit 0 is always
// set, and the highest says that the literal was found, whatever follows. That is Shift-And (R.
// Baeza-Yates and G. Gonnet, "A New Approach to Text Searching", 1992), which also goes over many
// values at once: what a value does to each state is a few words (Step), and what any value of some
// kind may do to them is a table (Reach). So a row is searched without making its bytes.
#ifndef LOGPRESS_SEARCH_AUTOMATON_H_
#define LOGPRESS_SEARCH_AUTOMATON_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "search/needs.h"

namespace logpress::search {

using States = uint64_t;
inline constexpr States kStart = 1;

// What one string does.
struct Step {
  States fresh = kStart;  // where it leads from anywhere: its own end may begin the literal
  States carry = 0;       // the states that it goes on with, by `size` ...
  States ends = 0;        // ... or to the literal's end
  uint32_t size = 0;

  bool operator==(const Step&) const = default;
};

// What strings of some kind may do.
class Reach {
 public:
  static constexpr size_t kStates = 64;

  Reach() { from_[0] = kStart; }
  Reach(const Reach& other) { *this = other; }
  // Mostly one state goes on and a few others, of many thousands of dictionaries.
  Reach& operator=(const Reach& other) {
    going_ = other.going_;
    for (States states = going_; states != 0; states &= states - 1) {
      const auto state = static_cast<size_t>(std::countr_zero(states));
      from_[state] = other.from_[state];
    }
    return *this;
  }

  // Where a state may go on to. Of the first state, which goes on wherever it likes: all that is
  // begun anew too.
  States From(size_t state) const { return (going_ >> state & 1) == 0 ? 0 : from_[state]; }
  // The states that go on at all: mostly the first alone.
  States going() const { return going_; }

  void Add(size_t state, States to) {
    if (to == 0) return;
    from_[state] = From(state) | to;
    going_ |= States{1} << state;
  }

 private:
  std::array<States, kStates> from_;  // of those that go on
  States going_ = kStart;
};

// Immutable; any threads.
class Automaton {
 public:
  // Of a longer literal only so many bytes are looked for.
  static constexpr size_t kMaxSize = Reach::kStates - 1;

  // A literal is a set of bytes for each of its places: at least one, none empty.
  explicit Automaton(const std::vector<ByteSet>& literal);

  // Whether `found` says that all of the literal is there.
  bool whole() const { return whole_; }
  States found() const { return States{1} << size_; }
  bool Found(States states) const { return (states & found()) != 0; }

  States Run(States states, ByteView bytes) const {
    for (const char byte : bytes) states = Go(states, byte) | kStart;
    return states;
  }
  States Run(States states, const Step& step) const {
    States next = step.fresh | (states & found());
    if ((states & step.ends) != 0) next |= found();
    // Without one to be moved the size may be anything.
    const States carried = states & step.carry;
    return carried == 0 ? next : next | carried << step.size;
  }
  States Run(States states, const Reach& reach) const;

  // The states from which the string, or one of those strings, leads to one of `after`.
  States Before(States after, const Step& step) const;
  States Before(States after, const Reach& reach) const;
  // Whether between some of `before` and some of `after` a string does more than to be passed by:
  // it begins, goes on with or ends the literal, or holds it.
  bool Crosses(States before, const Reach& reach, States after) const;

  Step StepOf(ByteView bytes) const;
  // The same, but for a literal that is inside.
  Step EdgesOf(ByteView bytes) const;

  // Whether EdgesOf() of a string may tell anything: most strings of a log neither go on with the
  // literal nor begin it.
  bool HasEdges(ByteView bytes) const {
    return bytes.empty() || (at_[static_cast<uint8_t>(bytes.front())] & ~kStart) != 0 ||
           (at_[static_cast<uint8_t>(bytes.back())] & ~(found() >> 1)) != 0;
  }

  // Adds what a string may do.
  void Add(const Step& step, Reach* reach) const;
  // Adds what is made of one of the strings of `first` and then one of `second`.
  Reach Join(const Reach& first, const Reach& second) const;
  static void Unite(const Reach& other, Reach* reach);
  // Strings of bytes for which `allowed` holds, `least` to `most` of them.
  template <typename Allowed>
  void AddRuns(const Allowed& allowed, size_t least, size_t most, Reach* reach) const;

  // Where the literal is in `bytes` from `at` on; npos: nowhere.
  size_t Find(ByteView bytes, size_t at) const;

 private:
  States Go(States states, char byte) const {
    return (states & at_[static_cast<uint8_t>(byte)]) << 1 | (states & found());
  }

  size_t size_;
  bool whole_;
  std::vector<std::string> bytes_;  // that are right at each place
  // The longest run of places with one right byte each, and where it begins.
  std::string anchor_;
  size_t anchor_at_ = 0;
  size_t rarest_ = 0;             // of its bytes
  bool has_rare_ = false;         // that one is a rare one
  std::array<States, 256> at_{};  // the places of each byte
};

template <typename Allowed>
void Automaton::AddRuns(const Allowed& allowed, size_t least, size_t most, Reach* reach) const {
  const auto fits = [&](size_t i) {
    return std::any_of(bytes_[i].begin(), bytes_[i].end(), allowed);
  };
  // From within the literal: a run of it, up to its end or a whole string.
  for (size_t i = 1; i < size_; ++i) {
    if (least == 0) reach->Add(i, States{1} << i);
    for (size_t j = i; j < size_ && j - i < most && fits(j); ++j) {
      if (j + 1 == size_ || j + 1 - i >= least) reach->Add(i, States{1} << (j + 1));
    }
  }
  // From anywhere: the end of a string is the literal's beginning, or all of it is in there.
  for (size_t j = 0; j < size_ && j < most && fits(j); ++j) reach->Add(0, States{1} << (j + 1));
}

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_AUTOMATON_H_
