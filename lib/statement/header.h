// Where the header of a log's lines ends: what a logging library puts before the message (time,
// host, level, component, process, ...). It is found from the lines alone.
//
// A line is divided into fields at blanks; "|" is a field of its own, and so is what stands in
// balanced brackets. A column of fields that nearly always has one form (a number, a level, ends
// with ':', ...) extends the header; a level, a ':' or a '|' closes it, and words that vary are
// passed over only to reach such a column. Lines that do not begin like the others, as those of a
// stack trace, have no header.
#ifndef LOGPRESS_STATEMENT_HEADER_H_
#define LOGPRESS_STATEMENT_HEADER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::statement {

enum class FieldForm : uint8_t {
  kNumber,   // digits and punctuation; a time in the form of ISO 8601
  kMonth,    // the name of a month or a day of the week
  kMixed,    // letters and digits
  kWord,     // no digit
  kLevel,    // INFO, E, <error>, ...
  kLabel,    // ends with ':'
  kBracket,  // [...]
  kDash,     // a lone '-'
  kPipe,     // a lone '|'
};
inline constexpr size_t kFieldForms = 9;

// Bytes [begin, end) of a line.
struct Field {
  FieldForm form;
  uint32_t begin;
  uint32_t end;
};

// The first fields of a line.
class FieldList {
 public:
  static constexpr size_t kMost = 14;

  size_t size() const { return size_; }
  const Field& operator[](size_t i) const { return fields_[i]; }
  const Field* begin() const { return fields_.data(); }
  const Field* end() const { return begin() + size_; }

  void Clear() { size_ = 0; }
  void Add(const Field& field) { fields_[size_++] = field; }

 private:
  size_t size_ = 0;
  std::array<Field, kMost> fields_;
};

// At most `limit`, which is no more than kMost. Replaces *fields.
void SplitFields(ByteView line, size_t limit, FieldList* fields);

struct SampledLine;  // header_sample.h

class Header {
 public:
  // No line has a header.
  Header() = default;

  // The header of lines of which these are a sample, without their newlines.
  static Header Find(std::span<const ByteView> lines);

  // How many bytes of `line` are its header and the blanks behind it: where its content begins. 0
  // when it has none.
  size_t SizeIn(ByteView line) const;

  // What is behind it, without the blanks around.
  ByteView ContentOf(ByteView line) const;

  // Of the lines, how many have this header.
  size_t CountIn(std::span<const ByteView> lines) const;

  size_t fields() const { return forms_.size(); }

  // What its fields are called: Date, Time, Level, Component, Pid, ...; those that hold nothing, as
  // "|", have no name. A name that comes again has a number.
  const Vector<std::string>& names() const { return names_; }
  // Replaces *values by a value for each name, without the marks around it; empty ones when the
  // line has no header.
  void ValuesIn(ByteView line, Vector<ByteView>* values) const;

 private:
  friend class HeaderNamer;

  void SetNames(const Vector<SampledLine>& sample);

  // Of each column, its form if that is nearly always the same; otherwise kAny.
  static constexpr uint8_t kAny = 255;

  Vector<uint8_t> forms_;
  Vector<std::string> names_;
  // Of each name its column; a process id behind a component has the column of that.
  Vector<uint8_t> columns_;
  uint8_t last_ = kAny;  // the form of the field that ends it, which may stand up to two fields on
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_HEADER_H_
