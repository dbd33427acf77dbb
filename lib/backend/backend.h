// Packs the intermediate representation of a block into the payload of a frame, and back.
//
// A backend takes the whole representation and not a byte buffer: a backend that models rows needs
// templates, slots and neighbours. Those that only pack bytes share one adapter, which runs the
// codecs and packs the streams.
#ifndef LOGPRESS_BACKEND_BACKEND_H_
#define LOGPRESS_BACKEND_BACKEND_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/work_meter.h"
#include "codec/block_metadata.h"
#include "codec/breakdown.h"
#include "ir/ir.h"

namespace logpress::backend {

// The value is in every frame header and part of the format.
enum class Id : uint8_t { kStore = 0, kZstd = 1, kXz = 2, kMix = 3 };

struct Limits {
  uint64_t raw_size = 0;    // bytes that the block must give, from its frame header
  uint64_t max_memory = 0;  // bytes that reading it may take, the raw bytes included; 0: no limit
};

// What a block holds, known without decoding its lines.
struct Metadata {
  bool raw = false;        // packed without structure
  uint64_t templates = 0;  // templates of its lines
};

// One opened block. Lives as long as the payload it was opened on, and no longer than the backend
// that opened it.
class BlockReader : public InMemory {
 public:
  virtual ~BlockReader() = default;
  virtual const Metadata& metadata() const = 0;
  // Appends the block's bytes to *out: kDataLoss if the payload does not give exactly
  // Limits::raw_size bytes.
  virtual absl::Status Render(ByteBuffer* out) = 0;
  // The same for the first `max_lines` lines, at least 1, or as many more as it likes.
  virtual absl::Status RenderLines(uint64_t /*max_lines*/, ByteBuffer* out) { return Render(out); }
  // Render, and when that goes well adds to *parts where the bytes of the payload went: exactly as
  // many as it has. Slower than Render.
  virtual absl::Status Measure(ByteBuffer* out, codec::Breakdown* parts) = 0;
};

// A backend with its contexts, which it keeps from block to block. One thread at a time.
class Backend : public InMemory {
 public:
  virtual ~Backend() = default;
  virtual Id id() const = 0;

  // Appends the payload of `block` to *out. The bytes depend on the block and the level (1 to 9)
  // alone.
  virtual absl::Status Pack(const ir::BlockView& block, int level, ByteBuffer* out) = 0;

  // Of the payload that Pack made last.
  virtual Metadata packed() const = 0;

  // Of the payload that Pack made last: its first bytes, from which alone ReadMetadata tells the
  // templates and columns; 0 when there are none.
  virtual uint64_t metadata_size() const = 0;

  // Fills *metadata from the first metadata_size() bytes of a payload, or more, which may be
  // hostile. A raw block has none: *metadata is then empty.
  virtual absl::Status ReadMetadata(ByteView payload, const Limits& limits,
                                    codec::BlockMetadata* metadata) = 0;

  // A meter that Pack tells of the block's bytes as it goes on, or null. For backends that take
  // long; the others say nothing.
  virtual void ReportTo(WorkMeter* /*meter*/) {}

  // Opens a payload, which may be hostile: kDataLoss if Pack did not write it, kResourceExhausted
  // if reading it would take more than the limits allow.
  virtual absl::StatusOr<std::unique_ptr<BlockReader>> Open(ByteView payload,
                                                            const Limits& limits) = 0;

  // Bytes that Pack takes for itself for a block of `raw_size` bytes or fewer, and between calls,
  // beside what is found in the block. Streams that are larger than the block (every byte of it
  // escaped) are not counted: in such a block so little is found that they have room.
  virtual uint64_t PackMemory(uint64_t raw_size, int level) const = 0;

  // Bytes that a reader takes for a block of `raw_size` bytes, those included.
  virtual uint64_t ReadMemory(uint64_t raw_size) const = 0;
};

// The registry: a name and a constructor for each backend.
std::unique_ptr<Backend> NewBackend(Id id);
std::string_view NameOf(Id id);
std::optional<Id> IdOf(std::string_view name);
// Whether `id`, read from an archive, names a backend.
bool IsKnown(uint8_t id);

}  // namespace logpress::backend

#endif  // LOGPRESS_BACKEND_BACKEND_H_
