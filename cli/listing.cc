#include "cli/listing.h"

#include <ctime>
#include <memory>

#include "base/fd_io.h"
#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

constexpr int64_t kMicros = 1'000'000;

}  // namespace

void Amounts::AddBlock(const archive::BlockInfo& block) {
  ++blocks;
  templates += block.templates;
  if (backend::IsKnown(block.backend)) backends.insert(block.backend);
  if (first.kind == time::TimeKind::kNone) first = block.times.first;
  if (block.times.last.kind != time::TimeKind::kNone) last = block.times.last;
}

void Amounts::Add(const Amounts& other) {
  raw += other.raw;
  packed += other.packed;
  lines += other.lines;
  blocks += other.blocks;
  templates += other.templates;
  levels.insert(other.levels.begin(), other.levels.end());
  backends.insert(other.backends.begin(), other.backends.end());
  dictionaries.insert(other.dictionaries.begin(), other.dictionaries.end());
  if (other.first.kind == time::TimeKind::kNone) return;
  mixed_times |= first.kind != time::TimeKind::kNone && first.kind != other.first.kind;
  if (mixed_times) {
    first = last = {};
  } else if (first.kind == time::TimeKind::kNone) {
    first = other.first;
    last = other.last;
  } else {
    if (other.first.begin < first.begin) first = other.first;
    if (other.last.begin > last.begin) last = other.last;
  }
}

std::vector<std::string> Amounts::Backends() const {
  std::vector<std::string> names;
  for (const backend::Id id : backends) names.emplace_back(backend::NameOf(id));
  return names;
}

absl::StatusOr<Listing> ReadListing(const Options& options, const std::string& path) {
  LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(path, InputKind::kAnything));
  const auto file = input.OpenRandomAccess();
  if (!file.ok()) {
    return absl::FailedPreconditionError(
        Cat(input.name(),
            ": is not seekable (a pipe?), so its index cannot be read; save it to a file first, or "
            "use -tv"));
  }
  archive::IndexOptions index_options;
  index_options.memory_limit = options.memory_limit;
  index_options.dictionary = options.dictionary;
  const auto reader = archive::IndexReader::Open(file->get(), index_options);
  if (!reader.ok()) return ArchiveError(options, input, reader.status());

  Listing listing;
  listing.path = path;
  listing.name = input.name();
  listing.amounts.raw = (*reader)->raw_size();
  listing.amounts.packed = (*reader)->packed_size();
  listing.amounts.lines = (*reader)->lines();
  for (const archive::ArchiveInfo& archive : (*reader)->archives())
    if (archive.header_size > 0) listing.amounts.levels.insert(archive.level);
  for (const archive::BlockInfo& block : (*reader)->blocks()) listing.amounts.AddBlock(block);
  if (options.verbosity > 0)
    listing.blocks.assign((*reader)->blocks().begin(), (*reader)->blocks().end());
  absl::Status damage = (*reader)->damage();
  for (size_t i = 0; i < (*reader)->blocks().size() && damage.ok(); ++i) {
    if ((*reader)->blocks()[i].backend != backend::Id::kDictionary) continue;
    uint64_t id = 0;
    damage = (*reader)->ReadDictionaryId(i, &id);
    if (damage.ok()) listing.amounts.dictionaries.insert(id);
  }
  if (damage.ok()) damage = (*reader)->CheckFrames();
  if (!damage.ok()) {
    listing.damage =
        absl::Status(damage.code(), Cat(input.name(), ": ", Message(damage),
                                        "; use -t to see what is lost, or -d --recover to save "
                                        "the rest"));
  }
  if (options.verbosity > 1) {
    auto parts = MeasureParts(reader->get());
    if (!parts.ok()) {
      if (listing.damage.ok()) listing.damage = ArchiveError(options, input, parts.status());
      return listing;
    }
    listing.parts = *std::move(parts);
  }
  return listing;
}

std::string LineTimeText(const time::LineTime& time) {
  if (time.kind == time::TimeKind::kNone) return "-";
  const time_t seconds = time.begin / kMicros - (time.begin % kMicros < 0 ? 1 : 0);
  tm utc{};
  // What an archive says may be beyond any calendar.
  if (gmtime_r(&seconds, &utc) == nullptr || utc.tm_year < -1900 || utc.tm_year > 9999 - 1900)
    return "-";
  std::string text;
  if (time.kind == time::TimeKind::kInstant) text += Formatted("%04d-", utc.tm_year + 1900);
  if (time.kind != time::TimeKind::kDaily)
    text += Formatted("%02d-%02d", utc.tm_mon + 1, utc.tm_mday);
  const int64_t width = time.end - time.begin;
  if (width == time::kDayWidth) return text;
  text += Formatted("%s%02d:%02d", text.empty() ? "" : "T", utc.tm_hour, utc.tm_min);
  if (width != time::kMinuteWidth) text += Formatted(":%02d", utc.tm_sec);
  return text;
}

}  // namespace logpress::cli
