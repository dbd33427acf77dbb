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
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "backend/letter_filter.h"
#include "backend/payload_source.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/work_meter.h"
#include "codec/block_metadata.h"
#include "codec/breakdown.h"
#include "codec/decoder.h"
#include "codec/row_groups.h"
#include "ir/ir.h"

namespace logpress::backend {

// The value is in every frame header, and that of the C API's logpress_backend. kAuto is a choice
// when packing: what the level says. kDictionary stands in headers alone: lib/block makes of a
// trained dictionary and the others what reads and writes it.
enum class Id : uint8_t {
  kAuto = 0,
  kStore = 1,
  kZstd = 2,
  kXz = 3,
  kMix = 4,
  kBlend = 5,
  kDictionary = 6
};

struct Limits {
  uint64_t raw_size = 0;    // bytes that the block must give, from its frame header
  uint64_t max_memory = 0;  // bytes that reading it may take, the raw bytes included; 0: no limit
};

// What a block holds, known without decoding its lines.
struct Metadata {
  bool raw = false;        // packed without structure
  uint64_t templates = 0;  // templates of its lines
};

// The parts of a block whose rows are kept as templates, columns and dictionaries. One thread at a
// time.
class BlockParts {
 public:
  virtual ~BlockParts() = default;
  // Dictionaries have their values once these were read.
  virtual const codec::BlockTables& tables() const = 0;
  // What values are made of, without reading them; *lists live as long as the reader, or until
  // something else is read.
  virtual absl::Status ReadOutline(Vector<codec::ListOutline>* lists) = 0;
  virtual absl::Status ReadValues() = 0;
  // After ReadOutline: of those dictionaries for which `wanted` is not 0, and maybe of others.
  // `gate` may be null, or keep some from being read.
  virtual absl::Status ReadValues(std::span<const uint8_t> wanted, codec::ListGate* gate) = 0;
  // Hands the rows of a group to the sink.
  virtual absl::Status ReadRows(size_t group, codec::RowSink* sink) = 0;
};

// One opened block. Lives as long as the source it was opened on, and no longer than the backend
// that opened it. One thread at a time.
class BlockReader : public InMemory {
 public:
  virtual ~BlockReader() = default;
  virtual const Metadata& metadata() const = 0;
  // Null for a raw block, and where rows are known only when they are bytes.
  virtual BlockParts* parts() { return nullptr; }
  // Which letters the block's bytes may have; null if that is not known.
  virtual const LetterFilter* letters() const { return nullptr; }
  // The groups of rows that can be rendered one by one, at least one; in order they are all bytes.
  virtual std::span<const codec::RowGroup> groups() const = 0;
  // Appends the bytes of groups()[first, last) to *out, at least one: kDataLoss if the payload does
  // not give exactly so many. Of their lines, those behind the first `max_lines`, at least 1, may
  // be missing.
  virtual absl::Status Render(size_t first, size_t last, uint64_t max_lines, ByteBuffer* out) = 0;
  absl::Status Render(ByteBuffer* out) { return Render(0, groups().size(), codec::kAllLines, out); }
  // Renders everything, and when that goes well adds to *parts where the bytes of the payload went:
  // exactly as many as it has. Slower than Render.
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

  // Fills *metadata from a payload, which may be hostile: it reads no more than the first
  // metadata_size() bytes if that was not 0. A raw block has none: *metadata is then empty.
  virtual absl::Status ReadMetadata(PayloadSource* source, const Limits& limits,
                                    codec::BlockMetadata* metadata) = 0;

  // A meter that Pack tells of the block's bytes as it goes on, or null. For backends that take
  // long; the others say nothing.
  virtual void ReportTo(WorkMeter* /*meter*/) {}

  // Opens a payload, which may be hostile: kDataLoss if Pack did not write it, kResourceExhausted
  // if reading it would take more than the limits allow. Errors of the source are returned as they
  // are. Reads no more of it than is asked for.
  virtual absl::StatusOr<std::unique_ptr<BlockReader>> Open(PayloadSource* source,
                                                            const Limits& limits) = 0;
  // The same of bytes that outlive the reader. There is one such reader at a time.
  absl::StatusOr<std::unique_ptr<BlockReader>> Open(ByteView payload, const Limits& limits) {
    payload_ = MemoryPayload(payload);
    return Open(&payload_, limits);
  }

  // Bytes that Pack takes for itself for a block of `raw_size` bytes or fewer, and between calls,
  // beside what is found in the block. Streams that are larger than the block (every byte of it
  // escaped) are not counted: in such a block so little is found that they have room.
  virtual uint64_t PackMemory(uint64_t raw_size, int level) const = 0;

  // Bytes that a reader takes for a block of `raw_size` bytes, those included.
  virtual uint64_t ReadMemory(uint64_t raw_size) const = 0;

 protected:
  // kResourceExhausted if reading a block of this size would take more than the limits allow.
  absl::Status CheckMemory(const Limits& limits) const;

 private:
  MemoryPayload payload_{ByteView()};
};

// The registry: a name and a constructor for each backend. kDictionary has a name alone: it is no
// choice, and there is no such backend (null).
std::unique_ptr<Backend> NewBackend(Id id);
std::string_view NameOf(Id id);
std::optional<Id> IdOf(std::string_view name);
// Whether `id`, read from an archive, names a backend.
bool IsKnown(Id id);

}  // namespace logpress::backend

#endif  // LOGPRESS_BACKEND_BACKEND_H_
