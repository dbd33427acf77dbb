// The text of a statement, made from some of its lines.
#ifndef LOGPRESS_STATEMENT_TEXT_MAKER_H_
#define LOGPRESS_STATEMENT_TEXT_MAKER_H_

#include <cstddef>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/key.h"
#include "statement/template_text.h"

namespace logpress::statement {

// Keeps its memory from one statement to the next.
class TextMaker {
 public:
  explicit TextMaker(const Symbols& symbols) : symbols_(symbols) {}

  // Of the statement that the following texts are of, some lines. Borrows their bytes.
  void Begin(KeyView key, std::span<const ByteView> examples);
  // As fine as the examples allow: a value that always has the same marks in it is divided there,
  // and what never varies and looks like no value becomes text.
  TemplateText Fine();
  // With a slot for each value of the key: for lines that have other values than any example.
  TemplateText Coarse();

 private:
  using Values = Vector<ByteView>;

  void AddExample(ByteView example);
  void AppendPiece(size_t i, bool fine, TemplateText* text);
  void AppendColumn(const Values& values, bool called, TemplateText* text);

  const Symbols& symbols_;
  TemplateText loose_;      // of the key, with one blank for each run
  Vector<Values> columns_;  // per slot of it, the values of the examples
  Vector<Values> pieces_;   // per piece of it, its text in the examples
  Values values_;           // of one example
  Vector<Values> parts_;    // of each value of a column
  Values column_;           // of one part
  Vector<size_t> at_;       // in each row of a piece
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_TEXT_MAKER_H_
