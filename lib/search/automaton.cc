#include "search/automaton.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string_view>

namespace logpress::search {
namespace {

constexpr States LowBits(size_t count) {
  return count >= Reach::kStates ? ~States{0} : (States{1} << count) - 1;
}

template <typename Function>
void ForEach(States states, const Function& function) {
  for (; states != 0; states &= states - 1) function(static_cast<size_t>(std::countr_zero(states)));
}

// Bytes of logs from the most frequent on; others are rarer.
constexpr std::string_view kFrequent =
    " e0t1a2ionr3s4c5l6d789mp.:-/u=gfh\"b_,[]()wyvkSTREACINDOLMPBFHUGWxjVqKzXYJQZ";
// From here on looking for a byte alone takes less time than for several: it is hardly ever there.
constexpr size_t kFirstRare = 28;

size_t RarityOf(char byte) { return std::min(kFrequent.find(byte), kFrequent.size()); }

// Where `literal` is in `bytes` from `at` on, of which the byte at `rare` is a rare one.
size_t FindByByte(ByteView bytes, size_t at, ByteView literal, size_t rare) {
  for (at += rare; at < bytes.size(); ++at) {
    at = bytes.find(literal[rare], at);
    if (at == ByteView::npos) return at;
    if (bytes.substr(at - rare, literal.size()) == literal) return at - rare;
  }
  return ByteView::npos;
}

size_t FindByAll(ByteView bytes, size_t at, ByteView literal) {
  const void* const place =
      memmem(bytes.data() + at, bytes.size() - at, literal.data(), literal.size());
  if (place == nullptr) return ByteView::npos;
  return static_cast<size_t>(static_cast<const char*>(place) - bytes.data());
}

}  // namespace

Automaton::Automaton(const std::vector<ByteSet>& literal)
    : size_(std::min(literal.size(), kMaxSize)), whole_(literal.size() <= kMaxSize) {
  size_t run = 0;
  for (size_t i = 0; i < size_; ++i) {
    std::string& bytes = bytes_.emplace_back();
    for (size_t byte = 0; byte < literal[i].size(); ++byte) {
      if (!literal[i][byte]) continue;
      bytes.push_back(static_cast<char>(byte));
      at_[byte] |= States{1} << i;
    }
    run = bytes.size() == 1 ? run + 1 : 0;
    if (run <= anchor_.size()) continue;
    anchor_at_ = i + 1 - run;
    anchor_.clear();
    for (size_t k = anchor_at_; k <= i; ++k) anchor_ += bytes_[k];
  }
  for (size_t i = 1; i < anchor_.size(); ++i) {
    if (RarityOf(anchor_[i]) > RarityOf(anchor_[rarest_])) rarest_ = i;
  }
  has_rare_ = !anchor_.empty() && RarityOf(anchor_[rarest_]) >= kFirstRare;
}

States Automaton::Run(States states, const Reach& reach) const {
  States next = reach.From(0) | (states & found());
  ForEach(states & reach.going() & ~kStart, [&](size_t i) { next |= reach.From(i); });
  return next;
}

States Automaton::Before(States after, const Step& step) const {
  States before = after & found();
  if ((step.fresh & after) != 0) before |= kStart;
  if (step.carry != 0) before |= step.carry & after >> step.size;
  if ((after & found()) != 0) before |= step.ends;
  return before;
}

States Automaton::Before(States after, const Reach& reach) const {
  States before = after & found();
  ForEach(reach.going(), [&](size_t i) {
    if ((reach.From(i) & after) != 0) before |= States{1} << i;
  });
  return before;
}

bool Automaton::Crosses(States before, const Reach& reach, States after) const {
  bool crosses = (reach.From(0) & after & ~kStart) != 0;
  ForEach(before & reach.going() & ~kStart,
          [&](size_t i) { crosses = crosses || (reach.From(i) & after) != 0; });
  return crosses;
}

Step Automaton::StepOf(ByteView bytes) const {
  Step step = EdgesOf(bytes);
  if (bytes.size() >= size_ && Find(bytes, 0) != ByteView::npos) step.fresh |= found();
  return step;
}

Step Automaton::EdgesOf(ByteView bytes) const {
  Step step;
  step.size = static_cast<uint32_t>(bytes.size());
  // Ends of the string that begin the literal: all lengths at once, from the last byte backwards.
  States ends = LowBits(std::min(bytes.size() + 1, size_)) & ~kStart;
  for (size_t t = 0; (ends >> (t + 1)) != 0; ++t) {
    const auto byte = static_cast<uint8_t>(bytes[bytes.size() - 1 - t]);
    ends &= at_[byte] << (t + 1) | LowBits(t + 1);
  }
  step.fresh = ends | kStart;
  // States that its beginning goes on with, likewise.
  States going = LowBits(size_) & ~kStart;
  for (size_t t = 0; t < bytes.size(); ++t) {
    const States open = t < size_ ? LowBits(size_ - t) : 0;
    if ((going & open) == 0) break;
    going &= at_[static_cast<uint8_t>(bytes[t])] >> t | ~open;
  }
  const States inside = bytes.size() < size_ ? LowBits(size_ - bytes.size()) : 0;
  step.carry = going & inside;
  step.ends = going & ~inside;
  return step;
}

void Automaton::Add(const Step& step, Reach* reach) const {
  reach->Add(0, step.fresh);
  ForEach(step.carry | step.ends, [&](size_t i) {
    reach->Add(i, (step.ends >> i & 1) != 0 ? found() : States{1} << (i + step.size));
  });
}

Reach Automaton::Join(const Reach& first, const Reach& second) const {
  Reach joined;
  joined.Add(0, Run(first.From(0), second));
  ForEach(first.going() & ~kStart, [&](size_t i) {
    joined.Add(i, first.From(i) & found());
    ForEach(first.From(i) & second.going(), [&](size_t via) { joined.Add(i, second.From(via)); });
  });
  return joined;
}

void Automaton::Unite(const Reach& other, Reach* reach) {
  ForEach(other.going(), [&](size_t i) { reach->Add(i, other.From(i)); });
}

size_t Automaton::Find(ByteView bytes, size_t at) const {
  if (anchor_.empty()) {
    States states = kStart;
    for (size_t i = at; i < bytes.size(); ++i) {
      states = Go(states, bytes[i]) | kStart;
      if (Found(states)) return i + 1 - size_;
    }
    return ByteView::npos;
  }
  for (size_t from = at + anchor_at_; from <= bytes.size(); ++from) {
    from = has_rare_ ? FindByByte(bytes, from, anchor_, rarest_) : FindByAll(bytes, from, anchor_);
    if (from == ByteView::npos) return from;
    const size_t begin = from - anchor_at_;
    if (bytes.size() - begin < size_) return ByteView::npos;
    size_t i = 0;
    while (i < size_ && (at_[static_cast<uint8_t>(bytes[begin + i])] >> i & 1) != 0) ++i;
    if (i == size_) return begin;
  }
  return ByteView::npos;
}

}  // namespace logpress::search
