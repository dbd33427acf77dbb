// Where rows end, in logs whose records do not end with a newline.
//
// Progress bars overwrite their line with a carriage return, `find -print0` and some loggers end
// records with NUL, and syslog over TCP counts the bytes of each message in front of it (RFC 6587,
// octet counting): "92 <34>1 ...93 <34>1 ...". A row always ends at a newline, too.
#ifndef LOGPRESS_TEXT_ROW_ENDS_H_
#define LOGPRESS_TEXT_ROW_ENDS_H_

#include <cstddef>

#include "base/bytes.h"

namespace logpress::text {

// Finds the ends of rows in a text. What ends them is found out on samples.
class RowEnds {
 public:
  explicit RowEnds(ByteView text);

  // Where a row ends at the latest that begins at `begin`, below the size of the text. Begins never
  // go back from call to call.
  size_t After(size_t begin);

 private:
  ByteView text_;
  char mark_ = '\n';        // another byte that ends rows
  bool counted_ = false;    // records begin with their size
  size_t newline_end_ = 0;  // behind the next newline
  size_t record_ = 0;       // where the next record begins
};

}  // namespace logpress::text

#endif  // LOGPRESS_TEXT_ROW_ENDS_H_
