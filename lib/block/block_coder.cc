#include "block/block_coder.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "backend/backend.h"
#include "base/memory.h"
#include "base/status.h"
#include "block/backends.h"
#include "block/dictionary_decoder.h"
#include "block/dictionary_encoder.h"
#include "block/policy.h"

namespace logpress::block {
namespace {

std::string UnknownBackend(BackendId backend) {
  return absl::StrCat("backend ", static_cast<int>(backend),
                      " is not known to this version; use a newer logpress");
}

}  // namespace

struct BlockEncoder::State : InMemory {
  explicit State(const BlockOptions& block_options)
      : options(block_options), policy(block_options) {}

  const BlockOptions options;
  Policy policy;
  std::unique_ptr<DictionaryEncoder> with_dictionary;  // null: there is none, or to be made
};

struct BlockDecoder::State : InMemory {
  explicit State(Dictionary given) : dictionary(std::move(given)) {}

  const Dictionary dictionary;
  Backends backends;
  std::unique_ptr<DictionaryDecoder> with_dictionary;  // null: to be made
};

BlockEncoder::BlockEncoder(const BlockOptions& options) : state_(new State(options)) {}
BlockEncoder::~BlockEncoder() = default;
BlockDecoder::BlockDecoder(Dictionary dictionary) : state_(new State(std::move(dictionary))) {}
BlockDecoder::~BlockDecoder() = default;

absl::Status BlockEncoder::Encode(ByteView raw, ByteBuffer* payload, BlockSummary* summary) {
  if (raw.size() > kMaxBlockSize)
    return absl::InvalidArgumentError("block larger than the format allows");
  State& state = *state_;
  if (state.options.dictionary == nullptr) return state.policy.Pack(raw, payload, summary);
  if (state.with_dictionary == nullptr)
    state.with_dictionary = std::make_unique<DictionaryEncoder>(state.options);
  return state.with_dictionary->Encode(raw, payload, summary);
}

uint64_t BlockEncoder::Memory(const BlockOptions& options, uint64_t block_size) {
  const uint64_t alone = Policy::Memory(options, block_size);
  if (options.dictionary == nullptr) return alone;
  // With the dictionary and without.
  return 2 * alone + DictionaryDecoder::Memory(block_size);
}

absl::Status BlockDecoder::ReadMetadata(BackendId backend, ByteView payload, uint64_t payload_size,
                                        uint64_t raw_size, uint64_t memory_limit,
                                        codec::BlockMetadata* metadata) {
  *metadata = codec::BlockMetadata();
  if (raw_size > kMaxBlockSize) return absl::DataLossError("block larger than the format allows");
  if (!backend::IsKnown(backend)) {
    return absl::UnimplementedError(UnknownBackend(backend));
  }
  if (backend == BackendId::kDictionary) return absl::OkStatus();
  backend::MemoryPayload source(payload, payload_size);
  return state_->backends.Get(backend).ReadMetadata(&source, {raw_size, memory_limit}, metadata);
}

absl::StatusOr<std::unique_ptr<backend::BlockReader>> BlockDecoder::Open(BackendId backend,
                                                                         ByteView payload,
                                                                         uint64_t raw_size,
                                                                         uint64_t memory_limit) {
  if (raw_size > kMaxBlockSize) return absl::DataLossError("block larger than the format allows");
  if (!backend::IsKnown(backend)) return absl::UnimplementedError(UnknownBackend(backend));
  State& state = *state_;
  if (backend != BackendId::kDictionary)
    return state.backends.Get(backend).Open(payload, {raw_size, memory_limit});
  if (state.dictionary == nullptr) {
    uint64_t id = 0;
    if (!GetDictionaryId(payload, &id)) return absl::DataLossError("the payload is cut off");
    return WrongDictionary(DictionaryName(id), nullptr);
  }
  if (state.with_dictionary == nullptr) {
    state.with_dictionary = std::make_unique<DictionaryDecoder>(state.dictionary, &state.backends);
  }
  return state.with_dictionary->Open(payload, {raw_size, memory_limit});
}

absl::Status BlockDecoder::Decode(BackendId backend, ByteView payload, uint64_t raw_size,
                                  uint64_t memory_limit, ByteBuffer* raw, uint64_t max_lines,
                                  codec::Breakdown* parts) {
  raw->clear();
  LOGPRESS_ASSIGN_OR_RETURN(const std::unique_ptr<backend::BlockReader> reader,
                            Open(backend, payload, raw_size, memory_limit));
  raw->reserve(raw_size + 64);
  if (parts != nullptr) return reader->Measure(raw, parts);
  return reader->Render(0, reader->groups().size(), max_lines, raw);
}

}  // namespace logpress::block
