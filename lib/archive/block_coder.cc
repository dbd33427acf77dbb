#include "archive/block_coder.h"

#include <zstd.h>

#include <algorithm>

#include "absl/status/status.h"

namespace logpress::archive {

struct BlockEncoder::State {
  BlockOptions options;
};
struct BlockDecoder::State {};

BlockEncoder::BlockEncoder(const BlockOptions& options) : state_(new State{options}) {}
BlockEncoder::~BlockEncoder() = default;
BlockDecoder::BlockDecoder() : state_(new State) {}
BlockDecoder::~BlockDecoder() = default;

absl::Status BlockEncoder::Encode(ByteView raw, ByteBuffer* payload, BlockSummary* summary) {
  *summary = BlockSummary();
  summary->raw = true;
  summary->lines = static_cast<uint64_t>(std::count(raw.begin(), raw.end(), '\n')) +
                   (!raw.empty() && raw.back() != '\n');
  payload->resize(ZSTD_compressBound(raw.size()));
  const size_t size = ZSTD_compress(payload->data(), payload->size(), raw.data(), raw.size(),
                                    state_->options.level);
  if (ZSTD_isError(size)) return absl::InternalError(ZSTD_getErrorName(size));
  if (size >= raw.size()) {
    payload->assign(raw);
    return absl::OkStatus();
  }
  payload->resize(size);
  summary->backend = BackendId::kZstd;
  return absl::OkStatus();
}

absl::Status BlockDecoder::Decode(BackendId backend, ByteView payload, uint64_t raw_size,
                                  uint64_t memory_limit, ByteBuffer* raw) {
  if (raw_size > kMaxBlockSize) return absl::DataLossError("block size out of range");
  if (memory_limit != 0 && raw_size > memory_limit)
    return absl::ResourceExhaustedError("memory limit");
  if (backend == BackendId::kStore) {
    if (payload.size() != raw_size) return absl::DataLossError("stored block has the wrong size");
    raw->assign(payload);
    return absl::OkStatus();
  }
  raw->resize(static_cast<size_t>(raw_size));
  const size_t size = ZSTD_decompress(raw->data(), raw->size(), payload.data(), payload.size());
  if (ZSTD_isError(size) || size != raw_size) return absl::DataLossError("damaged zstd block");
  return absl::OkStatus();
}

}  // namespace logpress::archive
