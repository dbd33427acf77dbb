#include "primer/train.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "backend/byte_packer.h"
#include "base/status.h"
#include "cluster/skeleton.h"
#include "codec/encoder.h"
#include "codec/range_coder.h"
#include "ir/builder.h"
#include "primer/encode_side.h"
#include "primer/file.h"
#include "primer/matcher.h"
#include "primer/row_coder.h"
#include "primer/shape.h"
#include "primer/sizes.h"
#include "primer/state.h"

namespace logpress::primer {
namespace {

constexpr int kMetaLevel = 9;
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
  encoder.Encode(block, {.contexts = kContexts, .guess_bits = kModelSizes.guess_bits}, &streams);
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

}  // namespace

absl::Status Train(ByteView samples, uint64_t max_size, ByteBuffer* file) {
  ByteBuffer chosen;
  for (uint64_t size = std::min<uint64_t>(samples.size(), kMaxSample); size >= kMinSample;) {
    Choose(samples, size, &chosen);
    ByteBuffer made;
    LOGPRESS_RETURN_IF_ERROR(TrainWith(chosen, &made));
    if (made.size() <= max_size) {
      file->append(made);
      return absl::OkStatus();
    }
    // Nearly proportional, and smaller in any case.
    size = std::min(size / 2, size / 100 * (95 * max_size / made.size()));
  }
  return absl::InvalidArgumentError(absl::StrCat("no dictionary of at most ", max_size,
                                                 " bytes can be made of these samples; give more "
                                                 "lines of one log, or allow more bytes"));
}

}  // namespace logpress::primer
