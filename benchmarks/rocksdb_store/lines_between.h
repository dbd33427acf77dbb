// The lines of a range of time, of bytes that do not say where they are.
#ifndef LOGPRESS_BENCHMARKS_ROCKSDB_STORE_LINES_BETWEEN_H_
#define LOGPRESS_BENCHMARKS_ROCKSDB_STORE_LINES_BETWEEN_H_

#include <cstdint>
#include <string_view>

#include "values.h"

namespace rocksdb_store {

// As Values::Between(), of the lines themselves. Times are found with the same code as in an
// archive, from within logpress, so that all kinds of values answer alike.
void LinesBetween(std::string_view lines, int64_t from, int64_t to, const LineFunction& line);

}  // namespace rocksdb_store

#endif  // LOGPRESS_BENCHMARKS_ROCKSDB_STORE_LINES_BETWEEN_H_
