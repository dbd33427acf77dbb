#include "codec/outline.h"

#include "codec/byte_planes.h"
#include "codec/escape.h"
#include "codec/quick_row_decoder.h"

namespace logpress::codec {

absl::Status OutlineDecoder::DecodeLists(const DecodedTable& table, Vector<ListOutline>* lists) {
  Lists(0, table, lists);
  return Result();
}

bool OutlineDecoder::Lists(int depth, const DecodedTable& table, Vector<ListOutline>* lists) {
  lists->resize(table.dictionaries.size());
  for (size_t d = 0; d < lists->size(); ++d) {
    if (!List(depth + 1, table.dictionaries[d].head, &(*lists)[d])) return false;
  }
  return true;
}

bool OutlineDecoder::List(int depth, const ListHead& head, ListOutline* list) {
  if (depth > kMaxDepth) return Fail("tables nested too deeply");
  switch (head.kind) {
    case ir::Strings::Kind::kText:
      return Text(head.count, &list->text);
    case ir::Strings::Kind::kNumbers:
      return models_->contexts != 0 || SkipPlaneHead(&meta_) || Fail("bad planes of numbers");
    case ir::Strings::Kind::kTable:
      list->table = std::make_unique<TableOutline>();
      return DecodeTable(depth, &list->table->table) &&
             Lists(depth, list->table->table, &list->table->lists) &&
             (models_->contexts != 0 || SkipPlanes(list->table->table));
  }
  return false;
}

bool OutlineDecoder::Text(uint64_t count, ByteView* text) {
  size_t size = 0;
  for (uint64_t i = 0; i < count; ++i) {
    const size_t end = text_.find(kStringEnd, size);
    if (end == ByteView::npos) return Fail("text ends too early");
    size = end + 1;
  }
  *text = text_.substr(0, size);
  text_.remove_prefix(size);
  return true;
}

bool OutlineDecoder::SkipPlanes(const DecodedTable& table) {
  for (uint64_t i = QuickRowPlanes(table); i > 0; --i) {
    if (!SkipPlaneHead(&meta_)) return Fail("bad planes of rows");
  }
  return true;
}

}  // namespace logpress::codec
