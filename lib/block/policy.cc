#include "block/policy.h"

#include <algorithm>
#include <array>

#include "backend/backend.h"
#include "base/newlines.h"
#include "base/status.h"
#include "text/json_members.h"

namespace logpress::block {
namespace {

// Structure that packs a block worse than this is compared with the plain backend; better than this
// it always wins or nearly.
constexpr uint64_t kPlainRatio = 8;
// The same for mix, which takes its time and knows the structure best.
constexpr uint64_t kPlainRatioOfMix = 3;
// What ranked guesses make of a block, quickly, of which mix must leave fewer per cent; else blend
// does its best. At that it makes 3/5 of it at least, or nearly.
constexpr int kQuickRanked = 4;
constexpr int kBestBlend = 8;
constexpr uint64_t kSureShare = 60;
// Of a block that becomes so small the rows may be a cycle too long for guesses, which a byte
// packer sees in planes of bytes, as the levels up to this one write.
constexpr int kPlaneLevel = 3;
constexpr uint64_t kCycleRatio = 256;
// A small block is tried sooner: that takes little time.
constexpr uint64_t kCycleRatioOfSmall = 32;
constexpr uint64_t kCycleSmall = uint64_t{1} << 20;
// Nobody reads only a part of a payload so small.
constexpr size_t kSmallPayload = size_t{16} << 10;
// A block so small is packed both ways, unless zstd at a quick level shows what will come of it: of
// that, so many per cent are less than any strong level made, and than mix made.
// zstd itself leaves more, of few bytes most: of 2,200 values of 2 to 200 KiB one became larger by
// not being tried, by six bytes.
constexpr uint64_t kSmallBlock = uint64_t{256} << 10;
constexpr uint64_t kLeastOfQuick = 60;
constexpr uint64_t kLeastOfQuickWithZstd = 80;
constexpr uint64_t kLeastOfQuickInFew = 85;
constexpr uint64_t kFew = uint64_t{32} << 10;
// So few bytes become no smaller at a higher level of zstd, which takes twice as long.
constexpr int kLevelOfFew = 4;
constexpr uint64_t kLeastOfQuickWithMix = 33;
// Bytes that a byte packer has phrases for.
constexpr uint64_t kShortBlock = uint64_t{64} << 10;
// Of a larger one a part shows how much less a strong level makes than the quick one. It made this
// many per cent of what the part promised at least, or nearly, for repetitions of far away.
constexpr uint64_t kLeastOfPromise = 80;
// And this many where the quick level made as much of the part, in per cent, as of all: then
// nothing is far away.
constexpr uint64_t kLeastOfSurePromise = 90;
constexpr uint64_t kAsMuch = 97;
// What zstd packs better than this at a quick level repeats itself more than mix may pack.
constexpr uint64_t kEndlessRatio = 1024;
// Up to here a level is about as quick itself. It sees nothing far away, so that a part's promise
// is sure.
constexpr int kQuickLevels = 1;
// Of a larger block only a part is packed in two ways to see which one suits it.
constexpr uint64_t kTrialBlock = uint64_t{512} << 10;
constexpr size_t kMinTrialPart = size_t{256} << 10;
constexpr size_t kMaxTrialPart = size_t{1} << 20;
constexpr size_t kTrialShare = 16;

BackendId BackendOf(const BlockOptions& options) {
  if (options.backend != BackendId::kAuto) return options.backend;
  if (options.level >= 9) return BackendId::kMix;
  if (options.level >= 7) return BackendId::kBlend;
  return options.level >= 6 ? BackendId::kXz : BackendId::kZstd;
}

// What packs bytes without structure. Blend's model of bytes is for texts, which are short.
BackendId PlainOf(BackendId id) { return id == BackendId::kBlend ? BackendId::kXz : id; }

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

Policy::Policy(const BlockOptions& options) : options_(options), backend_(BackendOf(options)) {}

absl::Status Policy::Pack(ByteView raw, ByteBuffer* payload, BlockSummary* summary) {
  const bool many_orders = text::HasManyOrders(raw);
  const bool large = raw.size() > kTrialBlock;
  ir::Rows rows = ir::Rows::kLines;
  if (many_orders && large) LOGPRESS_RETURN_IF_ERROR(ChooseRows(raw, payload, &rows));
  candidates_.Begin(raw, payload, summary);
  candidates_.ReportTo(backend_, options_.meter);
  LOGPRESS_RETURN_IF_ERROR(TryStructure(rows));
  if (many_orders && !large) LOGPRESS_RETURN_IF_ERROR(TryStructure(ir::Rows::kMembers));
  const uint64_t plain_ratio = backend_ == BackendId::kMix ? kPlainRatioOfMix : kPlainRatio;
  if (payload->empty() || raw.size() < kSmallBlock || payload->size() > raw.size() / plain_ratio) {
    bool may_win = true;
    if (!payload->empty()) LOGPRESS_RETURN_IF_ERROR(PlainMayWin(raw, payload->size(), &may_win));
    if (may_win) LOGPRESS_RETURN_IF_ERROR(TryPlain(raw));
  }
  if (payload->size() >= raw.size()) {
    candidates_.Drop();
    LOGPRESS_RETURN_IF_ERROR(TryPlain(raw, BackendId::kStore));
  }
  // In a small payload everything is near, and its bytes count.
  if (payload->size() < kSmallPayload) summary->metadata_size = 0;
  summary->lines = CountNewlines(raw) + (!raw.empty() && raw.back() != '\n');
  summary->decode_memory = candidates_.DecodeMemory();
  return absl::OkStatus();
}

// Sets *rows to those that pack a part of `raw` smaller. *payload is for what the part becomes.
absl::Status Policy::ChooseRows(ByteView raw, ByteBuffer* payload, ir::Rows* rows) {
  const ByteView part = MiddleOf(raw);
  BlockSummary unused;
  candidates_.Begin(part, payload, &unused);
  candidates_.ReportTo(backend_, nullptr);  // the part is told with its block
  LOGPRESS_RETURN_IF_ERROR(TryStructure(ir::Rows::kLines));
  const size_t with_lines = payload->size();
  LOGPRESS_RETURN_IF_ERROR(TryStructure(ir::Rows::kMembers));
  // Members have taken the place of lines, or of nothing.
  *rows = payload->size() != with_lines ? ir::Rows::kMembers : ir::Rows::kLines;
  return absl::OkStatus();
}

absl::Status Policy::TryStructure(ir::Rows rows) {
  if (!candidates_.FindStructure(rows)) return absl::OkStatus();
  return backend_ == BackendId::kMix ? TryMix() : TryRanked(backend_, options_.level);
}

absl::Status Policy::TryMix() {
  const bool alone = options_.backend == BackendId::kMix;  // nothing else was asked for
  uint64_t quick = 0;
  if (!alone) {
    LOGPRESS_RETURN_IF_ERROR(candidates_.PackStructure(BackendId::kZstd, kQuickRanked));
    quick = candidates_.size();
    candidates_.Release(BackendId::kZstd);
  }
  absl::Status status = candidates_.PackStructure(BackendId::kMix, options_.level);
  if (!status.ok() && !absl::IsOutOfRange(status)) return status;
  const bool sure = status.ok() && candidates_.size() * 100 < quick * kSureShare;
  if (status.ok()) candidates_.Keep();
  if (alone || sure) return absl::OkStatus();
  // Where mix is blind to something it may not be the best: to counters in hexadecimal, say.
  status = TryRanked(BackendId::kBlend, kBestBlend);
  candidates_.Release(BackendId::kBlend);
  return status;
}

absl::Status Policy::TryRanked(BackendId with, int level) {
  LOGPRESS_RETURN_IF_ERROR(candidates_.PackStructure(with, level));
  const uint64_t size = candidates_.size();
  candidates_.Keep();
  const uint64_t ratio = candidates_.raw_size() < kCycleSmall ? kCycleRatioOfSmall : kCycleRatio;
  if (level <= kPlaneLevel || size * ratio > candidates_.raw_size()) return absl::OkStatus();
  LOGPRESS_RETURN_IF_ERROR(candidates_.PackStructure(PlainOf(with), kPlaneLevel));
  candidates_.Keep();
  return absl::OkStatus();
}

uint64_t Policy::LeastOfQuick(uint64_t raw_size) const {
  if (backend_ == BackendId::kMix) return kLeastOfQuickWithMix;
  if (backend_ != BackendId::kZstd) return kLeastOfQuick;
  return raw_size < kFew ? kLeastOfQuickInFew : kLeastOfQuickWithZstd;
}

// Whether the bytes as they are may pack smaller than `size`, which their structure takes.
absl::Status Policy::PlainMayWin(ByteView raw, uint64_t size, bool* may) {
  *may = true;
  if (backend_ == BackendId::kStore) return absl::OkStatus();
  if (options_.level <= kQuickLevels) {
    if (raw.size() <= kTrialBlock) return absl::OkStatus();
    const ByteView part = MiddleOf(raw);
    absl::Status status = PackPart(part);
    if (absl::IsOutOfRange(status)) return absl::OkStatus();
    *may = candidates_.size() * raw.size() * kLeastOfSurePromise < size * part.size() * 100;
    return status;
  }
  LOGPRESS_RETURN_IF_ERROR(PackQuickly(raw));
  const uint64_t quick = candidates_.size();
  if (raw.size() < kSmallBlock) {
    *may = quick * LeastOfQuick(raw.size()) < size * 100;
    return absl::OkStatus();
  }
  const ByteView part = MiddleOf(raw);
  LOGPRESS_RETURN_IF_ERROR(PackQuickly(part));
  const uint64_t quick_part = candidates_.size();
  absl::Status status = PackPart(part);
  if (absl::IsOutOfRange(status)) return absl::OkStatus();
  const bool sure = quick * part.size() * 100 >= quick_part * raw.size() * kAsMuch;
  const uint64_t least = sure ? kLeastOfSurePromise : kLeastOfPromise;
  *may = quick * candidates_.size() * least < size * quick_part * 100;
  return status;
}

absl::Status Policy::PackPart(ByteView part) {
  candidates_.ReportTo(PlainOf(backend_), nullptr);  // the part is told with its block
  return candidates_.PackPlain(part, PlainOf(backend_), options_.level);
}

absl::Status Policy::TryPlain(ByteView raw) {
  if (backend_ != BackendId::kMix) return TryPlain(raw, PlainOf(backend_));
  // Repetition is all that could be found in random bytes: xz finds that as well, and sooner.
  if (LooksRandom(raw)) return TryPlain(raw, BackendId::kXz);
  LOGPRESS_RETURN_IF_ERROR(PackQuickly(raw));
  if (candidates_.size() > raw.size() / kEndlessRatio) {
    absl::Status status = TryPlain(raw, BackendId::kMix);
    // What is too short for mix to learn much from may be in phrases that others know.
    if (status.ok() && raw.size() < kShortBlock) return TryPlain(raw, BackendId::kZstd);
    if (!absl::IsOutOfRange(status)) return status;
  }
  LOGPRESS_RETURN_IF_ERROR(TryPlain(raw, BackendId::kZstd));
  return TryPlain(raw, BackendId::kXz);
}

absl::Status Policy::TryPlain(ByteView raw, BackendId with) {
  int level = options_.level;
  if (backend_ == BackendId::kZstd && raw.size() < kFew) level = std::min(level, kLevelOfFew);
  LOGPRESS_RETURN_IF_ERROR(candidates_.PackPlain(raw, with, level));
  candidates_.Keep();
  return absl::OkStatus();
}

absl::Status Policy::PackQuickly(ByteView bytes) {
  return candidates_.PackPlain(bytes, BackendId::kZstd, 1);
}

uint64_t Policy::Memory(const BlockOptions& options, uint64_t block_size) {
  // What is found in a block takes 5 bytes for each of its own in most logs; what takes most, lines
  // of one short value each, or of nothing, took up to 42. The models of the codec are among it.
  constexpr uint64_t kPerByte = 44;
  constexpr uint64_t kFixed = uint64_t{2} << 20;
  // Pieces are an eighth larger than asked for.
  const auto packing = [&](BackendId id, int level) {
    const uint64_t bytes = backend::NewBackend(id)->PackMemory(block_size, level);
    return bytes + bytes / 8;
  };
  const BackendId id = BackendOf(options);
  uint64_t packer = packing(id, options.level);
  // Before mix or instead of it, see TryMix and TryPlain; none is at work together with another.
  if (id == BackendId::kMix) {
    packer = std::max(
        {packer, packing(BackendId::kBlend, kBestBlend) + packing(BackendId::kXz, kPlaneLevel),
         packing(BackendId::kXz, options.level), packing(BackendId::kZstd, options.level)});
  }
  if (PlainOf(id) != id) packer += packing(PlainOf(id), options.level);
  // See PlainMayWin.
  if (id != BackendId::kZstd && id != BackendId::kStore)
    packer += backend::NewBackend(BackendId::kZstd)->PackMemory(block_size, 1);
  return kPerByte * block_size + kFixed + packer;
}

}  // namespace logpress::block
