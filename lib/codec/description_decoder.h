// Decodes what a block is made of from its stream meta: templates, columns, heads of lists.
#ifndef LOGPRESS_CODEC_DESCRIPTION_DECODER_H_
#define LOGPRESS_CODEC_DESCRIPTION_DECODER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "codec/breakdown.h"
#include "codec/decode_cost.h"
#include "codec/decoded_table.h"
#include "codec/row_groups.h"
#include "codec/row_model.h"

namespace logpress::codec {

// Rows nest tables three deep; a damaged stream could ask for more.
inline constexpr int kMaxDepth = 8;

// What those need who go on behind a description.
struct DescriptionEnd {
  size_t size = 0;        // of it, in meta
  uint64_t budget = 0;    // that it has left
  uint64_t next_key = 1;  // behind those that it has
};

// Those that decode what the description describes derive from this. Borrows everything. One thread
// at a time.
class DescriptionDecoder {
 public:
  // With `parts`, adds to them where the bytes of meta went.
  DescriptionDecoder(ByteView meta, uint64_t raw_size, Models* models,
                     StreamBreakdown* parts = nullptr)
      : meta_bytes_(meta),
        meta_(meta),
        raw_size_(raw_size),
        budget_(DecodeBudget(raw_size)),
        models_(models),
        parts_(parts) {}

  // Goes on with what is behind it.
  DescriptionDecoder(ByteView meta, const DescriptionEnd& end, uint64_t raw_size, Models* models)
      : DescriptionDecoder(meta.substr(end.size), raw_size, models) {
    budget_ = end.budget;
    models_->next_key = end.next_key;
  }

  // Reads what is in front of the dictionaries of the block's own table, and no further.
  absl::Status DecodeDescription(DecodedTable* table, RowGroups* groups);
  // After that, or after some of what is behind.
  DescriptionEnd End() const { return {meta_.position(), budget_, models_->next_key}; }

 protected:
  bool Fail(const char* what);
  absl::Status Result() const;
  // Takes `charge` from what the parts of this block may still take.
  bool Spend(uint64_t charge);
  // Accounts for what was read of meta since the last call.
  void ChargeMeta(Part part, int depth, uint64_t count);
  bool DecodeHead(ListHead* head);
  // Of a column, or of a list, whose numbers have nothing to their left.
  bool StartNumbers(bool column, NumberKind* kind, NumberCoder* numbers);
  bool StartTimestamps(NumberKind* kind);
  bool DecodeTemplates(int depth, DecodedTable* table, uint32_t* column_count);
  bool DecodeColumns(int depth, DecodedTable* table, uint32_t column_count);
  // The description of a table.
  bool DecodeTable(int depth, DecodedTable* table);

  ByteView meta_bytes_;
  ByteReader meta_;
  const uint64_t raw_size_;
  uint64_t budget_;
  Models* const models_;
  StreamBreakdown* const parts_;

 private:
  size_t meta_charged_ = 0;     // what ChargeMeta has accounted for
  bool past_metadata_ = false;  // what is left of meta tells of dictionaries
  const char* what_ = nullptr;  // is wrong
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_DESCRIPTION_DECODER_H_
