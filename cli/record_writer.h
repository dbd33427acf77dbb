// Lines as records, in the layouts of `logpress export`.
#ifndef LOGPRESS_CLI_RECORD_WRITER_H_
#define LOGPRESS_CLI_RECORD_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "base/memory.h"
#include "cli/options.h"
#include "statement/row_maker.h"

namespace logpress::cli {

// Appends to `out`. One thread at a time.
class RecordWriter {
 public:
  virtual ~RecordWriter() = default;
  // Before all records: the names that fields of headers have in any of them.
  virtual void Begin(const Vector<std::string>& /*names*/, std::string* /*out*/) {}
  virtual void Write(const statement::Row& row, std::string* out) = 0;
};

std::unique_ptr<RecordWriter> NewRecordWriter(Layout layout);

// The number of OpenTelemetry's data model for the name of a level, as logs write it; 0 if it is
// none.
int SeverityNumber(std::string_view level);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_RECORD_WRITER_H_
