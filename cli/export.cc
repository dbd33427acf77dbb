// Writes lines of logs as tables: what each was written with, and its values.

#include <algorithm>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/log_rows.h"
#include "cli/record_writer.h"

namespace logpress::cli {
namespace {

// The names that fields of headers have in any of them.
Vector<std::string> FieldNames(const Vector<statement::HeaderFrom>& headers) {
  Vector<std::string> names;
  for (const statement::HeaderFrom& each : headers) {
    for (const std::string& name : each.header.names()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

}  // namespace

void ExportLines(const Options& options, Console* console) {
  LogRows logs(options, console);
  const std::unique_ptr<RecordWriter> writer = NewRecordWriter(options.layout);
  std::string out;
  writer->Begin(FieldNames(logs.headers()), &out);
  logs.ForEach([&](const statement::Row& row, const LogRows::Line& /*line*/) {
    writer->Write(row, &out);
    console->OutputIfLong(&out);
  });
  console->Output(out);
}

}  // namespace logpress::cli
