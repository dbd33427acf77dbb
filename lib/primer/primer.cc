#include "primer/primer.h"

#include <algorithm>
#include <utility>

#include "backend/byte_packer.h"
#include "base/checksum.h"
#include "base/status.h"
#include "codec/decode_cost.h"
#include "codec/range_coder.h"
#include "primer/decode_side.h"
#include "primer/file.h"
#include "primer/row_coder.h"
#include "primer/sizes.h"

namespace logpress::primer {

namespace {

constexpr size_t kPrefixRows = size_t{512} << 10;
constexpr size_t kPrefixText = size_t{512} << 10;

}  // namespace

absl::StatusOr<std::unique_ptr<Primer>> Primer::Load(ByteView file) {
  File parsed;
  LOGPRESS_RETURN_IF_ERROR(ParseFile(file, &parsed));
  ByteBuffer described;
  LOGPRESS_RETURN_IF_ERROR(
      backend::NewPacker(parsed.packer)
          ->Unpack(parsed.packed, parsed.meta_size + parsed.long_size, &described));
  auto primer = std::make_unique<Primer>();
  primer->id_ = parsed.id;
  primer->text_size_ = parsed.text_size;
  LOGPRESS_RETURN_IF_ERROR(
      primer->shape_.Parse(ByteView(described).substr(0, parsed.meta_size), parsed.described));
  LOGPRESS_RETURN_IF_ERROR(
      primer->Decode(parsed.rows, ByteView(described).substr(parsed.meta_size), parsed.coded));
  return primer;
}

absl::Status Primer::Decode(uint64_t rows, ByteView long_text, ByteView coded) {
  text_.resize(text_size_ + DecodeSide::kSlack);
  const ValueLists none(shape_.dictionaries);
  DecodeSide side(shape_, nullptr, none);
  Vector<Example> examples;
  side.KeepExamples(&examples);
  side.Start(text_.data(), static_cast<uint32_t>(text_size_), long_text);
  start_.Start(shape_);
  codec::RangeDecoder coder(coded);
  RowCoder row_coder(shape_, &start_, &side, &coder);
  Vector<Slice> slices;
  for (uint64_t row = 0; row < rows; ++row) {
    const uint32_t begin = side.position();
    const uint32_t t = row_coder.CodeTemplate(0);
    if (t >= row_coder.templates() || !row_coder.CodeSlots(t, nullptr) || side.position() == begin)
      return absl::DataLossError(absl::StrCat("the dictionary is damaged: bad row ", row));
    slices.push_back({begin, side.position() - begin});
  }
  if (side.position() != text_size_)
    return absl::DataLossError("the dictionary is damaged: its rows have another size");
  start_.EndBlock();
  values_ = side.TakeValues();
  index_.Reset(id_);
  const ByteView all(text_.data(), text_.size());
  for (uint32_t d = 0; d < values_.size(); ++d) {
    for (uint32_t id = 0; id < values_[d].size(); ++id)
      index_.Add(d, id, all.substr(values_[d][id].offset, values_[d][id].size));
  }
  const ByteView text = all.substr(0, text_size_);
  prefix_.append(text.substr(text.size() - std::min(text.size(), kPrefixRows)));
  prefix_.append(long_text.substr(0, kPrefixText));
  zstd_ = std::make_unique<backend::ZstdPrefix>(prefix_);
  matcher_ = std::make_unique<Matcher>(shape_.tables.size(), examples,
                                       text::DetectTimestamps(text, slices));
  return absl::OkStatus();
}

}  // namespace logpress::primer
