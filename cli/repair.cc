// Makes a whole archive of what is intact in a damaged one: FILE.lpz becomes FILE.repaired.lpz.

#include <string>

#include "absl/status/status.h"
#include "base/fd_io.h"
#include "cli/archive_input.h"
#include "cli/commands.h"
#include "cli/destination.h"
#include "cli/format.h"
#include "cli/input_file.h"
#include "cli/library.h"
#include "cli/listing.h"
#include "cli/operands.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

std::string Lines(uint64_t count) { return Cat(count, count == 1 ? " line" : " lines"); }

// "...; 192 lines from between 2024-05-17 12:00:10 and 2024-05-17 12:03:00 are left out"
std::string Text(const logpress_lost_place& place) {
  const bool from = place.after.kind != LOGPRESS_TIME_NONE;
  const bool to = place.before.kind != LOGPRESS_TIME_NONE;
  std::string text = place.message;
  if (place.out_of_place != 0) {
    text += "; kept where it is";
  } else {
    Append(&text, "; left out: ",
           place.lines_known != 0 ? Lines(place.lines) : HumanSize(place.packed_bytes));
  }
  if (from) Append(&text, ", after ", LineTimeText(place.after));
  if (to) Append(&text, from ? " and" : ",", " before ", LineTimeText(place.before));
  return text;
}

// The place of what is made of `path`.
std::string RepairedName(const Options& options, const std::string& path) {
  if (options.force) return path;
  const std::string_view suffix = ArchiveSuffix(options, path);
  return Cat(path.substr(0, path.size() - suffix.size()), ".repaired",
             suffix.empty() ? options.suffix : suffix);
}

void RepairFile(const Options& options, const std::string& path, Console* console) {
  const auto input = InputFile::Open(
      path, options.ExplicitDestination() ? InputKind::kAnything : InputKind::kRegular);
  if (!input.ok()) return console->Error(input.status());
  const auto file = input->OpenRandomAccess();
  if (!file.ok()) {
    return console->Error(input->name(), "is not seekable (a pipe?); save it to a file first");
  }
  const auto destination = Destination::Open(options, *input, RepairedName(options, path));
  if (!destination.ok()) return console->Error(destination.status());

  struct Listener {
    Console* console;
    const std::string& name;
  } listener = {console, input->name()};
  const auto lost = [](void* opaque, const logpress_lost_place* place) {
    const auto* const told = static_cast<Listener*>(opaque);
    told->console->Error(told->name, Text(*place));
  };
  LibrarySource source(file->get());
  const logpress_source bytes = source.source();
  LibrarySink sink(destination->get());
  auto report = Sized<logpress_repair_report>();
  const logpress_code code =
      logpress_repair(nullptr, &bytes, LibrarySink::Write, &sink, lost, &listener, &report);
  absl::Status status = source.StatusOf(code, logpress_last_message());
  if (!(*destination)->failure().ok()) return console->Error((*destination)->failure());
  if (!status.ok()) return console->Error(ArchiveError(options, *input, status));
  if (report.whole != 0 && !options.output && !(*destination)->is_stdout())
    return console->Note(Cat(input->name(), ": is whole, so nothing was written"));
  if (report.places > 0 && report.blocks == 0)
    return console->Error(input->name(), "no block of it is intact, so nothing was written");
  status = (*destination)->Commit(*input);
  if (!status.ok()) return console->Error(status);
  const std::string kept = Cat(Lines(report.lines), " kept in ", (*destination)->name());
  if (report.places == 0 && report.blocks_out_of_place == 0)
    return console->Result(input->name(), Cat("nothing was lost; ", kept));
  const uint64_t misplaced = report.blocks_out_of_place;
  const std::string out_of_place =
      misplaced == 0 ? ""
                     : Cat(misplaced, misplaced == 1 ? " block" : " blocks", " out of place; ");
  console->Error(input->name(), Cat("lost ", report.all_losses_known != 0 ? "" : "at least ",
                                    Lines(report.lost_lines), "; ", out_of_place, kept));
}

}  // namespace

void RepairFiles(const Options& options, Console* console) {
  ForEachOperand(options, console, [&](const Operand& file) {
    RepairFile(options, file.path, console);
    return true;
  });
}

}  // namespace logpress::cli
