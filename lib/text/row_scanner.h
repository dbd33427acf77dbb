// Finds the variable tokens of row after row, fast.
//
// Tokenize (tokenizer.h) says what a token is; this finds the same variable ones by the masks of a
// row's bytes, and leaves the constant ones alone: most rows repeat the constants of an earlier
// row, and then nobody asks where they begin.
#ifndef LOGPRESS_TEXT_ROW_SCANNER_H_
#define LOGPRESS_TEXT_ROW_SCANNER_H_

#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "text/byte_masks.h"
#include "text/text_masks.h"
#include "text/tokenizer.h"
#include "time/timestamp.h"
#include "time/timestamp_run.h"

namespace logpress::text {

// One thread at a time.
class RowScanner {
 public:
  // Scans rows of `text`, which must outlive the scanner, as Tokenize does with the same arguments.
  RowScanner(ByteView text, Grain grain, std::span<const time::TimestampFormat> timestamps,
             const ClassifyKernel& kernel = BestClassifyKernel());

  // Appends the variable tokens of `row` to *values, in order.
  void Scan(Slice row, Vector<Slice>* values);

 private:
  void ScanLine(Slice row, Vector<Slice>* values);
  void ScanValue(Slice row, Vector<Slice>* values);
  void ScanDigits(Slice row, Vector<Slice>* values);
  size_t ClosingQuote(size_t open) const;
  size_t TimestampEnd(size_t at);

  ByteView text_;
  Grain grain_;
  Vector<time::TimestampMatcher> timestamps_;
  // Where those begin that do not begin with a digit: nowhere, at words of three letters, anywhere.
  enum class Names : uint8_t { kNone, kShort, kAny };
  Names names_ = Names::kNone;
  TextMasks line_;  // lines lie side by side, values anywhere
  RowMasks value_;
};

}  // namespace logpress::text

#endif  // LOGPRESS_TEXT_ROW_SCANNER_H_
