#include "block/block_coder.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "backend/backend.h"
#include "base/memory.h"
#include "base/newlines.h"
#include "base/status.h"
#include "block/backends.h"
#include "block/dictionary_decoder.h"
#include "block/dictionary_encoder.h"
#include "codec/encoder.h"
#include "ir/builder.h"
#include "text/json_members.h"

namespace logpress::block {
namespace {

// Structure that packs a block worse than this is compared with the plain backend; better than this
// it always wins or nearly.
constexpr uint64_t kPlainRatio = 8;
// The same for mix, which takes its time and knows the structure best.
constexpr uint64_t kPlainRatioOfMix = 3;
// What ranked guesses make of a block, quickly, of which mix must leave fewer per cent; else they
// are asked to do their best. At that they make 3/4 of it at least, or nearly.
constexpr int kQuickRanked = 2;
constexpr int kBestRanked = 8;
constexpr uint64_t kSureShare = 80;
// Of a block that becomes so small the rows may be a cycle too long for guesses, which a byte
// packer sees in planes of bytes.
constexpr uint64_t kCycleRatio = 256;
// A small block is tried sooner: that takes little time.
constexpr uint64_t kCycleRatioOfSmall = 32;
constexpr size_t kCycleSmall = size_t{1} << 20;
// Nobody reads only a part of a payload so small.
constexpr size_t kSmallPayload = size_t{16} << 10;
// A block so small is packed both ways, unless zstd at a quick level shows what will come of it: of
// that, so many per cent are less than any strong level made, and than mix made.
constexpr uint64_t kSmallBlock = uint64_t{256} << 10;
constexpr uint64_t kLeastOfQuick = 60;
constexpr uint64_t kLeastOfQuickWithMix = 33;
// Of a larger one a part shows how much less a strong level makes than the quick one. It made this
// many per cent of what the part promised at least, or nearly, for repetitions of far away.
constexpr uint64_t kLeastOfPromise = 80;
// What zstd packs better than this at a quick level repeats itself more than mix may pack.
constexpr uint64_t kEndlessRatio = 1024;
// Up to here a level is about as quick itself.
constexpr int kQuickLevels = 1;
// Of a larger block only a part is packed in two ways to see which one suits it.
constexpr uint64_t kTrialBlock = uint64_t{512} << 10;
constexpr size_t kMinTrialPart = size_t{256} << 10;
constexpr size_t kMaxTrialPart = size_t{1} << 20;
constexpr size_t kTrialShare = 16;
// What a builder keeps of a block so large is worth giving back.
constexpr uint64_t kLargeBlock = uint64_t{4} << 20;

BackendId BackendOf(const BlockOptions& options) {
  if (options.backend != BackendId::kAuto) return options.backend;
  if (options.level >= 9) return BackendId::kMix;
  if (options.level >= 7) return BackendId::kBlend;
  return options.level >= 6 ? BackendId::kXz : BackendId::kZstd;
}

std::string UnknownBackend(BackendId backend) {
  return absl::StrCat("backend ", static_cast<int>(backend),
                      " is not known to this version; use a newer logpress");
}

// The rows of a block and its templates without what is in them, apart from the builder.
class Outline {
 public:
  explicit Outline(const ir::BlockView& block)
      : text_(block.text),
        rows_(block.root->values.begin(), block.root->values.end()),
        templates_(block.root->table->templates.size()) {
    table_.templates = templates_;
    root_.kind = ir::Strings::Kind::kTable;
    root_.values = rows_;
    root_.table = &table_;
  }
  Outline(const Outline&) = delete;
  Outline& operator=(const Outline&) = delete;

  ir::BlockView view() const { return {text_, &root_}; }

