// Shows what archives hold, from their indexes: nothing is decompressed, unless where the bytes go
// is to be shown too.

#include <unistd.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "archive/index_reader.h"
#include "base/fd_io.h"
#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/input_file.h"
#include "cli/operands.h"
#include "cli/output_file.h"
#include "cli/parts_table.h"
#include "cli/table.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

constexpr std::array<const char*, 4> kBackendNames = {"store", "zstd", "xz", "mix"};

// What a row of the list says of one archive, of one block or of all.
struct Amounts {
  uint64_t raw = 0;
  uint64_t packed = 0;
  uint64_t lines = 0;
  uint64_t blocks = 0;
  uint64_t templates = 0;
  std::array<bool, kBackendNames.size()> backends = {};

  void AddBlock(const archive::BlockInfo& block) {
    ++blocks;
    templates += block.templates;
    const auto backend = static_cast<size_t>(block.backend);
    if (backend < backends.size()) backends[backend] = true;
  }

  void Add(const Amounts& other) {
    raw += other.raw;
    packed += other.packed;
    lines += other.lines;
    blocks += other.blocks;
    templates += other.templates;
    for (size_t i = 0; i < backends.size(); ++i) backends[i] |= other.backends[i];
  }

  // "xz", or "store+xz" when blocks differ; "-" without blocks.
  std::string BackendNames() const {
    std::string names;
    for (size_t i = 0; i < backends.size(); ++i)
      if (backends[i]) Append(&names, names.empty() ? "" : "+", kBackendNames[i]);
    return names.empty() ? "-" : names;
  }
};

std::vector<std::string> Row(const Amounts& amounts, const std::string& name) {
  return {Cat(amounts.raw),
          Cat(amounts.packed),
          Ratio(amounts.raw, amounts.packed),
          Cat(amounts.lines),
          Cat(amounts.blocks),
          Cat(amounts.templates),
          amounts.BackendNames(),
          name};
}

// A row per block, indented below the name of the archive.
std::string BlockTable(const archive::IndexReader& reader) {
  Table table;
  table.AddRow({"  block", "offset", "raw", "packed", "ratio", "first line", "lines", "templates",
                "backend"});
  uint64_t number = 0;
  for (const archive::BlockInfo& block : reader.blocks()) {
    Amounts amounts;
    amounts.AddBlock(block);
    table.AddRow({Cat(++number), Cat(block.offset), Cat(block.raw_size), Cat(block.packed_size),
                  Ratio(block.raw_size, block.packed_size), Cat(block.first_line + 1),
                  Cat(block.lines), block.raw ? "-" : Cat(block.templates),
                  amounts.BackendNames()});
  }
  return table.Text(1);
}

// Reads the index of one file; *details is what else is to be shown of it. False, with the reason
// told, when it has none to show.
bool ListFile(const Options& options, const std::string& path, Console* console, Amounts* amounts,
              std::string* name, std::string* details) {
  const auto input = InputFile::Open(path, InputKind::kAnything);
  if (!input.ok()) {
    console->Error(input.status());
    return false;
  }
  *name = input->name();
  const auto file = FdRandomAccess::Open(input->fd(), input->name());
  if (!file.ok()) {
    console->Error(input->name(),
                   "is not seekable (a pipe?), so its index cannot be read; save it to a file "
                   "first, or use -tv");
    return false;
  }
  archive::IndexOptions index_options;
  index_options.memory_limit = options.memory_limit;
  const auto reader = archive::IndexReader::Open(file->get(), index_options);
  if (!reader.ok()) {
    console->Error(ArchiveError(options, *input, reader.status()));
    return false;
  }
  amounts->raw = (*reader)->raw_size();
  amounts->packed = (*reader)->packed_size();
  amounts->lines = (*reader)->lines();
  for (const archive::BlockInfo& block : (*reader)->blocks()) amounts->AddBlock(block);
  if (options.verbosity > 0) *details = BlockTable(**reader);
  // What is intact is listed all the same.
  if (!(*reader)->damage().ok()) {
    console->Error(input->name(),
                   Cat(Message((*reader)->damage()),
                       "; use -t to see what is lost, or -d --recover to save the rest"));
  }
  if (options.verbosity > 1) {
    const auto parts = PartsTable(reader->get());
    if (parts.ok()) {
      Append(details, "\n", *parts);
    } else {
      console->Error(ArchiveError(options, *input, parts.status()));
    }
  }
  return true;
}

}  // namespace

void ListFiles(const Options& options, Console* console) {
  Table table;
  table.AddRow({"raw", "packed", "ratio", "lines", "blocks", "templates", "backend", "name"});
  Amounts total;
  size_t listed = 0;
  std::string details_of_all;
  for (const Operand& file : ExpandOperands(options, console)) {
    Amounts amounts;
    std::string name;
    std::string details;
    if (!ListFile(options, file.path, console, &amounts, &name, &details)) continue;
    table.AddRow(Row(amounts, name));
    total.Add(amounts);
    ++listed;
    if (!details.empty()) Append(&details_of_all, "\n", name, ":\n", details);
  }
  if (listed == 0) return;
  if (listed > 1) table.AddRow(Row(total, Cat(listed, " files")));

  FdSink sink(STDOUT_FILENO, "standard output");
  const absl::Status status = sink.Write(table.Text(2) + details_of_all);
  if (!status.ok()) console->Error(WriteError(StatusErrno(status), "standard output"));
}

}  // namespace logpress::cli
