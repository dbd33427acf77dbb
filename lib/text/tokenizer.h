// Finds the variable tokens of a row and hashes the rest.
//
// A row is a run of bytes that is matched against templates: a line with its terminator, a part of
// a very long line, or one distinct value of a column. A token is a maximal run of bytes that are
// no delimiters. It is variable if it carries a digit, is a quoted string that is no JSON key, or
// is a lone "-"; every other token is constant until clustering finds that its place varies. The
// skeleton of a row is everything but its variable tokens: rows of one log statement have one
// skeleton, so its hash finds the template without a search (logzip calls the step tokenising and
// matching; Zhu et al., ASE 2019, section III).
#ifndef LOGPRESS_TEXT_TOKENIZER_H_
#define LOGPRESS_TEXT_TOKENIZER_H_

#include <algorithm>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "time/timestamp.h"

namespace logpress::text {

// Bytes of the block's text. A row or a value is never copied while structure is found.
struct Slice {
  uint32_t offset;
  uint32_t size;
};

// How finely a row is divided.
enum class Grain : uint8_t {
  kLine,    // tokens of a line: divided at white space, brackets, quotes, ',', ';', '=', '|'
  kValue,   // tokens of a value: runs of letters and digits
  kDigits,  // tokens of a word: runs of digits, runs of everything else; or see HexWord
};

// How a word that is a hexadecimal number is divided at the grain of digits.
//
// 0x7f3a is its prefix and its digits. Of eight digits or more, an address mostly, the last four
// are apart: what is before them, a page or the time of a session, comes again. A word of more than
// sixteen digits, letters among them, is a digest, and too long for one number.
struct HexWord {
  static constexpr size_t kMaxDigits = 16;  // of a value
  static constexpr size_t kOffset = 4;      // the last digits of an address
  static constexpr size_t kAddress = 8;     // digits that an address has at least

  size_t prefix = 0;
  size_t first = 0;  // digits of the first value; 0: this is no such word
  size_t next = 0;   // digits of each value behind it, but that the last may have fewer

  HexWord(const char* begin, const char* end);

  // Calls visit(begin, end) for each value of the word.
  template <typename Visit>
  void ForEachValue(const char* begin, const char* end, const Visit& visit) const {
    begin += prefix;
    for (size_t size = first; begin < end; size = next) {
      const char* const stop = begin + std::min<size_t>(size, static_cast<size_t>(end - begin));
      visit(begin, stop);
      begin = stop;
    }
  }
};

struct Token {
  Slice slice;
  bool variable;
};

// Divides row `row` of `text` into tokens; what lies between them are delimiters. At Grain::kLine a
// timestamp in one of `timestamps`, the first that matches, is one variable token, whatever
// delimiters it holds. Appends to *tokens.
void Tokenize(ByteView text, Slice row, Grain grain,
              std::span<const time::TimestampFormat> timestamps, Vector<Token>* tokens);

// The timestamp formats that occur again and again in a sample of `rows`, those that take more
// bytes first, at most four.
Vector<time::TimestampFormat> DetectTimestamps(ByteView text, std::span<const Slice> rows);

// Cuts the text into rows: after every '\n' and whatever else ends records (RowEnds), and inside a
// long line after an object of a JSON array
// ("},"), so that a line of a thousand records is a thousand rows and not one template with a
// hundred thousand slots.
void SplitRows(ByteView text, Vector<Slice>* rows);

}  // namespace logpress::text

#endif  // LOGPRESS_TEXT_TOKENIZER_H_
