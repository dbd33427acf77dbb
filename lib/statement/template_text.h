// The text of a statement, with "<*>" where values stand, and the way back: the values of a line.
#ifndef LOGPRESS_STATEMENT_TEMPLATE_TEXT_H_
#define LOGPRESS_STATEMENT_TEMPLATE_TEXT_H_

#include <cstddef>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/key.h"

namespace logpress::statement {

// Pieces of text with a value between each two: one more piece than values.
class TemplateText {
 public:
  TemplateText() : pieces_(1) {}
  // Of any line: nothing but a slot.
  static TemplateText OfAny();

  // "<*>" in what a program wrote is a value like any other, so that every one in the text is a
  // slot.
  void AppendText(ByteView text);
  void AppendSlot();

  size_t slots() const { return pieces_.size() - 1; }
  ByteView piece(size_t i) const { return pieces_[i]; }
  // With kSlot for each value.
  ByteView text() const { return text_; }

  // Finds the values of `content`: the pieces in their order, each as far left as it goes, all of
  // the content taken. A blank of a piece stands for any run of blanks when `loose`. False, and
  // *values is of no use, if it is no line of this template.
  bool Match(ByteView content, bool loose, Vector<ByteView>* values) const;

 private:
  Vector<ByteBuffer> pieces_;
  ByteBuffer text_;
};

// The templates of a statement of which these are lines.
struct TemplateTexts {
  // As fine as the examples allow: a value that always has the same marks in it is divided there,
  // and what never varies and looks like no value becomes text.
  TemplateText fine;
  // With a slot for each value of the key: for lines that have other values than any example.
  TemplateText coarse;
};
TemplateTexts MakeTexts(const Key& key, const Symbols& symbols, std::span<const ByteView> examples);

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_TEMPLATE_TEXT_H_
