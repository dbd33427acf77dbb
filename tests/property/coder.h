// What the properties are checked on: the block coder, and wrappers of it that are broken on
// purpose so that the checks can be seen to fail.
#ifndef LOGPRESS_TESTS_PROPERTY_CODER_H_
#define LOGPRESS_TESTS_PROPERTY_CODER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "block/block_coder.h"

namespace logpress::testing {

// A block as the frame of an archive would hold it.
struct Packed {
  ByteBuffer payload;
  uint64_t raw_size = 0;
  block::BlockSummary summary;
};

class Coder {
 public:
  virtual ~Coder() = default;
  virtual absl::Status Encode(ByteView raw, Packed* packed) = 0;
  virtual absl::Status Decode(const Packed& packed, ByteBuffer* raw) = 0;
};

// The block coder with these options. Reuses one encoder and one decoder.
std::unique_ptr<Coder> MakeBlockCoder(const block::BlockOptions& options);

// `inner` with a fault: what is encoded is not the input but what `damage` makes of it.
std::unique_ptr<Coder> MakeBrokenCoder(std::unique_ptr<Coder> inner,
                                       std::function<std::string(ByteView)> damage);

// "level 5, backend auto".
std::string Describe(const block::BlockOptions& options);

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_PROPERTY_CODER_H_
