// CSV, written: RFC 4180 with a newline alone behind a record, as Python and pandas read it.
#ifndef LOGPRESS_CLI_CSV_H_
#define LOGPRESS_CLI_CSV_H_

#include <string>
#include <string_view>

namespace logpress::cli {

// One record after the other.
class CsvWriter {
 public:
  // Appends to `out`, which is borrowed.
  explicit CsvWriter(std::string* out) : out_(out) {}

  CsvWriter& Cell(std::string_view value) {
    if (!first_) *out_ += ',';
    first_ = false;
    if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
      *out_ += value;
      return *this;
    }
    *out_ += '"';
    for (const char byte : value) {
      if (byte == '"') *out_ += '"';
      *out_ += byte;
    }
    *out_ += '"';
    return *this;
  }
  void EndRecord() {
    *out_ += '\n';
    first_ = true;
  }

 private:
  std::string* const out_;
  bool first_ = true;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_CSV_H_
