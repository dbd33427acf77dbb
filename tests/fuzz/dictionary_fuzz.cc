// Hostile dictionaries, and hostile blocks with them: loading must not crash, hang, or take more
// memory than a dictionary may; what is loaded must pack bytes and give them back; and a block must
// give exactly the promised size or an error.
//
// Input: two bytes each that are the size of the dictionary and what the block must give
// (little-endian), the dictionary behind its id, which is made right, and a block's payload behind
// its id. Seeds are written by tests/golden/make.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "base/bytes.h"
#include "base/checksum.h"
#include "block/block_coder.h"
#include "primer/primer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace logpress;
  constexpr size_t kHeader = 4;
  constexpr uint64_t kMostRaw = 8192;
  if (size < kHeader) return 0;
  const uint64_t raw_size = (data[2] | static_cast<uint64_t>(data[3]) << 8) % kMostRaw;
  const ByteView input(reinterpret_cast<const char*>(data) + kHeader, size - kHeader);
  const ByteView body = input.substr(0, data[0] | static_cast<size_t>(data[1]) << 8);
  const ByteView rest = input.substr(body.size());
  ByteBuffer file(ByteView("\x8bLPD\0", 5));
  PutFixed64(&file, Checksum64(body));
  file.append(body);
  auto primer = primer::Primer::Load(file);
  if (!primer.ok()) return 0;
  const block::Dictionary dictionary = *std::move(primer);
  block::BlockDecoder decoder(dictionary);
  ByteBuffer raw;
  ByteBuffer payload;
  PutFixed64(&payload, dictionary->id());
  payload.append(rest);
  if (decoder.Decode(block::BackendId::kDictionary, payload, raw_size, 0, &raw).ok() &&
      raw.size() != raw_size) {
    abort();
  }
  if (rest.empty()) return 0;
  block::BlockOptions options;
  options.level = 1;
  options.dictionary = dictionary;
  block::BlockSummary summary;
  if (!block::BlockEncoder(options).Encode(rest, &payload, &summary).ok()) abort();
  if (!decoder.Decode(summary.backend, payload, rest.size(), 0, &raw).ok()) abort();
  if (ByteView(raw) != rest) abort();
  return 0;
}
