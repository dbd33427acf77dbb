// Hostile archives through what reads them front to back: reading with and without recovery, on two
// threads, finding where to append, and repairing. Whatever the bytes, each returns within the
// memory limit, what is whole is read the same by both, and what was repaired is whole.
//
// Input: an archive; see api_fuzz.cc.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/status/status.h"
#include "archive/append.h"
#include "archive/reader.h"
#include "archive/repair.h"
#include "base/memory_io.h"
#include "fuzz/mutators.h"

namespace {

using namespace logpress;

constexpr uint64_t kMemory = 64 << 20;

absl::Status Read(ByteView archive, bool recover, ByteBuffer* raw) {
  archive::ReaderOptions options;
  options.memory_limit = kMemory;
  options.recover = recover;
  ViewSource source(archive);
  BufferSink sink(raw);
  archive::StreamReader reader(&source, options);
  const absl::Status status = reader.ReadAll(&sink);
  if (reader.totals().raw_bytes != raw->size()) std::abort();
  return status;
}

absl::Status Mend(ByteView archive, ByteBuffer* mended, archive::RepairReport* report) {
  ViewRandomAccess file(archive);
  BufferSink sink(mended);
  return archive::Repair(&file, &sink, nullptr, report);
}

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned seed) {
  return fuzz::MutateArchive(data, size, max_size, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const ByteView bytes(reinterpret_cast<const char*>(data), size);
  if (fuzz::HoldsMix(bytes)) return -1;
  ByteBuffer raw;
  ByteBuffer recovered;
  const absl::Status status = Read(bytes, false, &raw);
  Read(bytes, true, &recovered).IgnoreError();
  if (status.ok() && raw != recovered) std::abort();

  ViewRandomAccess file(bytes);
  const auto point = archive::FindAppendPoint(&file, kMemory);
  if (point.ok() && point->offset + point->cut != size) std::abort();

  ByteBuffer mended;
  archive::RepairReport report;
  if (!Mend(bytes, &mended, &report).ok() || report.blocks == 0) return 0;
  ByteBuffer again;
  archive::RepairReport second;
  if (!Mend(mended, &again, &second).ok() || !second.whole || again != mended) std::abort();
  return 0;
}
