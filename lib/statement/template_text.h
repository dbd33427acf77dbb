// The text of a statement, with "<*>" where values stand, and the way back: the values of a line.
#ifndef LOGPRESS_STATEMENT_TEMPLATE_TEXT_H_
#define LOGPRESS_STATEMENT_TEMPLATE_TEXT_H_

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::statement {

// Pieces of text with a value between each two: one more piece than values.
class TemplateText {
 public:
  // Of any line: nothing but a slot.
  static TemplateText OfAny();

  // "<*>" in what a program wrote is a value like any other, so that every one in the text is a
  // slot.
  void AppendText(ByteView text);
  void AppendSlot();
  void Clear();

  size_t slots() const { return slots_.size(); }
  ByteView piece(size_t i) const;
  // With kSlot for each value.
  ByteView text() const { return text_; }

  // Finds the values of `content`: the pieces in their order, each as far left as it goes, all of
  // the content taken. A blank of a piece stands for any run of blanks when `loose`. False, and
  // *values is of no use, if it is no line of this template.
  bool Match(ByteView content, bool loose, Vector<ByteView>* values) const;

 private:
  ByteBuffer text_;
  Vector<uint32_t> slots_;  // where they begin in the text
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_TEMPLATE_TEXT_H_
