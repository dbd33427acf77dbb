#include "cli/archiving/inventory.h"

#include <algorithm>

#include "absl/status/statusor.h"
#include "cli/archiving/contents.h"

namespace logpress::cli::archiving {
namespace {

void Count(FileOps* ops, const Candidate& archive, Stock* stock) {
  ++stock->archives;
  stock->archive_bytes += archive.info.st_size;
  const Fd folder = OpenFolder(ops, archive.folder);
  SourceFile file(ops, folder.get(), archive.name);
  absl::StatusOr<IndexSummary> index = absl::NotFoundError("gone");
  if (folder.ok() && file.Open()) index = ReadIndex(ops, file.fd(), archive.name);
  if (!index.ok()) {
    ++stock->unreadable;
    return;
  }
  stock->raw_bytes += static_cast<int64_t>(index->raw_bytes);
  if (!index->oldest_line || !index->newest_line) return;
  const int64_t oldest = *index->oldest_line;
  const int64_t newest = *index->newest_line;
  stock->oldest_line = std::min(stock->oldest_line.value_or(oldest), oldest);
  stock->newest_line = std::max(stock->newest_line.value_or(newest), newest);
}

}  // namespace

std::optional<Inventory> TakeInventory(const RunContext& context, const Selection& selection,
                                       FileIds* counted) {
  Inventory inventory;
  for (const std::string& folder : selection.folders) inventory[folder];
  for (const Candidate& archive : selection.archives) {
    if (context.stop->Signalled()) return std::nullopt;
    if (counted->emplace(archive.info.st_dev, archive.info.st_ino).second)
      Count(context.ops, archive, &inventory[archive.folder.root]);
  }
  return inventory;
}

}  // namespace logpress::cli::archiving
