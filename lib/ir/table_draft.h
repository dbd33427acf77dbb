// A table before its values are understood: which row has which template, and which values stand in
// its slots.
#ifndef LOGPRESS_IR_TABLE_DRAFT_H_
#define LOGPRESS_IR_TABLE_DRAFT_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/arena.h"
#include "base/bytes.h"
#include "cluster/skeleton.h"
#include "cluster/templates.h"

namespace logpress::ir {

// A slot of a template: which token of its rows, and whose column its values go to.
struct DraftSlot {
  uint32_t token;
  uint32_t column;
};

struct DraftTemplate {
  // Index into TemplateSet::clusters, or kException: rows that fit no template are one value each,
  // but for the newline of a line.
  uint32_t cluster;
  uint32_t rows;
  // A row that has the template. The skeleton that a cluster began with need not be one: it may
  // have found a better place.
  uint32_t first_row;
  bool newline;  // exceptions only: the row ends in a newline, which is no part of the value
  std::vector<DraftSlot> slots;

  static constexpr uint32_t kException = ~uint32_t{0};
  bool is_exception() const { return cluster == kException; }
};

class TableDraft {
 public:
  TableDraft(ByteView text, std::span<const text::Slice> rows,
             const cluster::SkeletonSet& skeletons, const cluster::TemplateSet& clusters,
             Arena* arena);

  // Templates in order of first occurrence.
  std::span<const DraftTemplate> templates() const { return templates_; }
  // Per row: index into templates(). In the arena.
  std::span<const uint32_t> row_template() const { return row_template_; }
  uint32_t column_count() const { return column_count_; }
  // Rows that have no template but an exception's.
  size_t exception_rows() const {
    size_t rows = 0;
    for (const DraftTemplate& entry : templates_) rows += entry.is_exception() ? entry.rows : 0;
    return rows;
  }

  // Gives every slot a column: header fields share one, all other slots have their own; then
  // collects the values. Call once.
  void CollectColumns();

  // The values of a column in row order. In the arena.
  std::span<const text::Slice> ValuesOf(uint32_t column) const {
    return values_.subspan(column_begin_[column],
                           column_begin_[column + 1] - column_begin_[column]);
  }
  // Whether slots of more than one template share the column.
  bool IsShared(uint32_t column) const { return shared_[column] != 0; }
  bool IsException(uint32_t column) const { return column == exception_column_; }

  // The literals of a template around those slots whose columns are kept, in the arena.
  std::span<const text::Slice> Literals(const DraftTemplate& entry,
                                        std::span<const uint8_t> kept) const;

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};

  void AssignTemplates();
  void AssignColumns();
  void FillValues();

  ByteView text_;
  std::span<const text::Slice> rows_;
  const cluster::SkeletonSet& skeletons_;
  const cluster::TemplateSet& clusters_;
  Arena* arena_;
  std::vector<DraftTemplate> templates_;
  std::span<uint32_t> row_template_;
  std::vector<uint32_t> column_begin_;
  std::vector<uint8_t> shared_;
  std::span<text::Slice> values_;
  uint32_t column_count_ = 0;
  uint32_t exception_column_ = kNone;
};

}  // namespace logpress::ir

#endif  // LOGPRESS_IR_TABLE_DRAFT_H_
