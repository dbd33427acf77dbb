#include "search/search.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "archive/writer.h"
#include "base/memory_io.h"
#include "support/log_generator.h"
#include "support/random.h"

namespace logpress::search {
namespace {

ByteBuffer Pack(ByteView log, int level, uint64_t block_size) {
  ByteBuffer packed;
  BufferSink sink(&packed);
  archive::WriterOptions options;
  options.level = level;
  options.block_size = block_size;
  archive::Writer writer(&sink, options);
  REQUIRE(writer.Append(log).ok());
  REQUIRE(writer.Finish().ok());
  return packed;
}

// Writes down what it is given.
class Notes : public LineTaker {
 public:
  explicit Notes(bool offsets) : offsets_(offsets) {}
  absl::StatusOr<bool> Take(const FoundLine& line) override {
    text += std::to_string(line.number) + (line.selected ? ":" : "-");
    if (offsets_) text += std::to_string(line.offset) + " ";
    text += line.bytes;
    return true;
  }
  std::string text;

 private:
  const bool offsets_;
};

// Some bytes of a line of `log`.
std::string Piece(testing::Random* random, const std::string& log) {
  if (log.empty()) return "a";
  const size_t at = random->Below(log.size());
  const std::string piece = log.substr(at, 1 + random->Below(12));
  return piece.substr(0, piece.find_first_of(std::string("\n\0", 2)));
}

TEST_CASE("an archive answers as the log does that was packed") {
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    testing::Random random(seed);
    std::string log = testing::GenerateLog(seed, 60'000);
    // NUL in the first piece, far behind it, or nowhere.
    while (random.OneIn(2) && log.size() < 300'000) log += log.substr(0, 100'000);
    if (random.OneIn(3) && !log.empty()) log[log.size() - 1 - random.Below(log.size() / 2 + 1)] = 0;
    const int level = 1 + static_cast<int>(random.Below(8));
    const uint64_t block_size = uint64_t{16384} << random.Below(6);
    // Sometimes two archives, of which the second goes on in the middle of a line.
    const size_t cut = random.OneIn(2) ? random.Below(log.size() + 1) : 0;
    const ByteBuffer packed =
        Pack(log.substr(0, cut), level, block_size) + Pack(log.substr(cut), level, block_size);
    ViewRandomAccess file(packed);
    const auto archive = archive::IndexReader::Open(&file, {});
    if (log.empty()) continue;
    REQUIRE(archive.ok());
    for (int i = 0; i < 8; ++i) {
      const std::vector<std::string> patterns = {Piece(&random, log)};
      const Pattern pattern =
          *Pattern::Compile(patterns, {.syntax = Syntax::kFixed, .ignore_case = random.OneIn(4)});
      SearchOptions options;
      options.offsets = random.OneIn(2);
      options.threads = 1 + static_cast<int>(random.Below(4));
      options.scan.binary = static_cast<Binary>(random.Below(3));
      options.scan.invert = random.OneIn(5);
      options.scan.count_only = random.OneIn(5);
      options.scan.first_only = random.OneIn(8);
      if (random.OneIn(4)) options.scan.max_count = 1 + random.Below(5);
      if (random.OneIn(4)) options.scan.before = random.Below(3);
      if (random.OneIn(4)) options.scan.after = random.Below(3);
      // The index takes a line that goes over two archives for two, and a part is told by the
      // index.
      if (random.OneIn(4) && (cut == 0 || log[cut - 1] == '\n')) {
        options.selection.first = random.Below(500);
        options.selection.end = options.selection.first + random.Below(500);
      }
      INFO("seed " << seed << ", query " << i << ", pattern '" << patterns[0] << "'");

      Notes expected(options.offsets);
      StreamSearch stream(pattern, options, &expected);
      const absl::Status written = stream.Write(log);
      REQUIRE((written.ok() || stream.done()));
      SearchResult by_stream;
      REQUIRE(stream.Finish(&by_stream).ok());

      Notes found(options.offsets);
      SearchResult result;
      REQUIRE(SearchArchive(archive->get(), pattern, options, &found, &result).ok());
      REQUIRE(found.text == expected.text);
      // Who knows that no NUL will come ends with the first match.
      if (options.scan.first_only) {
        REQUIRE((result.scan.selected > 0) == (by_stream.scan.selected > 0));
      } else {
        REQUIRE(result.scan.selected == by_stream.scan.selected);
      }
      REQUIRE(result.scan.binary_matches == by_stream.scan.binary_matches);
    }
  }
}

TEST_CASE("what cannot match is not decoded, also where nobody knows whether the log is text") {
  std::string log;
  for (int i = 0; i < 20'000; ++i)
    log += "INFO request " + std::to_string(i * 7919 % 100'003) + " done\n";
  const ByteBuffer packed = Pack(log, 5, 64 << 10);
  ViewRandomAccess file(packed);
  const auto archive = archive::IndexReader::Open(&file, {});
  REQUIRE(archive.ok());
  const std::vector<std::string> patterns = {"ERROR"};
  const Pattern pattern = *Pattern::Compile(patterns, {});
  for (const bool count : {false, true}) {
    SearchOptions options;
    options.scan.count_only = count;
    Notes notes(true);
    SearchResult result;
    REQUIRE(SearchArchive(archive->get(), pattern, options, &notes, &result).ok());
    CHECK(result.stats.blocks > 5);
    CHECK(result.stats.blocks_skipped == result.stats.blocks);
    CHECK(result.stats.lines_handed_on == 0);
  }
}

TEST_CASE("a part that begins behind a line over several blocks has the right lines") {
  std::string log = "one\n" + std::string(100'000, 'x') + "\nthree\nfour\n";
  const ByteBuffer packed = Pack(log, 1, 16 << 10);
  ViewRandomAccess file(packed);
  const auto archive = archive::IndexReader::Open(&file, {});
  REQUIRE(archive.ok());
  REQUIRE((*archive)->blocks().size() > 3);
  const std::vector<std::string> patterns = {"e"};
  const Pattern pattern = *Pattern::Compile(patterns, {});
  SearchOptions options;
  options.selection.first = 2;
  Notes notes(true);
  SearchResult result;
  REQUIRE(SearchArchive(archive->get(), pattern, options, &notes, &result).ok());
  CHECK(notes.text == "2:100005 three\n");
}

TEST_CASE("an error of the taker ends the search and is returned") {
  class Refuses : public LineTaker {
    absl::StatusOr<bool> Take(const FoundLine& /*line*/) override {
      return absl::AbortedError("no");
    }
  };
  const ByteBuffer packed = Pack("a\n", 1, 1 << 20);
  ViewRandomAccess file(packed);
  const auto archive = archive::IndexReader::Open(&file, {});
  REQUIRE(archive.ok());
  const std::vector<std::string> patterns = {"a"};
  const Pattern pattern = *Pattern::Compile(patterns, {});
  for (const bool offsets : {false, true}) {
    SearchOptions options;
    options.offsets = offsets;
    Refuses refuses;
    SearchResult result;
    CHECK(absl::IsAborted(SearchArchive(archive->get(), pattern, options, &refuses, &result)));
  }
}

}  // namespace
}  // namespace logpress::search
