// Lines in which a header is looked for, and their columns of fields.
#ifndef LOGPRESS_STATEMENT_HEADER_SAMPLE_H_
#define LOGPRESS_STATEMENT_HEADER_SAMPLE_H_

#include <array>
#include <cstddef>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/header.h"

namespace logpress::statement {

struct SampledLine {
  ByteView line;
  FieldList fields;
};

// One column of the sample.
struct Column {
  std::array<size_t, kFieldForms> forms{};
  size_t lines = 0;  // that have it
  FieldForm top = FieldForm::kWord;
  size_t padded = 0;  // lines with more than one blank behind it
  size_t times = 0;   // lines in which it looks like a time

  size_t Of(FieldForm form) const { return forms[static_cast<size_t>(form)]; }
};

Column ColumnOf(const Vector<SampledLine>& sample, size_t c);

// How many different fields column c has.
size_t CountNames(const Vector<SampledLine>& sample, size_t c);

// A time of day or a date: digits around ':', '-', '/' or '.'; or seconds since 1970.
bool LooksLikeTime(ByteView field);

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_HEADER_SAMPLE_H_
