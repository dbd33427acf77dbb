// The text of a statement, with "<*>" where values stand, and the way back: the values of a line.
#ifndef LOGPRESS_STATEMENT_TEMPLATE_TEXT_H_
#define LOGPRESS_STATEMENT_TEMPLATE_TEXT_H_

#include <cstddef>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/key.h"

namespace logpress::statement {

inline constexpr ByteView kSlot = "<*>";

// Pieces of text with a value between each two: one more piece than values.
class TemplateText {
 public:
  TemplateText() : pieces_(1) {}

  void AppendText(ByteView text) { pieces_.back().append(text); }
  void AppendSlot() { pieces_.emplace_back(); }

  size_t slots() const { return pieces_.size() - 1; }
  ByteView piece(size_t i) const { return pieces_[i]; }
  ByteBuffer Text() const;

  // Finds the values of `content`: the pieces in their order, each as far left as it goes, all of
  // the content taken. A blank of a piece stands for any run of blanks when `loose`. False, and
  // *values is of no use, if it is no line of this template.
  bool Match(ByteView content, bool loose, Vector<ByteView>* values) const;

 private:
  Vector<ByteBuffer> pieces_;
};

// The template that is as fine as its examples allow, each of which should be a line of the
// statement: a value that always has the same marks in it is divided there, and what never varies
// and looks like no value becomes text.
TemplateText MakeText(const Key& key, const Symbols& symbols, std::span<const ByteView> examples);

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_TEMPLATE_TEXT_H_
