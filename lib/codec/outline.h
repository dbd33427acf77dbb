// What the values of a block are made of, as far as its streams meta and text tell it: read without
// the lists, which are coded and take long.
#ifndef LOGPRESS_CODEC_OUTLINE_H_
#define LOGPRESS_CODEC_OUTLINE_H_

#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/memory.h"
#include "codec/decoded_table.h"
#include "codec/description_decoder.h"

namespace logpress::codec {

struct TableOutline;

// Of the values of a dictionary, by the kind in its head.
struct ListOutline {
  ByteView text;                        // kText: all of them, escaped, each with kStringEnd
  std::unique_ptr<TableOutline> table;  // kTable
  // Numbers are what their head says.
};

struct TableOutline : InMemory {
  DecodedTable table;         // without values
  Vector<ListOutline> lists;  // of its dictionaries, in their order
};

// One thread at a time.
class OutlineDecoder : public DescriptionDecoder {
 public:
  OutlineDecoder(ByteView meta, ByteView text, uint64_t raw_size, Models* models)
      : DescriptionDecoder(meta, raw_size, models), text_(text) {}

  // After DecodeDescription: fills *lists, which borrow the stream text.
  absl::Status DecodeLists(const DecodedTable& table, Vector<ListOutline>* lists);

 private:
  bool Lists(int depth, const DecodedTable& table, Vector<ListOutline>* lists);
  bool List(int depth, const ListHead& head, ListOutline* list);
  bool Text(uint64_t count, ByteView* text);
  bool SkipPlanes(const DecodedTable& table);

  ByteView text_;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_OUTLINE_H_
