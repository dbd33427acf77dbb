// Changes that reach the inside of an archive: what is around them is made right again, lengths,
// checks and links, so that a fuzzer does not end at the door.
#ifndef LOGPRESS_TESTS_FUZZ_MUTATORS_H_
#define LOGPRESS_TESTS_FUZZ_MUTATORS_H_

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

// libFuzzer's own: changes data[0, size) and returns the new size, at most max_size. Where there is
// no libFuzzer, tests/fuzz/run_corpus.cc has one that does nothing.
extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

namespace logpress::fuzz {

// Changes one segment of a payload of a byte backend, unpacked, and writes its directory anew, with
// all segments stored as they are. False when it is no such payload: nothing was changed.
bool MutateSegment(uint64_t raw_size, uint32_t seed, ByteBuffer* payload);

// An archive of the sections that are found in `bytes`, in their order: heads as they say, but with
// checks, numbers and links that hold, and lengths of what follows. The index is the one that is
// there, unless `new_index`.
ByteBuffer RepairArchive(ByteView bytes, bool new_index);

// Changes the payload of one frame of an archive by MutateSegment, where that is possible.
void MutateFrame(uint32_t seed, ByteBuffer* archive);

// A custom mutator of libFuzzer's for archives. Nearly every change breaks a check, so what was
// changed is repaired.
size_t MutateArchive(uint8_t* data, size_t size, size_t max_size, unsigned seed);

// Whether a block of an archive is packed with mix, which takes a hundred times as long and has a
// fuzzer of its own.
bool HoldsMix(ByteView archive);

// Puts `bytes` into a buffer of libFuzzer's if they fit. Returns the new size.
size_t Return(ByteView bytes, uint8_t* data, size_t size, size_t max_size);

}  // namespace logpress::fuzz

#endif  // LOGPRESS_TESTS_FUZZ_MUTATORS_H_
