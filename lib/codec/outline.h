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
#include "codec/list_parts.h"

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
  // Goes on behind the description of a block.
  OutlineDecoder(ByteView meta, const DescriptionEnd& description, ByteView text, uint64_t raw_size,
                 Models* models)
      : DescriptionDecoder(meta, description, raw_size, models),
        description_size_(description.size),
        text_size_(text.size()),
        text_(text) {}

  // Fills *lists, of the dictionaries of the block's own table, which borrow the stream text, and
  // *parts. The table gets what rows need of its dictionaries.
  absl::Status DecodeLists(bool in_parts, DecodedTable* table, Vector<ListOutline>* lists,
                           Vector<ListPart>* parts);

 private:
  bool Part(bool in_parts, DecodedTable* table, Vector<ListOutline>* lists, ListPart* part);
  bool Lists(int depth, size_t first, size_t end, DecodedTable* table, Vector<ListOutline>* lists);
  bool List(int depth, const ListHead& head, ListOutline* list);
  bool Rows(int depth, ListOutline* list);
  bool Text(uint64_t count, ByteView* text);
  bool SkipPlanes(const DecodedTable& table);

  const size_t description_size_;
  const size_t text_size_;
  ByteView text_;     // that is left
  size_t lists_ = 0;  // bytes of the stream of that name that the parts so far have
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_OUTLINE_H_
