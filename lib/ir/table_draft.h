// A table before its values are understood: which row has which template, and which values stand in
// its slots.
#ifndef LOGPRESS_IR_TABLE_DRAFT_H_
#define LOGPRESS_IR_TABLE_DRAFT_H_

#include <cstdint>
#include <span>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/memory.h"
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
  Vector<DraftSlot> slots;

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

  // Gives every slot a column: header fields share one, all other slots have their own. Call once,
  // before anything below.
  void AssignColumns();

  // How many values a column has.
  uint32_t ValuesIn(uint32_t column) const { return column_values_[column]; }
  // Whether there is one template and no more to it than one slot.
  bool IsOneSlot() const;

  // How many values all columns have.
  size_t value_count() const {
    size_t values = 0;
    for (const uint32_t of_column : column_values_) values += of_column;
    return values;
  }
  // Calls visit(column, value) for every value, row by row as they stand in the text; for one that
  // is the same in all rows of their skeleton visit_word(column, value, word), where `word` is a
  // number below source_count() that tells which.
  template <typename Visit, typename VisitWord>
  void ForEachValue(const Visit& visit, const VisitWord& visit_word) const {
    for (size_t row = 0; row < rows_.size(); ++row) {
      const uint32_t skeleton = skeletons_.row_skeleton[row];
      const text::Slice* const values = skeletons_.values.data() + skeletons_.row_values[row];
      for (uint32_t i = source_begin_[skeleton]; i < source_begin_[skeleton + 1]; ++i) {
        const Source& source = sources_[i];
        switch (source.kind) {
          case Source::kVariable:
            visit(source.column, values[source.value]);
            break;
          case Source::kWord:
            visit_word(source.column, source.word, i);
            break;
          case Source::kRow:
            visit(source.column, text::Slice{rows_[row].offset, rows_[row].size - source.value});
            break;
        }
      }
    }
  }
  size_t source_count() const { return sources_.size(); }
  // Whether slots of more than one template share the column.
  bool IsShared(uint32_t column) const { return shared_[column] != 0; }
  bool IsException(uint32_t column) const { return column == exception_column_; }

  // The literals of a template around those slots whose columns are kept, in the arena.
  std::span<const text::Slice> Literals(const DraftTemplate& entry,
                                        std::span<const uint8_t> kept) const;

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};

  // Where the rows of a skeleton have the value of a slot of their template.
  struct Source {
    enum Kind : uint8_t {
      kVariable,  // in a variable token
      kWord,      // in a word that is a slot for this template and the same in all these rows
      kRow,       // in the whole row, which is an exception
    };
    Kind kind;
    uint32_t value;  // kVariable: index among the row's variable tokens; kRow: bytes left out
    uint32_t column;
    text::Slice word;
  };

  void AssignTemplates();
  void FindLists(const DraftTemplate& entry, Vector<uint32_t>* first_like) const;
  void FindSources();

  ByteView text_;
  std::span<const text::Slice> rows_;
  const cluster::SkeletonSet& skeletons_;
  const cluster::TemplateSet& clusters_;
  Arena* arena_;
  Vector<DraftTemplate> templates_;
  std::span<uint32_t> row_template_;
  Vector<uint32_t> column_values_;
  Vector<uint8_t> shared_;
  Vector<Source> sources_;         // of all skeletons, one after the other
  Vector<uint32_t> source_begin_;  // per skeleton; one more than skeletons
  uint32_t column_count_ = 0;
  uint32_t exception_column_ = kNone;
};

}  // namespace logpress::ir

#endif  // LOGPRESS_IR_TABLE_DRAFT_H_
