// Codes ids and numbers by mixing what several contexts expect, where RankedSymbols asks one after
// the other.
//
// Each context remembers the two ids that followed it last. The likeliest is asked for first, with
// one decision that is mixed of all that contexts say for it and against it (mix/candidates.h). An
// id that is none of them is coded as RankedSymbols does it, and numbers as NumberCoder does, but
// four bits at a time under several contexts at once (mix/nibble_model.h). It packs a tenth smaller
// in four times the time.
#ifndef LOGPRESS_CODEC_MIXED_VALUES_H_
#define LOGPRESS_CODEC_MIXED_VALUES_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "base/memory.h"
#include "codec/contexts.h"
#include "codec/id_coding.h"
#include "codec/mix/candidates.h"
#include "codec/mix/context_hash.h"
#include "codec/mix/context_table.h"
#include "codec/mix/counter.h"
#include "codec/mix/nibble_model.h"
#include "codec/number_coder.h"
#include "codec/ranked_symbols.h"

namespace logpress::codec {

// The models of the ids and numbers of a block, or of a group of its rows.
class MixedValues : public InMemory {
 public:
  static constexpr size_t kIdContexts = kMaxContexts;

  // Forgets everything. `size_bits` are the model bits of ModelSizes.
  void Reset(int size_bits);
  // Bytes that the tables take.
  static uint64_t Memory(int size_bits);

  // Codes `id`, an id of a dictionary or the template of a row, and returns it; a decoder ignores
  // it and returns at most `known`. context(k), k below kIdContexts, is the hash of context k.
  // `plain` is the last id of the dictionary, or kNoId.
  template <typename Coder, typename Context>
  uint32_t CodeId(Coder& coder, RankedStream& stream, bool is_template, uint32_t known,
                  const Context& context, uint32_t plain, uint32_t id);

  // Codes `value` and returns it. `context` says what the row is, `left` what stands to the left.
  template <typename Coder>
  int64_t CodeNumber(Coder& coder, NumberCoder& numbers, int64_t value, uint32_t context,
                     uint64_t left);

 private:
  static constexpr size_t kSources = 2 * kIdContexts + 1;
  static constexpr size_t kCodedContexts = 4;
  static constexpr size_t kNumberContexts = 6;
  // So many candidates are asked for at most.
  static constexpr uint32_t kMaxAsked = 4;
  // A first guess that was right so often is tried alone.
  static constexpr uint32_t kSure = 15;
  static constexpr uint32_t kMaxRepeats = 15;
  // The upper bits of a number that are modelled. Four more would save 0.7 % and take a tenth more
  // time.
  static constexpr int kModelledBits = 8;
  // Widths from here on take a second symbol.
  static constexpr uint32_t kLongWidth = 15;
  static constexpr int kLongBits = 6;

  // What a series of four bits is: it chooses weights and contexts.
  enum class Digits : uint32_t { kPlace, kWidth, kBelow };
  static constexpr uint32_t kDigits = 3;
  static constexpr uint32_t kDepths = 4;
  static constexpr uint32_t kClasses = kDigits * kDepths;
  // Streams whose nibbles have weights of their own.
  static constexpr uint32_t kWeights = 256;

  // What is known of a stream of ids or a sequence of numbers, beside what it knows itself. In a
  // block of more than kStreams some share theirs.
  struct Stream {
    mix::Counter sure = {60000, 0};
    // Whether an id that was no candidate is new: where there was none, and where there were some;
    // by what became of the last three.
    std::array<std::array<mix::Counter, 8>, 2> is_new;
    uint8_t misses = 0;  // one bit an id: whether the first candidate was wrong
    uint8_t width = 0;   // of the last residual, and of the one before
    uint8_t before_width = 0;
    uint64_t residual = 0;  // the last one
  };
  static constexpr uint32_t kStreams = 1024;

  Stream& StreamOf(uint32_t* window) {
    if (*window == RankedStream::kNoWindow) *window = next_stream_++;
    return streams_[*window % kStreams];
  }

  // An id that was no candidate.
  template <typename Coder>
  uint32_t CodeTold(Coder& coder, RankedStream& stream, Stream& own, bool silent, uint32_t known,
                    const std::array<uint64_t, kCodedContexts>& contexts, uint32_t id);
  // The low `bits` bits of `value`. `width` sets the contexts of numbers of that width apart.
  template <typename Coder, size_t kCount>
  uint64_t CodeBits(Coder& coder, mix::NibbleModel& model,
                    const std::array<uint64_t, kCount>& contexts, uint32_t stream, Digits digits,
                    uint32_t width, uint64_t value, int bits);
  // A number that is small more often than large, of at most `max_width` bits.
  template <typename Coder, size_t kCount>
  uint64_t CodeMagnitude(Coder& coder, mix::NibbleModel& model,
                         const std::array<uint64_t, kCount>& contexts, uint32_t stream,
                         uint32_t max_width, uint64_t value);

