// Checks that archives are whole, by decoding all of them and keeping nothing.

#include <string>

#include "absl/status/status.h"
#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/input_file.h"
#include "cli/json.h"
#include "cli/listing.h"
#include "cli/operands.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

// Of all files.
struct Sums {
  archive::ReaderTotals totals;
  uint64_t whole = 0;
  uint64_t failed = 0;
};

absl::Status TestFile(const Options& options, const std::string& path, Console* console,
                      std::string* name, archive::ReaderTotals* totals) {
  LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(path, InputKind::kAnything));
  *name = input.name();
  ArchiveSource source(input);
  LOGPRESS_RETURN_IF_ERROR(source.CheckNotTerminal());
  console->BeginProgress(input.name(), input.size(), options.json);
  const absl::Status status = ReadArchive(options, &source, input, nullptr, console, totals);
  console->progress().End();
  return status.ok() ? status : ArchiveError(options, input, status);
}

void AddTotals(const archive::ReaderTotals& totals, JsonObject* object) {
  object->Number("raw_bytes", totals.raw_bytes).Number("packed_bytes", totals.packed_bytes);
  object->Number("lines", totals.lines).Number("blocks", totals.blocks);
  object->Number("lost_lines", totals.lost_lines);
}

std::string ResultJson(const std::string& path, const archive::ReaderTotals& totals,
                       const absl::Status& status) {
  // Nothing was read of what could not be opened or is no archive.
  if (!status.ok() && !absl::IsDataLoss(status)) return FailureJson(path, status);
  JsonObject object;
  object.Text("type", "file").Name("path", path);
  object.Text("outcome", status.ok() ? "whole" : "damaged");
  if (!status.ok()) object.Text("message", Message(status));
  AddTotals(totals, &object);
  return object.Done() + "\n";
}

std::string SummaryJson(const Sums& sums) {
  JsonObject object;
  object.Text("type", "summary").Number("whole", sums.whole).Number("failed", sums.failed);
  AddTotals(sums.totals, &object);
  return object.Done() + "\n";
}

}  // namespace

void TestFiles(const Options& options, Console* console) {
  Sums sums;
  ForEachOperand(options, console, [&](const Operand& file) {
    std::string name;
    archive::ReaderTotals totals;
    const absl::Status status = TestFile(options, file.path, console, &name, &totals);
    ++(status.ok() ? sums.whole : sums.failed);
    sums.totals.raw_bytes += totals.raw_bytes;
    sums.totals.packed_bytes += totals.packed_bytes;
    sums.totals.lines += totals.lines;
    sums.totals.blocks += totals.blocks;
    sums.totals.lost_lines += totals.lost_lines;
    if (options.json) console->Output(ResultJson(file.path, totals, status));
    if (!status.ok()) {
      console->Error(status);
      return true;
    }
    console->Result(
        name, Cat("whole, ", HumanSize(totals.packed_bytes), " => ", HumanSize(totals.raw_bytes),
                  ", ", totals.lines, totals.lines == 1 ? " line" : " lines"));
    return true;
  });
  if (options.json) console->Output(SummaryJson(sums));
}

}  // namespace logpress::cli
