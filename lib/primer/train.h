// Makes a trained dictionary from samples of a log.
#ifndef LOGPRESS_PRIMER_TRAIN_H_
#define LOGPRESS_PRIMER_TRAIN_H_

#include <cstdint>

#include "absl/status/status.h"
#include "base/bytes.h"

namespace logpress::primer {

// Appends to *file a dictionary of at most `max_size` bytes for logs like `samples`, which are
// lines. Of many, those are taken that stand evenly in all of them. The result depends on the
// arguments alone. kInvalidArgument if the lines have too little in common, or `max_size` is too
// little for anything.
absl::Status Train(ByteView samples, uint64_t max_size, ByteBuffer* file);

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_TRAIN_H_