 private:
  ByteView text_;
  Vector<ir::Slice> rows_;
  Vector<ir::Template> templates_;
  ir::Table table_;
  ir::Strings root_;
};

uint64_t CountLines(ByteView raw) {
  return CountNewlines(raw) + (!raw.empty() && raw.back() != '\n');
}

// Lines from the middle of a block larger than kTrialBlock.
ByteView MiddleOf(ByteView raw) {
  const size_t size = std::clamp(raw.size() / kTrialShare, kMinTrialPart, kMaxTrialPart);
  const size_t line = raw.find('\n', (raw.size() - size) / 2);
  return raw.substr(line == ByteView::npos ? 0 : line + 1, size);
}

// Whether bytes are spread so evenly (over 7.9 bits each, by collision entropy) that nothing but
// repetition could be found in them. Integers: the answer must be the same on every machine.
bool LooksRandom(ByteView raw) {
  constexpr size_t kTooFewToTell = size_t{64} << 10;
  if (raw.size() < kTooFewToTell) return false;
  std::array<uint64_t, 256> counts{};
  for (const char byte : raw) ++counts[static_cast<uint8_t>(byte)];
  uint64_t squares = 0;
  for (const uint64_t count : counts) squares += count * count;
  return squares * 239 < uint64_t{raw.size()} * raw.size();
}

}  // namespace

struct BlockEncoder::State : InMemory {
  explicit State(const BlockOptions& block_options)
      : options(block_options), id(BackendOf(block_options)) {}

  BlockOptions options;
  BackendId id;
  std::unique_ptr<ir::Builder> builder;  // null: to be made
  Backends backends;
  std::unique_ptr<DictionaryEncoder> with_dictionary;  // null: there is none, or to be made

  // Packs the structure of `raw` that these rows give, if that makes a smaller payload than
  // *payload, or there is none yet.
  absl::Status TryStructure(ByteView raw, ir::Rows rows, ByteBuffer* payload,
                            BlockSummary* summary) {
    if (builder == nullptr) builder = std::make_unique<ir::Builder>();
    const ir::BlockView block = builder->Build(raw, rows);
    if (!codec::CanEncode(block)) return absl::OkStatus();
    if (id != BackendId::kMix) return TryRanked(id, block, options.level, payload, summary);
    if (options.backend == BackendId::kMix) {
      absl::Status status = PackMix(block);
      if (status.ok()) Keep(id, payload, summary);
      return absl::IsOutOfRange(status) ? absl::OkStatus() : status;
    }
    if (absl::Status status = PackWith(BackendId::kZstd, block, kQuickRanked); !status.ok())
      return status;
    const uint64_t quick = trial.size();
    backends.Release(BackendId::kZstd);
    absl::Status status = PackMix(block);
    if (!status.ok() && !absl::IsOutOfRange(status)) return status;
    if (status.ok()) {
      const bool sure = trial.size() * 100 < quick * kSureShare;
      Keep(id, payload, summary);
      if (sure) return status;
    }
    // Where mix is blind to something it may not be the best: to counters in hexadecimal, say.
    ir::BlockView again = block;
    if (builder == nullptr) {
      builder = std::make_unique<ir::Builder>();
      again = builder->Build(raw, rows);
    }
    status = TryRanked(BackendId::kXz, again, kBestRanked, payload, summary);
    backends.Release(BackendId::kXz);
    return status;
  }

  // Sets *rows to those that pack a part of `raw` smaller. *payload is empty before and afterwards.
  absl::Status ChooseRows(ByteView raw, ByteBuffer* payload, ir::Rows* rows) {
    const ByteView part = MiddleOf(raw);
    BlockSummary unused;
    backends.Get(id).ReportTo(nullptr);  // the part is told with its block
    absl::Status status = TryStructure(part, ir::Rows::kLines, payload, &unused);
    const size_t with_lines = payload->size();
    if (status.ok()) status = TryStructure(part, ir::Rows::kMembers, payload, &unused);
    // Members have taken the place of lines, or of nothing.
    *rows = payload->size() != with_lines ? ir::Rows::kMembers : ir::Rows::kLines;
    payload->clear();
    return status;
  }

