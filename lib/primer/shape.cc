#include "primer/shape.h"

#include <utility>

#include "base/status.h"
#include "codec/description_decoder.h"
#include "primer/sizes.h"

namespace logpress::primer {
namespace {

// Reads descriptions alone: what values are stands in the rows.
class ShapeDecoder : public codec::DescriptionDecoder {
 public:
  ShapeDecoder(ByteView meta, uint64_t raw_size, codec::Models* models, Shape* shape)
      : DescriptionDecoder(meta, raw_size, models), shape_(shape) {}

  absl::Status Decode() {
    codec::DecodedTable rows;
    codec::RowGroups groups;
    LOGPRESS_RETURN_IF_ERROR(DecodeDescription(&rows, &groups));
    shape_->tables.emplace_back();
    shape_->tables[0].table = std::move(rows);
    DecodeLists(0, 0);
    return Result();
  }

 private:
  // What the dictionaries of a table are made of. Keys are handed out as for any block.
  bool DecodeLists(size_t index, int depth) {
    const size_t dictionaries = shape_->tables[index].table.dictionaries.size();
    shape_->tables[index].first_dictionary = shape_->dictionaries;
    shape_->tables[index].below.assign(dictionaries, kNone);
    shape_->dictionaries += static_cast<uint32_t>(dictionaries);
    for (size_t d = 0; d < dictionaries; ++d) {
      codec::DecodedDictionary& dictionary = shape_->tables[index].table.dictionaries[d];
      dictionary.start.key = models_->NewKey();
      dictionary.start.distinct = dictionary.head.count;
      if (dictionary.head.kind != ir::Strings::Kind::kTable) continue;
      if (depth == codec::kMaxDepth) return Fail("tables nested too deeply");
      const auto below = static_cast<uint32_t>(shape_->tables.size());
      shape_->tables[index].below[d] = below;
      shape_->tables.emplace_back();
      codec::DecodedTable table;
      if (!DecodeTable(depth + 1, &table)) return false;
      shape_->tables[below].table = std::move(table);
      if (!DecodeLists(below, depth + 1)) return false;
    }
    shape_->tables[index].table.key = models_->NewKey();
    return true;
  }

  Shape* const shape_;
};

}  // namespace

absl::Status Shape::Parse(ByteView meta, uint64_t raw_size) {
  *this = Shape();
  ByteReader reader(meta);
  uint64_t contexts;
  uint64_t guess_bits;
  if (!reader.GetVarint(&contexts) || contexts != kContexts || !reader.GetVarint(&guess_bits))
    return absl::DataLossError("the dictionary is damaged: bad size of its models");
  meta.remove_prefix(reader.position());
  codec::Models models;  // only for its keys
  models.contexts = kContexts;
  return ShapeDecoder(meta, raw_size, &models, this).Decode();
}

}  // namespace logpress::primer
