#include "cli/listing.h"

#include <ctime>
#include <memory>

#include "base/fd_io.h"
#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/library.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

constexpr int64_t kMicros = 1'000'000;
constexpr int64_t kMinute = 60 * kMicros;
constexpr int64_t kDay = 1440 * kMinute;

// The first thing that is wrong, as far as can be told without decoding; fills *dictionaries on the
// way.
absl::Status FindDamage(Reader* reader, std::set<uint64_t>* dictionaries) {
  if (!reader->damage().empty()) return absl::DataLossError(Cat(reader->damage()));
  for (uint64_t i = 0; i < reader->info().blocks; ++i) {
    if (reader->Block(i)->backend != LOGPRESS_BACKEND_DICTIONARY) continue;
    const Result<uint64_t> id = reader->DictionaryId(i);
    if (!id) return StatusOf(id.error());
    dictionaries->insert(*id);
  }
  return StatusOf(reader->CheckBlocks().error());
}

}  // namespace

void Amounts::AddBlock(const logpress_block_info& block) {
  ++blocks;
  templates += block.templates;
  if (logpress_backend_name(block.backend) != nullptr) backends.insert(block.backend);
  if (first.kind == LOGPRESS_TIME_NONE) first = block.first_time;
  if (block.last_time.kind != LOGPRESS_TIME_NONE) last = block.last_time;
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
  if (other.first.kind == LOGPRESS_TIME_NONE) return;
  mixed_times |= first.kind != LOGPRESS_TIME_NONE && first.kind != other.first.kind;
  if (mixed_times) {
    first = last = {};
  } else if (first.kind == LOGPRESS_TIME_NONE) {
    first = other.first;
    last = other.last;
  } else {
    if (other.first.begin < first.begin) first = other.first;
    if (other.last.begin > last.begin) last = other.last;
  }
}

std::vector<std::string> Amounts::Backends() const {
  std::vector<std::string> names;
  for (const int backend : backends) names.emplace_back(logpress_backend_name(backend));
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
  logpress_options reader_options = logpress_default_options();
  reader_options.memory_limit = options.memory_limit;
  reader_options.dictionary = options.dictionary.get();
  LibrarySource source(file->get());
  Result<Reader> reader = Reader::Open(source.source(), reader_options);
  if (!reader) return ArchiveError(options, input, source.StatusOf(reader.error()));

  Listing listing;
  listing.path = path;
  listing.name = input.name();
  const logpress_archive_info info = reader->info();
  listing.amounts.raw = info.raw_bytes;
  listing.amounts.packed = info.packed_bytes;
  listing.amounts.lines = info.lines;
  for (uint64_t i = 0; i < info.archives; ++i) {
    if (const int level = reader->Member(i)->level; level > 0) listing.amounts.levels.insert(level);
  }
  for (uint64_t i = 0; i < info.blocks; ++i) {
    const logpress_block_info block = *reader->Block(i);
    listing.amounts.AddBlock(block);
    if (options.verbosity > 0) listing.blocks.push_back(block);
  }
  const absl::Status damage = FindDamage(&*reader, &listing.amounts.dictionaries);
  if (!damage.ok()) {
    listing.damage =
        absl::Status(damage.code(), Cat(input.name(), ": ", Message(damage),
                                        "; use -t to see what is lost, or -d --recover to save "
                                        "the rest"));
  }
  if (options.verbosity > 1) {
    const auto parts = reader->Breakdown();
    if (parts) {
      listing.parts.assign(parts->begin(), parts->end());
    } else if (listing.damage.ok()) {
      listing.damage = ArchiveError(options, input, source.StatusOf(parts.error()));
    }
  }
  return listing;
}

std::string LineTimeText(const logpress_time& time) {
  if (time.kind == LOGPRESS_TIME_NONE) return "-";
  const time_t seconds = time.begin / kMicros - (time.begin % kMicros < 0 ? 1 : 0);
  tm utc{};
  // What an archive says may be beyond any calendar.
  if (gmtime_r(&seconds, &utc) == nullptr || utc.tm_year < -1900 || utc.tm_year > 9999 - 1900)
    return "-";
  std::string text;
  if (time.kind == LOGPRESS_TIME_INSTANT) text += Formatted("%04d-", utc.tm_year + 1900);
  if (time.kind != LOGPRESS_TIME_ANY_DAY)
    text += Formatted("%02d-%02d", utc.tm_mon + 1, utc.tm_mday);
  const int64_t width = time.end - time.begin;
  if (width == kDay) return text;
  text += Formatted("%s%02d:%02d", text.empty() ? "" : "T", utc.tm_hour, utc.tm_min);
  if (width != kMinute) text += Formatted(":%02d", utc.tm_sec);
  return text;
}

}  // namespace logpress::cli
