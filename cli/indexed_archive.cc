#include "cli/indexed_archive.h"

#include <utility>

namespace logpress::cli {

absl::StatusOr<IndexedArchive> OpenIndexed(const Options& options, ArchiveSource* source,
                                           const InputFile& input) {
  IndexedArchive archive;
  if (options.recover || !source->began_at_zero() || !source->LooksLikeArchive()) return archive;
  auto file = input.OpenRandomAccess();
  if (!file.ok()) return archive;
  archive::IndexOptions index_options;
  index_options.memory_limit = options.memory_limit;
  index_options.dictionary = Loaded(options.dictionary);
  auto index = archive::IndexReader::Open(file->get(), index_options);
  if (!index.ok()) return ArchiveError(options, input, index.status());
  archive.file = *std::move(file);
  archive.index = *std::move(index);
  return archive;
}

}  // namespace logpress::cli
