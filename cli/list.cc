// Shows what archives hold, from their indexes: nothing is decompressed, unless where the bytes go
// is to be shown too.

#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/format.h"
#include "cli/library.h"
#include "cli/listing.h"
#include "cli/operands.h"
#include "cli/parts_table.h"
#include "cli/table.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

// How many columns at the end of the table are text.
constexpr size_t kTextColumns = 4;

// "xz", or "store+xz" when blocks differ; "-" without blocks.
template <typename Values>
std::string Joined(const Values& values) {
  std::string text;
  for (const auto& value : values) Append(&text, text.empty() ? "" : "+", value);
  return text.empty() ? "-" : text;
}

std::vector<std::string> Row(const Amounts& amounts, const std::string& name) {
  return {Cat(amounts.raw),
          Cat(amounts.packed),
          Ratio(amounts.raw, amounts.packed),
          Cat(amounts.lines),
          Cat(amounts.blocks),
          Cat(amounts.templates),
          Joined(amounts.levels),
          Joined(amounts.Backends()),
          LineTimeText(amounts.first),
          LineTimeText(amounts.last),
          name};
}

// A row per block, indented below the name of the archive.
std::string BlockTable(const std::vector<logpress_block_info>& blocks) {
  Table table;
  table.AddRow({"  block", "offset", "raw", "packed", "ratio", "first line", "lines", "templates",
                "backend", "from", "to"});
  uint64_t number = 0;
  for (const logpress_block_info& block : blocks) {
    Amounts amounts;
    amounts.AddBlock(block);
    table.AddRow({Cat(++number), Cat(block.offset), Cat(block.raw_bytes), Cat(block.packed_bytes),
                  Ratio(block.raw_bytes, block.packed_bytes), Cat(block.first_line + 1),
                  Cat(block.lines), block.has_structure != 0 ? Cat(block.templates) : "-",
                  Joined(amounts.Backends()), LineTimeText(block.first_time),
                  LineTimeText(block.last_time)});
  }
  return table.Text(kTextColumns - 1);
}

std::string Details(const Listing& listing, int verbosity) {
  std::string text;
  for (const uint64_t id : listing.amounts.dictionaries) {
    Append(&text, "\n", listing.name, ": needs the dictionary ", DictionaryName(id), " (-D)\n");
  }
  if (verbosity > 0) Append(&text, "\n", listing.name, ":\n", BlockTable(listing.blocks));
  if (!listing.parts.empty()) {
    Append(&text, "\n", PartsTable(listing.parts, listing.amounts.packed, listing.amounts.lines));
  }
  return text;
}

}  // namespace

void ListFiles(const Options& options, Console* console) {
  Table table;
  table.AddRow({"raw", "packed", "ratio", "lines", "blocks", "templates", "level", "backend",
                "from", "to", "name"});
  Amounts total;
  uint64_t listed = 0;
  uint64_t failed = 0;
  std::string details;
  ForEachOperand(options, console, [&](const Operand& file) {
    const absl::StatusOr<Listing> listing = ReadListing(options, file.path);
    if (!listing.ok()) {
      ++failed;
      console->Error(listing.status());
      if (options.json) console->Output(FailureJson(file.path, listing.status()));
      return true;
    }
    ++listed;
    total.Add(listing->amounts);
    // What is intact is listed all the same.
    if (!listing->damage.ok()) console->Error(listing->damage);
    if (options.json) {
      console->Output(ListingJson(*listing));
    } else {
      table.AddRow(Row(listing->amounts, listing->name));
      details += Details(*listing, options.verbosity);
    }
    return true;
  });
  if (options.json) {
    console->Output(ListSummaryJson(total, listed, failed));
  } else if (listed > 0) {
    if (listed > 1) table.AddRow(Row(total, Cat(listed, " files")));
    console->Output(table.Text(kTextColumns) + details);
  }
}

}  // namespace logpress::cli
