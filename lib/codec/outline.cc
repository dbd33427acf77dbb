#include "codec/outline.h"

#include "base/newlines.h"
#include "codec/byte_planes.h"
#include "codec/escape.h"
#include "codec/quick_row_decoder.h"
#include "codec/streams.h"

namespace logpress::codec {

absl::Status OutlineDecoder::DecodeLists(bool in_parts, DecodedTable* table,
                                         Vector<ListOutline>* lists, Vector<ListPart>* parts) {
  const size_t count = table->dictionaries.size();
  lists->resize(count);
  parts->clear();
  bool whole = true;
  for (size_t d = 0; whole && d < count; d = parts->back().end) {
    parts->push_back({.first = d, .end = in_parts ? EndOfPart(*table, d) : count});
    whole = Part(in_parts, table, lists, &parts->back());
  }
  table->key = models_->NewKey();
  return Result();
}

bool OutlineDecoder::Part(bool in_parts, DecodedTable* table, Vector<ListOutline>* lists,
                          ListPart* part) {
  part->meta = description_size_ + meta_.position();
  part->text = text_size_ - text_.size();
  part->lists = lists_;
  part->next_key = models_->next_key;
  uint64_t size = 0;
  // Nobody has asked how long the stream is: whoever decodes the part compares.
  if (in_parts && !meta_.GetVarintUpTo(PlanesBudget(raw_size_), &size))
    return Fail("bad size of a part of the lists");
  lists_ += size;
  return Lists(0, part->first, part->end, table, lists);
}

bool OutlineDecoder::Lists(int depth, size_t first, size_t end, DecodedTable* table,
                           Vector<ListOutline>* lists) {
  for (size_t d = first; d < end; ++d) {
    DecodedDictionary& dictionary = table->dictionaries[d];
    dictionary.start.key = models_->NewKey();
    dictionary.start.distinct = dictionary.head.count;
    if (!List(depth + 1, dictionary.head, &(*lists)[d])) return false;
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
      return Rows(depth, list);
  }
  return false;
}

bool OutlineDecoder::Rows(int depth, ListOutline* list) {
  list->table = std::make_unique<TableOutline>();
  DecodedTable& table = list->table->table;
  if (!DecodeTable(depth, &table)) return false;
  const size_t count = table.dictionaries.size();
  list->table->lists.resize(count);
  if (!Lists(depth, 0, count, &table, &list->table->lists)) return false;
  table.key = models_->NewKey();
  return models_->contexts != 0 || SkipPlanes(table);
}

bool OutlineDecoder::Text(uint64_t count, ByteView* text) {
  static_assert(kStringEnd == '\n');
  const size_t size = SizeOfLines(text_, count);
  if (size == ByteView::npos) return Fail("text ends too early");
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
