// What fuzzers of payloads read: a byte that chooses the backend and, from 128 on, a decoder that
// measures too; three bytes that are the promised size (little-endian, up to a megabyte), and the
// payload.
#ifndef LOGPRESS_TESTS_FUZZ_DECODE_INPUT_H_
#define LOGPRESS_TESTS_FUZZ_DECODE_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <numeric>

#include "base/bytes.h"
#include "block/block_coder.h"
#include "fuzz/mutators.h"

namespace logpress::fuzz {

struct DecodeInput {
  block::BackendId backend;
  bool measured;
  uint64_t raw_size;
  ByteView payload;
};
inline constexpr size_t kDecodeInputHead = 4;

// False when there are too few bytes.
inline bool ReadDecodeInput(const uint8_t* data, size_t size, DecodeInput* input) {
  if (size < kDecodeInputHead) return false;
  // kAuto is among them, which no frame may say.
  input->backend = static_cast<block::BackendId>(data[0] % 6);
  input->measured = data[0] >= 128;
  input->raw_size =
      (data[1] | static_cast<uint64_t>(data[2]) << 8 | static_cast<uint64_t>(data[3]) << 16) &
      0xfffff;
  input->payload =
      ByteView(reinterpret_cast<const char*>(data) + kDecodeInputHead, size - kDecodeInputHead);
  return true;
}

// The same; false also for mix, which takes a hundred times as long and has a fuzzer of its own.
inline bool ReadQuickDecodeInput(const uint8_t* data, size_t size, DecodeInput* input) {
  return ReadDecodeInput(data, size, input) && input->backend != block::BackendId::kMix;
}

// Changes a segment of the payload mostly, and sometimes whatever is there.
inline size_t MutateDecodeInput(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  DecodeInput input;
  if (seed % 4 == 0 || !ReadDecodeInput(data, size, &input))
    return LLVMFuzzerMutate(data, size, max_size);
  ByteBuffer payload(input.payload);
  if (!MutateSegment(input.raw_size, seed / 4, &payload))
    return LLVMFuzzerMutate(data, size, max_size);
  ByteBuffer all(reinterpret_cast<const char*>(data), kDecodeInputHead);
  return Return(all.append(payload), data, size, max_size);
}

// Decodes it, and aborts where what comes out is not what was promised.
inline void CheckDecoding(const DecodeInput& input) {
  static auto* const decoder = new block::BlockDecoder;
  ByteBuffer raw;
  codec::Breakdown parts;
  const absl::Status status = decoder->Decode(input.backend, input.payload, input.raw_size, 0, &raw,
                                              ~uint64_t{0}, input.measured ? &parts : nullptr);
  if (!status.ok()) return;
  if (raw.size() != input.raw_size) std::abort();
  const codec::Breakdown::Sizes sizes = parts.Bytes();
  const uint64_t all = std::accumulate(sizes.begin(), sizes.end(), uint64_t{0});
  if (input.measured && all != input.payload.size()) std::abort();
}

}  // namespace logpress::fuzz

#endif  // LOGPRESS_TESTS_FUZZ_DECODE_INPUT_H_
