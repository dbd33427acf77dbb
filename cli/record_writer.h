// Lines as records, in the layouts of `logpress export`.
#ifndef LOGPRESS_CLI_RECORD_WRITER_H_
#define LOGPRESS_CLI_RECORD_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/memory.h"
#include "cli/options.h"
#include "statement/statements.h"
#include "time/line_times.h"

namespace logpress::cli {

// A line and what is known of it.
struct Record {
  uint64_t number = 0;  // from 1
  ByteView content;
  const Vector<std::string>* names = nullptr;  // of the fields of the header
  Vector<ByteView> fields;                     // one a name
  time::LineTime time;
  const statement::Statement* statement = nullptr;
  // With the values it gives back the content.
  const statement::Form* form = nullptr;
  Vector<ByteView> values;
};

// Appends to `out`. One thread at a time.
class RecordWriter {
 public:
  virtual ~RecordWriter() = default;
  // Before all records: the names that fields of headers have in any of them.
  virtual void Begin(const Vector<std::string>& /*names*/, std::string* /*out*/) {}
  virtual void Write(const Record& record, std::string* out) = 0;
};

std::unique_ptr<RecordWriter> NewRecordWriter(Layout layout);

// The number of OpenTelemetry's data model for the name of a level, as logs write it; 0 if it is
// none.
int SeverityNumber(std::string_view level);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_RECORD_WRITER_H_
