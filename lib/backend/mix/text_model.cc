#include "backend/mix/text_model.h"

#include <initializer_list>

namespace logpress::mix {

void TextModel::Reset(ContextTable* table, const Sizes& sizes) {
  bytes_.Reset(table, {kContexts, 5, {64, 16, 512, kColumnWeights}, sizes.correction_bits, true});
  history_.assign(size_t{1} << sizes.history_bits, 0);
  history_mask_ = static_cast<uint32_t>(history_.size() - 1);
  end_ = 0;
  last_ = 0;
  long_match_.Reset(sizes.match_bits);
  column_match_.Reset(sizes.match_bits);
  for (auto& counters : counters_) {
    for (size_t k = 0; k < counters.size(); ++k)
      counters[k] = {static_cast<uint16_t>(std::min<size_t>(65000, 48000 + k * 800)), 0};
  }
}

void TextModel::FindMatches(uint64_t column) {
  if (end_ <= 8 || left_out_.Has(Family::kMatches)) return;
  const uint64_t long_hash = ContextHash(last_ & kSixBytes, 77);
  const uint64_t column_hash = ContextHash(last_ & 0xffffffff, column, 78);
  if (long_match_.length() == 0) {
    const uint32_t place = long_match_.Find(long_hash);
    const uint32_t length = place != 0 ? MatchLength(place, 32) : 0;
    if (length >= 5) long_match_.Start(place, length);
  }
  if (column_match_.length() == 0) {
    const uint32_t place = column_match_.Find(column_hash);
    const uint32_t length = place != 0 ? MatchLength(place, 16) : 0;
    if (length >= 2) column_match_.Start(place, length + 1);
  }
  long_match_.Insert(long_hash, end_);
  column_match_.Insert(column_hash, end_);
}

// The contexts of a family become contexts of nothing; the numbers are places in Code()'s list.
void TextModel::Drop(std::array<uint64_t, kContexts>* hashes) const {
  const auto drop = [&](Family family, std::initializer_list<size_t> contexts) {
    if (!left_out_.Has(family)) return;
    for (const size_t i : contexts) (*hashes)[i] = ContextHash(i, 0);
  };
  drop(Family::kOrders, {2, 3, 4});
  drop(Family::kWords, {5, 6});
  drop(Family::kColumns, {0, 1, 8, 11});
  drop(Family::kExpected, {7, 9});
}

void TextModel::Append(uint8_t byte) {
  if (long_match_.length() != 0) long_match_.Advance(At(long_match_.place()) == byte);
  if (column_match_.length() != 0) column_match_.Advance(At(column_match_.place()) == byte);
  history_[end_ & history_mask_] = byte;
  ++end_;
  last_ = last_ << 8 | byte;
}

}  // namespace logpress::mix
