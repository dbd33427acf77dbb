// The dates and times that timestamps are made of, as formats of their own.
#ifndef LOGPRESS_TIME_TIMESTAMP_PIECES_H_
#define LOGPRESS_TIME_TIMESTAMP_PIECES_H_

#include <string>
#include <vector>

#include "time/timestamp.h"

namespace logpress::time {

// A part of a timestamp that is itself a format.
struct Piece {
  std::string pattern;
  TimestampFormat format;
};
// In order of preference, which decides where a sample leaves two readings open.
using Pieces = std::vector<Piece>;

// All dates that may stand at the front of [p, end), in all their writings, and few others. Made
// when they are first asked for; thread-safe, like the following.
const Pieces& DatesLike(const char* p, const char* end);

// All times.
const Pieces& Times();

}  // namespace logpress::time

#endif  // LOGPRESS_TIME_TIMESTAMP_PIECES_H_
