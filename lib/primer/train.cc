#include "primer/train.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "backend/byte_packer.h"
#include "backend/zstd_prefix.h"
#include "base/status.h"
#include "cluster/skeleton.h"
#include "codec/encoder.h"
#include "codec/range_coder.h"
#include "ir/builder.h"
#include "primer/block.h"
#include "primer/encode_side.h"
#include "primer/file.h"
#include "primer/matcher.h"
#include "primer/primer.h"
#include "primer/row_coder.h"
#include "primer/shape.h"
#include "primer/sizes.h"
#include "primer/state.h"

namespace logpress::primer {
namespace {

constexpr int kMetaLevel = 9;
constexpr int kMeasuredLevel = 5;
constexpr uint64_t kMinSample = 4096;

// An example of each template of a table and of those below, numbered as Shape numbers them. The
// literals of a template stand in one row of the text, around what its slots have there.
void CollectExamples(ByteView text, const ir::Table& table, uint32_t* next_table,
                     Vector<Example>* examples) {
  const uint32_t number = (*next_table)++;
  for (uint32_t t = 0; t < table.templates.size(); ++t) {
    const std::span<const Slice> literals = table.templates[t].literals;
    const uint32_t begin = literals.front().offset;
    const uint32_t end = literals.back().offset + literals.back().size;
    Example example = {number, t, text.substr(begin, end - begin), {}};
    for (size_t i = 0; i + 1 < literals.size(); ++i) {
      const uint32_t slot = literals[i].offset + literals[i].size;
      example.slots.push_back({slot - begin, literals[i + 1].offset - slot});
    }
    examples->push_back(std::move(example));
  }
  for (const ir::Strings* const list : table.dictionaries) {
    if (list->kind == ir::Strings::Kind::kTable)
      CollectExamples(text, *list->table, next_table, examples);
  }
}

// A dictionary of these lines, whatever its size.
absl::Status TrainWith(ByteView sample, ByteBuffer* out) {
  ir::Builder builder;
  const ir::BlockView block = builder.Build(sample, ir::Rows::kLines, ir::Constants::kInColumns);
  if (!codec::CanEncode(block)) {
    return absl::InvalidArgumentError(
        "the samples have too little in common for a dictionary; give more lines of one log");
  }
  codec::Encoder encoder;
  codec::Streams streams;
  encoder.Encode(
      block, {.contexts = kContexts, .guess_bits = kModelSizes.guess_bits, .lists_in_parts = false},
      &streams);
  Shape shape;
  LOGPRESS_RETURN_IF_ERROR(shape.Parse(streams.meta, sample.size()));
  Vector<Example> examples;
  uint32_t tables = 0;
  CollectExamples(sample, *block.root->table, &tables, &examples);
  const std::span<const Slice> rows = block.root->values;
  const Vector<time::TimestampFormat> timestamps = text::DetectTimestamps(sample, rows);
  const Matcher matcher(shape.tables.size(), examples, timestamps);
  cluster::SkeletonSet skeletons;
  cluster::CollectSkeletons(sample, rows, text::Grain::kLine, timestamps, 0, &skeletons);
  Matcher::Plans plans;
  matcher.FindPlans(sample, rows, skeletons, &plans);

  const ValueLists none(shape.dictionaries);
  const ValueIndex empty;
  EncodeSide side(shape, matcher, nullptr, none, empty, 0);
  ByteBuffer long_text;
  side.Start(sample, &long_text);
  State state;
  state.Start(shape);
  ByteBuffer coded;
  codec::RangeEncoder coder(&coded);
  RowCoder row_coder(shape, &state, &side, &coder);
  File file;
  Vector<Slice> slots;
  for (uint32_t row = 0; row < rows.size(); ++row) {
    const uint32_t t = matcher.FindRow(sample, row, skeletons, plans, &slots);
    if (t == kNone) continue;
    row_coder.CodeTemplate(t);
    row_coder.CodeSlots(t, slots.data());
    ++file.rows;
    file.text_size += rows[row].size;
  }
  coder.Finish();

  const size_t meta_size = streams.meta.size();
  ByteBuffer described = streams.meta;
  described += long_text;
  ByteBuffer packed;
  LOGPRESS_RETURN_IF_ERROR(backend::NewXzPacker()->Pack(described, kMetaLevel, &packed));
  file.described = sample.size();
  file.meta_size = meta_size;
  file.long_size = long_text.size();
  file.packer = backend::PackerId::kXz;
  file.packed = packed;
  file.coded = coded;
  AppendFile(&file, out);
  return absl::OkStatus();
}

// Whole lines, evenly from all of the samples, of about `size` bytes.
void Choose(ByteView samples, uint64_t size, ByteBuffer* chosen) {
  constexpr uint64_t kPieces = 16;
  chosen->clear();
  if (samples.size() <= size) {
    chosen->append(samples);
    return;
  }
  const uint64_t piece = size / kPieces;
  size_t begin = 0;
  for (uint64_t i = 0; i < kPieces; ++i) {
    // Pieces do not overlap, whatever the lines.
    begin = std::max<size_t>(begin, samples.size() / kPieces * i);
    const size_t line = begin == 0 ? 0 : samples.find('\n', begin - 1);
    if (line == ByteView::npos) break;
    begin = begin == 0 ? 0 : line + 1;
    size_t end = samples.rfind('\n', begin + piece);
    if (end == ByteView::npos || end < begin) continue;
    chosen->append(samples, begin, end + 1 - begin);
    begin = end + 1;
  }
}

// Replaces *file by a dictionary of some `size` bytes of the samples, or of fewer if it would be
// larger than `max_size`.
absl::Status TrainWithin(ByteView samples, uint64_t size, uint64_t max_size, ByteBuffer* file) {
  ByteBuffer chosen;
  while (size >= kMinSample) {
    Choose(samples, size, &chosen);
    file->clear();
    LOGPRESS_RETURN_IF_ERROR(TrainWith(chosen, file));
    if (file->size() <= max_size) return absl::OkStatus();
    // Nearly proportional, and smaller in any case.
    size = std::min(size / 2, size / 100 * (95 * max_size / file->size()));
  }
  return absl::InvalidArgumentError(absl::StrCat("no dictionary of at most ", max_size,
                                                 " bytes can be made of these samples; give more "
                                                 "lines of one log, or allow more bytes"));
}

// Bytes that values of lines of `text` take with the dictionary.
absl::Status Measure(ByteView file, ByteView text, uint64_t* total) {
  constexpr size_t kValue = size_t{16} << 10;
  LOGPRESS_ASSIGN_OR_RETURN(const std::unique_ptr<Primer> primer, Primer::Load(file));
  RowEncoder encoder(*primer);
  backend::ZstdPrefixPacker packer(primer->prefix());
  Coded coded;
  ByteBuffer packed;
  *total = 0;
  while (!text.empty()) {
    size_t end = text.size() <= kValue ? text.size() : text.rfind('\n', kValue) + 1;
    if (end == 0) end = kValue;
    encoder.Encode(text.substr(0, end), &coded);
    text.remove_prefix(end);
    packed.clear();
    for (const ByteBuffer* const part : {&coded.loose, &coded.text}) {
      if (!part->empty()) LOGPRESS_RETURN_IF_ERROR(packer.Pack(*part, kMeasuredLevel, &packed));
    }
    *total += coded.rows.size() + packed.size();
  }
  return absl::OkStatus();
}

// Of how many bytes of `samples` a dictionary is best: with more of them it knows more, but is
// larger, and each of many ids takes more bits. So some dictionaries are made of what comes first
// and tried on what comes last.
absl::Status ChooseSize(ByteView samples, uint64_t max_size, uint64_t* size) {
  constexpr uint64_t kMinChoice = uint64_t{256} << 10;
  constexpr int kHalvings = 3;
  constexpr uint64_t kTried = 8;  // the last eighth, of at most so many bytes
  constexpr uint64_t kMaxTried = uint64_t{256} << 10;
  // A dictionary should pay for itself in ten times as much log as it was trained with.
  constexpr uint64_t kUses = 10;
  const uint64_t most = std::min<uint64_t>(samples.size(), kMaxSample);
  *size = most;
  if (most < kMinChoice) return absl::OkStatus();
  const uint64_t wanted = std::min(samples.size() / kTried, kMaxTried);
  const size_t split = samples.rfind('\n', samples.size() - wanted) + 1;
  if (split == 0 || split == samples.size()) return absl::OkStatus();
  const ByteView tried = samples.substr(split);
  uint64_t least = ~uint64_t{0};
  for (int halvings = 0; halvings <= kHalvings; ++halvings) {
    ByteBuffer made;
    uint64_t taken;
    const absl::Status status =
        TrainWithin(samples.substr(0, split), most >> halvings, max_size, &made);
    if (!status.ok()) continue;
    LOGPRESS_RETURN_IF_ERROR(Measure(made, tried, &taken));
    const uint64_t cost = made.size() + taken * (kUses * samples.size() / tried.size());
    if (cost >= least) continue;
    least = cost;
    *size = most >> halvings;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Train(ByteView samples, uint64_t max_size, ByteBuffer* file) {
  uint64_t size;
  LOGPRESS_RETURN_IF_ERROR(ChooseSize(samples, max_size, &size));
  ByteBuffer made;
  LOGPRESS_RETURN_IF_ERROR(TrainWithin(samples, size, max_size, &made));
  file->append(made);
  return absl::OkStatus();
}

}  // namespace logpress::primer