  mix::ExpectedTable expected_;
  mix::CandidateModel ids_;
  mix::CandidateModel templates_;
  mix::ContextTable lines_;
  mix::NibbleModel coded_;
  mix::NibbleModel numbers_;
  Vector<Stream> streams_;
  uint32_t next_stream_ = 0;
};

template <typename Coder, typename Context>
uint32_t MixedValues::CodeId(Coder& coder, RankedStream& stream, bool is_template, uint32_t known,
                             const Context& context, uint32_t plain, uint32_t id) {
  Stream& own = StreamOf(&stream.window);
  std::array<uint64_t, kIdContexts> contexts;
  for (size_t k = 0; k < kIdContexts; ++k) {
    contexts[k] = context(k);
    expected_.Prefetch(contexts[k]);
  }
  const auto learn = [&](uint32_t result, bool missed) {
    own.misses = static_cast<uint8_t>(own.misses << 1 | (missed ? 1 : 0));
    stream.last = result + 1;
    const uint32_t times = stream.repeats;
    stream.repeats =
        static_cast<uint8_t>(result == plain ? std::min(times + 1, kMaxRepeats) : times / 2);
    return result;
  };
  // As in RankedSymbols: what the other contexts would have learned they do not miss.
  mix::Expected* const first = expected_.Find(contexts[0]);
  uint32_t wrong = mix::kNoValue;
  if (first->first_count >= kSure && first->first < known) {
    const uint32_t guess = first->first;
    const uint32_t right = coder.Code(guess == id ? 1 : 0, mix::CodedProbability(own.sure.one));
    own.sure.Update(right, mix::kCounterLimit);
    if (right != 0) return learn(guess, /*missed=*/false);
    wrong = guess;
  }
  mix::CandidateQuery query;
  std::array<mix::Expected*, kIdContexts> entries;
  for (size_t k = 0; k < kIdContexts; ++k) {
    const mix::Expected* const entry = entries[k] = k == 0 ? first : expected_.Find(contexts[k]);
    query.value[2 * k] = entry->first;
    query.confidence[2 * k] = entry->first_count;
    query.value[2 * k + 1] = entry->second;
    query.confidence[2 * k + 1] = entry->second_count;
  }
  query.value[kSources - 1] = plain;
  query.confidence[kSources - 1] = stream.repeats;
  bool silent = true;
  for (size_t i = 0; i < kSources; ++i) {
    // A value left by another stream may be out of range for this one.
    if (query.value[i] >= known || query.value[i] == wrong) query.value[i] = mix::kNoValue;
    silent &= query.value[i] == mix::kNoValue;
  }
  query.place = stream.window;
  query.state = static_cast<uint32_t>(mix::ContextHash(stream.window, own.misses & 3));
  query.limit = kMaxAsked;
  mix::CandidateModel& candidates = is_template ? templates_ : ids_;
  const mix::CandidateModel::Answer answer = candidates.Code(coder, query, id);
  uint32_t result = answer.value;
  const bool missed = result == mix::kNoValue || answer.asked != 1 || wrong != mix::kNoValue;
  if (result == mix::kNoValue) {
    if constexpr (Coder::kMetered) coder.NoteUnguessed();
    result =
        CodeTold(coder, stream, own, silent, known,
                 {mix::ContextHash(stream.window, 601), contexts[4], contexts[2], contexts[1]}, id);
  }
  candidates.Learn(query, result);
  for (mix::Expected* const entry : entries) entry->Update(result);
  return learn(result, missed);
}

template <typename Coder>
uint32_t MixedValues::CodeTold(Coder& coder, RankedStream& stream, Stream& own, bool silent,
                               uint32_t known, const std::array<uint64_t, kCodedContexts>& contexts,
                               uint32_t id) {
  if (known == 0) return 0;
  mix::Counter& is_new = own.is_new[silent ? 0 : 1][stream.newness & 7];
  const uint32_t bit = coder.Code(id == known ? 1 : 0, mix::CodedProbability(is_new.one));
  is_new.Update(bit, mix::kCounterLimit);
  stream.newness = static_cast<uint8_t>(stream.newness << 1 | bit);
  if (bit != 0) return known;
  const uint32_t coded = EncodeId(stream.coding, id, known, stream.last);
  uint64_t result = 0;
  if (stream.coding == IdCoding::kPlace) {
    const auto bits = static_cast<uint32_t>(std::bit_width(known - 1));
    result = CodeBits(coder, coded_, contexts, stream.window, Digits::kPlace, bits, coded,
                      static_cast<int>(bits));
  } else {
    result = CodeMagnitude(coder, coded_, contexts, stream.window, 32, coded);
  }
  // Only a damaged stream names an id that has not occurred.
  return std::min(DecodeId(stream.coding, static_cast<uint32_t>(result), known, stream.last),
                  known - 1);
}

template <typename Coder, size_t kCount>
uint64_t MixedValues::CodeBits(Coder& coder, mix::NibbleModel& model,
                               const std::array<uint64_t, kCount>& contexts, uint32_t stream,
                               Digits digits, uint32_t width, uint64_t value, int bits) {
  const int noise = std::max(0, bits - kModelledBits);
  const auto kind = static_cast<uint32_t>(digits);
  uint64_t prefix = mix::ContextHash(kind, width);
  uint64_t result = 0;
  uint32_t depth = 0;
  int step = (bits - noise + 3) % 4 + 1;
  for (int rest = bits - noise; rest > 0; step = 4, ++depth) {
    rest -= step;
    std::array<uint64_t, kCount> hashes;
    for (size_t i = 0; i < kCount; ++i) hashes[i] = mix::ContextHash(contexts[i], prefix, i);
    // Fewer bits than four are the upper ones of a nibble.
    const int unused = 4 - step;
    const auto nibble = static_cast<uint32_t>(value >> (noise + rest)) & ((1u << step) - 1);
    const uint32_t class_of_depth = kind * kDepths + std::min(depth, kDepths - 1);
    const uint32_t coded = model.Code(
        coder, hashes, nibble << unused, -1, {},
        {class_of_depth, class_of_depth * 4 + static_cast<uint32_t>(unused), stream % kWeights, 0},
        step);
    result = result << step | coded;
    prefix = mix::ContextHash(prefix, coded);
  }
  return result << noise | coder.CodeRaw(value & ((uint64_t{1} << noise) - 1), noise);
}

template <typename Coder, size_t kCount>
uint64_t MixedValues::CodeMagnitude(Coder& coder, mix::NibbleModel& model,
                                    const std::array<uint64_t, kCount>& contexts, uint32_t stream,
                                    uint32_t max_width, uint64_t value) {
  auto width = static_cast<uint32_t>(std::bit_width(value));
  const uint32_t more = width - std::min(width, kLongWidth);
  width = static_cast<uint32_t>(
      CodeBits(coder, model, contexts, stream, Digits::kWidth, 0, width - more, 4));
  if (width == kLongWidth) {
    // A damaged stream may say more than there is.
    width += static_cast<uint32_t>(
        CodeBits(coder, model, contexts, stream, Digits::kWidth, 1, more, kLongBits));
    width = std::min(width, max_width);
  }
  if (width < 2) return width;
  const int below = static_cast<int>(width) - 1;
  return uint64_t{1} << below |
         CodeBits(coder, model, contexts, stream, Digits::kBelow, width, value, below);
}

template <typename Coder>
int64_t MixedValues::CodeNumber(Coder& coder, NumberCoder& numbers, int64_t value, uint32_t context,
                                uint64_t left) {
  Stream& own = StreamOf(numbers.window());
  const uint32_t stream = *numbers.window();
  const uint64_t place = mix::ContextHash(stream, 602);
  const std::array<uint64_t, kNumberContexts> contexts = {
      mix::ContextHash(place, 1, own.width),
      mix::ContextHash(place, 2, own.width, own.before_width),
      mix::ContextHash(place, 3, context),
      mix::ContextHash(place, 4, left),
      mix::ContextHash(place, 5, own.residual),
      mix::ContextHash(603, own.width, own.before_width),
  };
  const uint64_t residual =
      CodeMagnitude(coder, numbers_, contexts, stream, 64, numbers.ResidualOf(value));
  own.before_width = own.width;
  own.width = static_cast<uint8_t>(std::bit_width(residual));
  own.residual = residual;
  const int64_t result = numbers.ValueOf(residual);
  numbers.Learn(result);
  return result;
}

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_MIXED_VALUES_H_
