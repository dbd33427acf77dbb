#include "statement/row_maker.h"

namespace logpress::statement {

const time::LineTime& RowMaker::Begin(ByteView line, uint64_t number) {
  const size_t before = next_header_;
  while (next_header_ < headers_.size() && headers_[next_header_].line <= number) ++next_header_;
  if (next_header_ > before) {
    const HeaderFrom& from = headers_[next_header_ - 1];
    row_.header = &from.header;
    clock_ = time::LineClock(from.times);
  }
  row_.number = number;
  line_ = line;
  const char* const end = line.data() + line.size();
  row_.time = clock_.TimeOf(line.data(), end, end);
  return row_.time;
}

const Row& RowMaker::Finish() {
  row_.header->ValuesIn(line_, &row_.fields);
  row_.content = row_.header->ContentOf(line_);
  Tokenize(row_.content, &tokens_);
  masked_.clear();
  AppendMasked(row_.content, tokens_, &masked_);
  row_.statement = &statements_.OfMasked(masked_);
  row_.form = &row_.statement->FormOf(row_.content, &row_.values);
  return row_;
}

}  // namespace logpress::statement
