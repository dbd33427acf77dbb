#include "search/line_scanner.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/newlines.h"
#include "search/line_stream.h"
#include "search/search.h"
#include "support/random.h"

namespace logpress::search {
namespace {

Pattern Compile(const std::string& pattern) {
  return *Pattern::Compile(std::vector<std::string>{pattern}, {});
}

// Writes down what it is given, as grep -nb prints it.
class Notes : public LineTaker {
 public:
  absl::StatusOr<bool> Take(const FoundLine& line) override {
    const std::string mark = line.selected ? ":" : "-";
    text += std::to_string(line.number + 1) + mark + std::to_string(line.offset) + mark;
    text += line.bytes;
    return true;
  }
  std::string text;
};

// Searches `log`, which comes in pieces of `piece` bytes.
std::string Search(const std::string& log, const std::string& pattern, const SearchOptions& options,
                   size_t piece = 1 << 20, SearchResult* result = nullptr) {
  Notes notes;
  const Pattern compiled = Compile(pattern);
  StreamSearch search(compiled, options, &notes);
  for (size_t at = 0; at < log.size() && !search.done(); at += piece) {
    const absl::Status status = search.Write(ByteView{log}.substr(at, piece));
    REQUIRE((status.ok() || search.done()));
  }
  SearchResult own;
  REQUIRE(search.Finish(result == nullptr ? &own : result).ok());
  return notes.text;
}

SearchOptions Scan(const ScanOptions& scan) {
  SearchOptions options;
  options.scan = scan;
  return options;
}

TEST_CASE("lines are numbered from 1 as grep does, and their places are bytes of the log") {
  CHECK(Search("ab\nb\nxa", "a", {}) == "1:0:ab\n3:5:xa");
}

TEST_CASE("context stands before and behind, once") {
  const std::string log = "1\na2\n3\n4\na5\n6\na7\n8\n9\n";
  CHECK(Search(log, "a", Scan({.before = 1, .after = 1})) ==
        "1-0-1\n2:2:a2\n3-5-3\n4-7-4\n5:9:a5\n6-12-6\n7:14:a7\n8-17-8\n");
  CHECK(Search(log, "a", Scan({.max_count = 1, .after = 4})) ==
        "2:2:a2\n3-5-3\n4-7-4\n5-9-a5\n6-12-6\n");
}

TEST_CASE("in pieces of any size the same lines are found") {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    testing::Random random(seed);
    std::string log;
    for (uint64_t lines = random.Below(40); lines > 0; --lines)
      log += std::string(random.Below(5), random.OneIn(3) ? 'a' : 'b') + "\n";
    if (random.OneIn(2)) log += "ba";
    SearchOptions options = Scan({.invert = random.OneIn(3),
                                  .max_count = random.OneIn(3) ? random.Below(5) : ~uint64_t{0},
                                  .before = random.Below(4),
                                  .after = random.Below(4)});
    if (random.OneIn(3)) {
      options.selection.first = random.Below(20);
      options.selection.end = options.selection.first + random.Below(20);
    }
    const std::string expected = Search(log, "a", options);
    for (const size_t piece : {1, 3, 7, 64}) {
      INFO("seed " << seed << ", piece " << piece);
      REQUIRE(Search(log, "a", options, piece) == expected);
    }
  }
}

TEST_CASE("of a binary log no line is shown from the piece on in which NUL stands") {
  std::string log;
  while (log.size() < 2 * LineScanner::kBinaryPiece) log += "a line of thirty-two bytes here\n";
  log += "a " + std::string(1, '\0') + "\n";
  SearchResult result;
  const std::string shown = Search(log, "a", {}, 1 << 20, &result);
  CHECK(CountNewlines(shown) == 2 * LineScanner::kBinaryPiece / 32);
  CHECK(result.scan.binary_matches);

  log[5] = '\0';
  CHECK(Search(log, "a", {}).empty());
  CHECK(Search(log, "a", Scan({.binary = Binary::kNoMatch}), 1 << 20, &result).empty());
  CHECK(result.scan.selected == 0);
  CHECK(CountNewlines(Search(log, "a", Scan({.binary = Binary::kText}))) == CountNewlines(log));
}

TEST_CASE(
    "context of a line that is not shown, for it stands in the piece with NUL, is not either") {
  std::string log = "a first\n";
  while (log.size() < LineScanner::kBinaryPiece - 32) log += "thirty-two bytes without the one\n";
  log.resize(log.rfind('\n', LineScanner::kBinaryPiece - 32) + 1);
  log += "before\na\n";
  log += std::string(LineScanner::kBinaryPiece - log.size() - 1, 'b') + "\na\n";
  log += std::string(1, '\0') + "\n";
  for (const size_t piece : {size_t{1} << 20, size_t{1000}}) {
    const std::string shown = Search(log, "^a", Scan({.before = 1}), piece);
    CHECK(CountNewlines(shown) == 3);
    CHECK(shown.find("-before\n") != std::string::npos);
    CHECK(shown.find("bbb") == std::string::npos);
  }
}

TEST_CASE("a match behind the first NUL is told, also after lines were shown") {
  std::string log = "a\n";
  while (log.size() < LineScanner::kBinaryPiece + 1000) log += "thirty-two bytes without the one\n";
  log += std::string(1, '\0') + "\na\n";
  SearchResult result;
  CHECK(Search(log, "^a", {}, 1 << 20, &result) == "1:0:a\n");
  CHECK(result.scan.binary_matches);
  log.resize(log.size() - 2);
  while (log.size() < 3 * LineScanner::kBinaryPiece) log += "thirty-two bytes without the one\n";
  log += "a\n";
  CHECK(Search(log, "^a", {}, 1 << 20, &result) == "1:0:a\n");
  CHECK(result.scan.binary_matches);
}

TEST_CASE("what was selected before the piece with the first NUL counts, if that is enough") {
  std::string log = "a\n";
  while (log.size() < LineScanner::kBinaryPiece) log += "thirty-two bytes without the one\n";
  log += std::string(1, '\0');
  SearchResult result;
  const ScanOptions one{.max_count = 1, .binary = Binary::kNoMatch};
  CHECK(Search(log, "^a", Scan(one), 1 << 20, &result) == "1:0:a\n");
  CHECK(result.scan.selected == 1);
}

TEST_CASE("NUL ends a line where lines are counted") {
  const std::string log("a\0b\0a\na\n", 8);
  SearchResult result;
  Search(log, "^a$", Scan({.count_only = true}), 100, &result);
  CHECK(result.scan.selected == 3);
  Search(log, "^a$", Scan({.invert = true, .count_only = true}), 100, &result);
  CHECK(result.scan.selected == 1);
}

TEST_CASE("with show_at_once nothing waits for the end of a piece") {
  Notes notes;
  const Pattern pattern = Compile("a");
  SearchOptions options;
  StreamSearch waiting(pattern, options, &notes);
  REQUIRE(waiting.Write("a\n").ok());
  CHECK(notes.text.empty());
  options.show_at_once = true;
  StreamSearch prompt(pattern, options, &notes);
  REQUIRE(prompt.Write("a\n").ok());
  CHECK(notes.text == "1:0:a\n");
}

TEST_CASE("the search stops when it has what it wants") {
  const Pattern pattern = Compile("a");
  StreamSearch search(pattern, Scan({.first_only = true}), nullptr);
  CHECK(absl::IsCancelled(search.Write("b\na\n")));
  CHECK(search.done());
  SearchResult result;
  REQUIRE(search.Finish(&result).ok());
  CHECK(result.scan.selected == 1);
}

TEST_CASE("lines that wait keep to the memory limit") {
  const Pattern pattern = Compile("a");
  Notes notes;
  StreamSearch context(pattern, Scan({.before = 1000, .memory_limit = 4000}), &notes);
  absl::Status status;
  for (int i = 0; i < 200 && status.ok(); ++i) status = context.Write(std::string(99, 'b') + "\n");
  CHECK(absl::IsResourceExhausted(status));
  StreamSearch line(pattern, Scan({.memory_limit = 4000}), &notes);
  status = line.Write(std::string(5000, 'b'));
  CHECK(absl::IsResourceExhausted(status));
}

}  // namespace
}  // namespace logpress::search