  // Whether the bytes as they are may pack smaller than `size`, which their structure takes.
  absl::Status PlainMayWin(ByteView raw, size_t size, bool* may) {
    *may = true;
    if (options.level <= kQuickLevels || id == BackendId::kStore) return absl::OkStatus();
    LOGPRESS_RETURN_IF_ERROR(PackQuickly(raw));
    const uint64_t quick = trial.size();
    if (raw.size() < kSmallBlock) {
      const uint64_t least = id == BackendId::kMix ? kLeastOfQuickWithMix : kLeastOfQuick;
      *may = quick * least < size * 100;
      return absl::OkStatus();
    }
    const ByteView part = MiddleOf(raw);
    LOGPRESS_RETURN_IF_ERROR(PackQuickly(part));
    const uint64_t quick_part = trial.size();
    trial.clear();
    backend::Backend& plain = backends.Get(PlainId());
    plain.ReportTo(nullptr);  // the part is told with its block
    absl::Status status = plain.Pack({part, nullptr}, options.level, &trial);
    if (absl::IsOutOfRange(status)) return absl::OkStatus();
    *may = quick * trial.size() * kLeastOfPromise < size * quick_part * 100;
    return status;
  }

  // TryPlain with the backend that suits.
  absl::Status TryPlain(ByteView raw, ByteBuffer* payload, BlockSummary* summary) {
    if (id != BackendId::kMix) return TryPlain(raw, PlainId(), payload, summary);
    // Repetition is all that could be found in random bytes: xz finds that as well, and sooner.
    if (LooksRandom(raw)) return TryPlain(raw, BackendId::kXz, payload, summary);
    absl::Status status = PackQuickly(raw);
    if (!status.ok()) return status;
    if (trial.size() > raw.size() / kEndlessRatio) {
      status = TryPlain(raw, id, payload, summary);
      if (!absl::IsOutOfRange(status)) return status;
    }
    for (const BackendId quicker : {BackendId::kZstd, BackendId::kXz}) {
      status = TryPlain(raw, quicker, payload, summary);
      if (!status.ok()) return status;
    }
    return status;
  }

  // As TryStructure, but packs the bytes as they are, and keeps that if it is as small.
  absl::Status TryPlain(ByteView raw, BackendId with, ByteBuffer* payload, BlockSummary* summary) {
    trial.clear();
    absl::Status status = backends.Get(with).Pack({raw, nullptr}, options.level, &trial);
    if (!status.ok() || (!payload->empty() && payload->size() < trial.size())) return status;
    payload->swap(trial);
    summary->backend = with;
    summary->raw = true;
    summary->templates = 0;
    summary->metadata_size = 0;
    return absl::OkStatus();
  }

 private:
  // What packs bytes without structure. Blend's model of bytes is for texts, which are short.
  BackendId PlainId() const { return id == BackendId::kBlend ? BackendId::kXz : id; }

  absl::Status PackQuickly(ByteView raw) {
    trial.clear();
    return backends.Get(BackendId::kZstd).Pack({raw, nullptr}, 1, &trial);
  }

  absl::Status TryRanked(BackendId with, const ir::BlockView& block, int level, ByteBuffer* payload,
                         BlockSummary* summary) {
    absl::Status status = PackWith(with, block, level);
    const size_t size = trial.size();
    const uint64_t ratio = block.text.size() < kCycleSmall ? kCycleRatioOfSmall : kCycleRatio;
    if (status.ok()) Keep(with, payload, summary);
    if (!status.ok() || level <= kQuickLevels || size * ratio > block.text.size()) return status;
    const BackendId quick = with == BackendId::kBlend ? BackendId::kXz : with;
    status = PackWith(quick, block, kQuickLevels);
    if (status.ok()) Keep(quick, payload, summary);
    return status;
  }

  absl::Status PackWith(BackendId with, const ir::BlockView& block, int level) {
    trial.clear();
    return backends.Get(with).Pack(block, level, &trial);
  }

  absl::Status PackMix(const ir::BlockView& block) {
    if (block.text.size() < kLargeBlock) return PackWith(id, block, options.level);
    // Mix divides the rows itself and takes much memory for it; the builder's is free meanwhile.
    const Outline outline(block);
    builder.reset();
    return PackWith(id, outline.view(), options.level);
  }

