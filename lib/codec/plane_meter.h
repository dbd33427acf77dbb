// Tells what planes of bytes are worth, of which a byte packer makes one thing.
#ifndef LOGPRESS_CODEC_PLANE_METER_H_
#define LOGPRESS_CODEC_PLANE_METER_H_

#include <cstdint>

#include "base/bytes.h"
#include "codec/breakdown.h"

namespace logpress::codec {

class PlaneMeter {
 public:
  // The stream that holds the planes, and what to add to; both must outlive the meter.
  PlaneMeter(ByteView coded, Breakdown* parts) : coded_(coded), parts_(parts) {}

  void SetDepth(int depth) { depth_ = depth; }

  // Adds `count` things of `part`: what lies between the last call's `end` and this one is their
  // planes. Their size is the entropy of the bytes of each plane, which is nearer to what a packer
  // makes of them than their bytes, most of which say nothing new.
  void Charge(Part part, uint64_t count, size_t end);

 private:
  ByteView coded_;
  Breakdown* parts_;
  size_t charged_ = 0;
  int depth_ = 0;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_PLANE_METER_H_
