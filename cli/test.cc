// Checks that archives are whole, by decoding all of them and keeping nothing.

#include <string>

#include "absl/status/status.h"
#include "cli/archive_input.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/input_file.h"
#include "cli/operands.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

void TestFile(const Options& options, const std::string& path, Console* console) {
  const auto input = InputFile::Open(path, InputKind::kAnything);
  if (!input.ok()) {
    console->Error(input.status());
    return;
  }
  ArchiveSource source(*input);
  if (absl::Status status = source.CheckNotTerminal(); !status.ok()) {
    console->Error(status);
    return;
  }
  archive::ReaderTotals totals;
  console->BeginProgress(input->name(), input->size(), false);
  const absl::Status status = ReadArchive(options, &source, *input, nullptr, console, &totals);
  console->progress().End();
  if (!status.ok()) {
    console->Error(ArchiveError(options, *input, status));
    return;
  }
  console->Result(input->name(), Cat("whole, ", HumanSize(totals.packed_bytes), " => ",
                                     HumanSize(totals.raw_bytes), ", ", totals.lines,
                                     totals.lines == 1 ? " line" : " lines"));
}

}  // namespace

void TestFiles(const Options& options, Console* console) {
  for (const Operand& file : ExpandOperands(options, console))
    TestFile(options, file.path, console);
}

}  // namespace logpress::cli