  // What was packed last becomes *payload, if there is none or it is smaller.
  void Keep(BackendId with, ByteBuffer* payload, BlockSummary* summary) {
    backend::Backend& backend = backends.Get(with);
    backend.ReportTo(nullptr);  // a second time is not told
    if (!payload->empty() && payload->size() <= trial.size()) return;
    payload->swap(trial);
    summary->backend = with;
    const backend::Metadata packed = backend.packed();
    summary->raw = packed.raw;
    summary->templates = packed.templates;
    summary->metadata_size = backend.metadata_size();
  }

  ByteBuffer trial;
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
  if (state.options.dictionary != nullptr) {
    if (state.with_dictionary == nullptr)
      state.with_dictionary = std::make_unique<DictionaryEncoder>(state.options);
    return state.with_dictionary->Encode(raw, payload, summary);
  }
  *summary = BlockSummary();
  summary->lines = CountLines(raw);
  payload->clear();
  const bool many_orders = text::HasManyOrders(raw);
  ir::Rows rows = ir::Rows::kLines;
  absl::Status status;
  if (many_orders && raw.size() > kTrialBlock) status = state.ChooseRows(raw, payload, &rows);
  state.backends.Get(state.id).ReportTo(state.options.meter);
  if (status.ok()) status = state.TryStructure(raw, rows, payload, summary);
  if (status.ok() && many_orders && raw.size() <= kTrialBlock)
    status = state.TryStructure(raw, ir::Rows::kMembers, payload, summary);
  if (!status.ok()) return status;
  const uint64_t plain_ratio = state.id == BackendId::kMix ? kPlainRatioOfMix : kPlainRatio;
  if (payload->empty() || raw.size() < kSmallBlock || payload->size() > raw.size() / plain_ratio) {
    bool may_win = true;
    if (!payload->empty()) status = state.PlainMayWin(raw, payload->size(), &may_win);
    if (status.ok() && may_win) status = state.TryPlain(raw, payload, summary);
    if (!status.ok()) return status;
  }
  if (payload->size() >= raw.size()) {
    payload->clear();
    status = state.TryPlain(raw, BackendId::kStore, payload, summary);
    if (!status.ok()) return status;
  }
  // In a small payload everything is near, and its bytes count.
  if (payload->size() < kSmallPayload) summary->metadata_size = 0;
  summary->decode_memory = state.backends.Get(summary->backend).ReadMemory(raw.size()) - raw.size();
  return absl::OkStatus();
}

uint64_t BlockEncoder::Memory(const BlockOptions& options, uint64_t block_size) {
  // What is found in a block takes 5 bytes for each of its own in most logs; what takes most, lines
  // of one short value each, or of nothing, took up to 42. The models of the codec are among it.
  constexpr uint64_t kPerByte = 44;
  constexpr uint64_t kFixed = uint64_t{2} << 20;
  // Pieces are an eighth larger than asked for.
  const auto packing = [&](BackendId id) {
    const uint64_t bytes = backend::NewBackend(id)->PackMemory(block_size, options.level);
    return bytes + bytes / 8;
  };
  if (options.dictionary != nullptr) {
    // With the dictionary and without.
    BlockOptions alone = options;
    alone.dictionary = nullptr;
    return 2 * Memory(alone, block_size) + DictionaryDecoder::Memory(block_size);
  }
  const BackendId id = BackendOf(options);
  uint64_t packer = packing(id);
  // Before mix or instead of it, see TryStructure and TryPlain; none is at work together with
  // another.
  if (id == BackendId::kMix)
    packer = std::max({packer, packing(BackendId::kXz), packing(BackendId::kZstd)});
  if (id == BackendId::kBlend) packer += packing(BackendId::kXz);  // see PlainId
  // See PlainMayWin.
  if (id != BackendId::kZstd && id != BackendId::kStore)
    packer += backend::NewBackend(backend::Id::kZstd)->PackMemory(block_size, 1);
  return kPerByte * block_size + kFixed + packer;
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
