// A log file as a shipper would send it: pieces of whole lines, each with the time of its first.
#ifndef LOGPRESS_BENCHMARKS_ROCKSDB_STORE_PIECES_H_
#define LOGPRESS_BENCHMARKS_ROCKSDB_STORE_PIECES_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace rocksdb_store {

struct Piece {
  std::string_view lines;
  int64_t time = 0;  // of its first line; never before that of an earlier piece
};

struct Pieces {
  std::vector<Piece> pieces;
  std::vector<int64_t> times;  // of every line, as logpress finds them; empty when they have none
  int64_t disorder = 0;        // the farthest that a line is from before a line in front of it
};

// Cuts `log`, which must stay, into pieces of `size` bytes or a little more. A piece begins where
// the time of the lines changes. Lines that do not say year, day and time get a second a piece from
// 1970.
Pieces CutIntoPieces(std::string_view log, size_t size);

}  // namespace rocksdb_store

#endif  // LOGPRESS_BENCHMARKS_ROCKSDB_STORE_PIECES_H_
