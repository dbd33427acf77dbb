#include "search/automaton.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace logpress::search {
namespace {

constexpr States LowBits(size_t count) {
  return count >= Reach::kStates ? ~States{0} : (States{1} << count) - 1;
}

char Lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte; }

}  // namespace

Automaton::Automaton(std::string_view literal, bool ignore_case)
    : size_(std::min(literal.size(), kMaxSize)),
      whole_(literal.size() <= kMaxSize),
      ignore_case_(ignore_case) {
  for (size_t i = 0; i < size_; ++i) {
    const char byte = literal[i];
    literal_[i] = byte;
    at_[static_cast<uint8_t>(byte)] |= States{1} << i;
    if (ignore_case && byte >= 'a' && byte <= 'z')
      at_[static_cast<uint8_t>(byte - 32)] |= States{1} << i;
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
  if (!ignore_case_) {
    const void* const place = memmem(bytes.data() + at, bytes.size() - at, literal_.data(), size_);
    return place == nullptr ? ByteView::npos
                            : static_cast<size_t>(static_cast<const char*>(place) - bytes.data());
  }
  const auto place = std::search(bytes.begin() + static_cast<ptrdiff_t>(at), bytes.end(),
                                 literal_.begin(), literal_.begin() + static_cast<ptrdiff_t>(size_),
                                 [](char byte, char wanted) { return Lower(byte) == wanted; });
  return place == bytes.end() ? ByteView::npos : static_cast<size_t>(place - bytes.begin());
}

}  // namespace logpress::search
