// Mutates the inputs of the fuzzers of payloads: see decode_input.h.
#include <cstddef>
#include <cstdint>

#include "fuzz/decode_input.h"

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned seed) {
  return logpress::fuzz::MutateDecodeInput(data, size, max_size, seed);
}
