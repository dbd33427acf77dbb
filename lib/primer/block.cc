#include "primer/block.h"

#include <algorithm>

#include "codec/range_coder.h"
#include "primer/row_coder.h"

namespace logpress::primer {

RowEncoder::RowEncoder(const Primer& primer)
    : primer_(primer),
      side_(primer.shape(), primer.matcher(), primer.text().data(), primer.values(), primer.index(),
            primer.id()) {}

void RowEncoder::Encode(ByteView raw, Coded* coded) {
  coded->rows.clear();
  coded->loose.clear();
  coded->text.clear();
  const Matcher& matcher = primer_.matcher();
  rows_.clear();
  text::SplitRows(raw, &rows_);
  cluster::CollectSkeletons(raw, rows_, text::Grain::kLine, matcher.timestamps(), primer_.id(),
                            &skeletons_);
  matcher.FindPlans(raw, rows_, skeletons_, &plans_);
  state_.StartFrom(primer_.start());
  side_.Start(raw, &coded->text);
  codec::RangeEncoder coder(&coded->rows);
  RowCoder row_coder(primer_.shape(), &state_, &side_, &coder);
  for (uint32_t row = 0; row < rows_.size(); ++row) {
    const uint32_t t = matcher.FindRow(raw, row, skeletons_, plans_, &slots_);
    if (t != kNone) {
      row_coder.CodeTemplate(t);
      row_coder.CodeSlots(t, slots_.data());
      continue;
    }
    const ByteView bytes = raw.substr(rows_[row].offset, rows_[row].size);
    row_coder.CodeTemplate(row_coder.templates());
    row_coder.CodeLooseRow(bytes.find('\n') == bytes.size() - 1 ? 0 : bytes.size());
    coded->loose.append(bytes);
  }
  coder.Finish();
}

RowDecoder::RowDecoder(const Primer& primer)
    : primer_(primer), side_(primer.shape(), primer.text().data(), primer.values()) {}

absl::Status RowDecoder::Decode(ByteView rows, ByteView loose, ByteView text, uint64_t raw_size,
                                ByteBuffer* raw) {
  const size_t begin = raw->size();
  raw->resize(begin + raw_size + DecodeSide::kSlack);
  state_.StartFrom(primer_.start());
  side_.Start(raw->data() + begin, static_cast<uint32_t>(raw_size), text);
  codec::RangeDecoder coder(rows);
  RowCoder row_coder(primer_.shape(), &state_, &side_, &coder);
  while (side_.position() < raw_size) {
    const uint32_t row = side_.position();
    const uint32_t t = row_coder.CodeTemplate(0);
    bool fine;
    if (t < row_coder.templates()) {
      fine = row_coder.CodeSlots(t, nullptr);
    } else {
      uint64_t size = row_coder.CodeLooseRow(0);
      if (size == 0) size = loose.find('\n') + 1;
      fine = size <= loose.size() && side_.Bytes(loose.substr(0, size));
      if (fine) loose.remove_prefix(size);
    }
    if (!fine || side_.position() == row) {
      return absl::DataLossError(
          "the block's payload is damaged: a row that its dictionary cannot make");
    }
  }
  raw->resize(begin + raw_size);
  if (!loose.empty() || !side_.long_text().empty())
    return absl::DataLossError("the block's payload is damaged: it holds more than its rows");
  return absl::OkStatus();
}

}  // namespace logpress::primer
