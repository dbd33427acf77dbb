#include "search/automaton.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace logpress::search {
namespace {

constexpr States LowBits(size_t count) {
  return count >= Reach::kStates ? ~States{0} : (States{1} << count) - 1;
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
}

States Automaton::Run(States states, const Reach& reach) const {
  States next = reach.from[0] | (states & found());
  for (States rest = states & ~(kStart | found()); rest != 0; rest &= rest - 1)
    next |= reach.from[static_cast<size_t>(std::countr_zero(rest))];
  return next;
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
  reach->from[0] |= step.fresh;
  for (States rest = step.carry | step.ends; rest != 0; rest &= rest - 1) {
    const auto i = static_cast<size_t>(std::countr_zero(rest));
    reach->from[i] |= (step.ends >> i & 1) != 0 ? found() : States{1} << (i + step.size);
  }
}

Reach Automaton::Join(const Reach& first, const Reach& second) const {
  Reach joined;
  joined.from[0] = Run(first.from[0], second);
  for (size_t i = 1; i < size_; ++i) {
    States next = first.from[i] & found();
    for (States rest = first.from[i] & ~found(); rest != 0; rest &= rest - 1)
      next |= second.from[static_cast<size_t>(std::countr_zero(rest))];
    joined.from[i] = next;
  }
  return joined;
}

void Automaton::Unite(const Reach& other, Reach* reach) const {
  for (size_t i = 0; i < size_; ++i) reach->from[i] |= other.from[i];
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
    const void* const place =
        memmem(bytes.data() + from, bytes.size() - from, anchor_.data(), anchor_.size());
    if (place == nullptr) return ByteView::npos;
    from = static_cast<size_t>(static_cast<const char*>(place) - bytes.data());
    const size_t begin = from - anchor_at_;
    if (bytes.size() - begin < size_) return ByteView::npos;
    size_t i = 0;
    while (i < size_ && (at_[static_cast<uint8_t>(bytes[begin + i])] >> i & 1) != 0) ++i;
    if (i == size_) return begin;
  }
  return ByteView::npos;
}

}  // namespace logpress::search
