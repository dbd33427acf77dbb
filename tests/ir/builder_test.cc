#include "ir/builder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "ir/plain_renderer.h"
#include "support/random.h"

namespace logpress::ir {
namespace {

void RequireComesBack(Builder* builder, const std::string& text, Rows rows) {
  const BlockView block = builder->Build(text, rows);
  REQUIRE(block.text == text);
  if (block.root == nullptr) return;
  std::string rendered;
  for (const std::string& row : PlainRenderer(text).Render(*block.root)) rendered += row;
  if (rendered != text) {
    const auto at = std::mismatch(rendered.begin(), rendered.end(), text.begin(), text.end());
    FAIL("differs at byte " << at.second - text.begin() << " of " << text.size() << ": "
                            << std::string(at.second, text.end()).substr(0, 80));
  }
}

void RequireComesBack(Builder* builder, const std::string& text) {
  RequireComesBack(builder, text, Rows::kMembers);
  RequireComesBack(builder, text, Rows::kLines);
}

const Table& TableOf(const BlockView& block) {
  REQUIRE(block.root != nullptr);
  REQUIRE(block.root->kind == Strings::Kind::kTable);
  return *block.root->table;
}

// A template with '*' for its slots.
std::string Show(const BlockView& block, const Template& entry) {
  std::string result;
  for (size_t i = 0; i < entry.literals.size(); ++i) {
    if (i > 0) result += '*';
    result += block.text.substr(entry.literals[i].offset, entry.literals[i].size);
  }
  return result;
}

std::string Formatted(const char* format, auto... values) {
  char line[400];
  std::snprintf(line, sizeof(line), format, values...);
  return line;
}

TEST_CASE("ordinary logs come back from their representation") {
  Builder builder;
  std::string text;
  SECTION("nothing") {}
  SECTION("one byte") { text += GENERATE("\n", "x", "7", "\""); }
  SECTION("one line again and again") {
    for (int i = 0; i < 100; ++i) text += "the same line 17\n";
  }
  SECTION("a syslog") {
    for (int i = 0; i < 800; ++i) {
      text += Formatted(
          "Jun %2d %02d:%02d:%02d box%d sshd[%d]: %s password for %s from 10.0.%d.%d\n",
          1 + i / 100, i / 60 % 24, i % 60, i * 7 % 60, i % 3, 4000 + i / 5,
          i % 4 != 0 ? "Failed" : "Accepted", i % 7 != 0 ? "root" : "ann", i % 11, i * i % 251);
    }
  }
  SECTION("JSON lines") {
    for (int i = 0; i < 500; ++i) {
      text += Formatted("{\"ts\":\"2024-02-%02dT10:%02d:00.%03dZ\",\"n\":%d,\"user\":\"u%d\",%s}\n",
                        1 + i / 60, i % 60, i * 37 % 1000, i, i * 31 % 40,
                        i % 5 != 0 ? "\"ok\":true" : "\"error\":\"no \\\"such\\\" file\"");
    }
  }
  SECTION("CRLF, no final newline, and lines that fit nothing") {
    for (int i = 0; i < 300; ++i)
      text +=
          i % 13 == 0 ? Formatted("?? %x !\r\n\r\n", i * i) : Formatted("step %d of 300\r\n", i);
    text += "cut off he";
  }
  SECTION("numbers written in every way") {
    const char* const formats[] = {"v %d\n",  "v %05d\n",    "v %x\n",   "v %X\n", "v 0x%04x\n",
                                   "v +%d\n", "v %d.%03d\n", "v 00%d\n", "v -%d\n"};
    for (int i = 0; i < 900; ++i) text += Formatted(formats[i / 100], i * i % 1000, i);
  }
  SECTION("a line of thousands of objects") {
    text += "[";
    for (int i = 0; i < 2000; ++i) text += Formatted("{\"id\":%d,\"name\":\"item %d\"},", i, i % 9);
    text += "{}]\n";
  }
  RequireComesBack(&builder, text);
}

TEST_CASE("any log comes back from its representation, and one builder serves all") {
  constexpr ByteView kPieces[] = {" ",          " ",        " ",
                                  "\n",         "\n",       "\"",
                                  ":",          "=",        ",",
                                  "[",          "]",        "-",
                                  "7",          "42",       "007",
                                  "0x1f",       "FFEE",     "abc",
                                  "def",        "error",    "10.0.0.1",
                                  "2015-07-29", "17:41:44", "Jul 29",
                                  "\\",         "\r\n",     "\"key\":",
                                  "},{",        "{",        "}",
                                  "\t",         "user",     "99999999999999999999",
                                  "-5",         "+5"};
  Builder builder;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    INFO("seed " << seed);
    testing::Random random(seed);
    // A few lines, some of them with places that vary, in random order.
    std::vector<std::string> lines(1 + random.Skewed(5));
    for (std::string& line : lines) {
      for (uint64_t n = random.Below(12); n > 0; --n) {
        line += random.OneIn(4) ? ByteView("\1") : kPieces[random.Below(std::size(kPieces))];
        if (random.OneIn(2)) line += ' ';
      }
      if (!random.OneIn(5)) line += '\n';
    }
    const int kind = static_cast<int>(random.Below(4));
    uint64_t counter = random.Skewed(40);
    std::string text;
    for (uint64_t n = random.Skewed(11); n > 0; --n) {
      for (const char c : random.Pick(lines)) {
        if (c != '\1') {
          text += c;
        } else if (kind == 0) {
          text += std::to_string(counter += random.Below(5));
        } else if (kind == 1) {
          text += kPieces[random.Below(std::size(kPieces))];
        } else if (kind == 2) {
          text += Formatted("%04x", static_cast<unsigned>(random.Below(3000)));
        } else {
          text += Formatted("/a/%d/x%d", static_cast<int>(random.Below(60)),
                            static_cast<int>(random.Below(9)));
        }
      }
    }
    for (uint64_t n = random.OneIn(3) ? random.Skewed(4) : 0; n > 0 && !text.empty(); --n)
      text[random.Below(text.size())] = random.Byte();
    RequireComesBack(&builder, text);
  }
}

TEST_CASE("any bytes come back from their representation") {
  Builder builder;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    INFO("seed " << seed);
    testing::Random random(seed);
    const uint64_t alphabet = 1 + random.Skewed(8);
    const uint64_t newline = 1 + random.Skewed(7);
    std::string text;
    for (uint64_t n = random.Skewed(14); n > 0; --n)
      text += random.OneIn(newline) ? '\n' : static_cast<char>(random.Below(alphabet) * 37);
    RequireComesBack(&builder, text);
  }
}

TEST_CASE("a column of times comes back when another column shares some of them") {
  // The columns share a dictionary: one must not leave it while the other stays.
  std::string text;
  std::string before;
  for (int i = 0; i < 300; ++i) {
    const std::string start = Formatted("2015-07-29T%02d:%02d:%02dZ", i / 60, i % 60, i * 7 % 60);
    const std::string job = Formatted("job%dx%d", i * 37, i);
    const std::string& other = i % 3 == 1 ? before : job;
    text += Formatted("start %s prev %s done\n", start.c_str(), other.c_str());
    before = start;
  }
  Builder builder;
  RequireComesBack(&builder, text);
}

TEST_CASE("what never varies is text of its template, what varies is a slot") {
  std::string text;
  for (int i = 0; i < 50; ++i) text += Formatted("disk 0 on host7 at %d%% of 100\n", i);
  Builder builder;
  const BlockView block = builder.Build(text);
  const Table& table = TableOf(block);
  REQUIRE(table.templates.size() == 1);
  CHECK(Show(block, table.templates[0]) == "disk 0 on host7 at *% of 100\n");
}

TEST_CASE("a column of different numbers is numbers, a column of few is a dictionary") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += Formatted("request %d took %d ms\n", i * 3, i % 5);
  Builder builder;
  const Table& table = TableOf(builder.Build(text));
  REQUIRE(table.columns.size() == 2);
  CHECK(table.columns[0].kind == Column::Kind::kNumbers);
  CHECK(table.columns[0].numbers.values[5] == 15);
  CHECK(table.columns[1].kind == Column::Kind::kDictionary);
}

TEST_CASE("a number that is not written as one would write it keeps its column from numbers") {
  const std::string odd = GENERATE("007", "-0", "+5", "0x5", "99999999999999999999", "5.0");
  std::string text;
  for (int i = 0; i < 200; ++i) {
    const std::string value = i == 100 ? odd : std::to_string(1000 * i + 123);
    text += Formatted("value %s read\n", value.c_str());
  }
  Builder builder;
  const BlockView block = builder.Build(text);
  for (const Column& column : TableOf(block).columns) CHECK(column.kind != Column::Kind::kNumbers);
  RequireComesBack(&builder, text);
}

TEST_CASE("a long list of values is a table if a sample of it is") {
  testing::Random random(1);
  std::string paths;
  std::string keys;
  for (int i = 0; i < 30'000; ++i) {
    const std::string number = std::to_string(random.Below(1'000'000'000));
    paths += "get /srv/" + number + "/part-" + std::to_string(i % 100) + ".gz\n";
    keys += "get k";
    for (int k = 0; k < 12; ++k) keys += "abcdefghij0123456789"[random.Below(20)];
    keys += std::to_string(i) + "\n";
  }
  const auto kind_of_values = [](const std::string& text) {
    Builder builder;
    const Strings& root = *builder.Build(text).root;
    REQUIRE(root.kind == Strings::Kind::kTable);
    REQUIRE(root.table->dictionaries.size() == 1);
    return root.table->dictionaries[0]->kind;
  };
  CHECK(kind_of_values(paths) == Strings::Kind::kTable);
  CHECK(kind_of_values(keys) == Strings::Kind::kText);
}

TEST_CASE("statements behind one header share the header's columns") {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    text += Formatted("[%d] host%d: ", 1000 + i, i % 4);
    text += i % 2 != 0 ? Formatted("opened file %d quickly\n", i * 7)
                       : Formatted("listener closed after %d requests of %d\n", i * 5, i);
  }
  Builder builder;
  const BlockView block = builder.Build(text);
  const Table& table = TableOf(block);
  REQUIRE(table.templates.size() == 2);
  const auto first = table.templates[0].columns;
  const auto second = table.templates[1].columns;
  REQUIRE(first.size() >= 3);
  REQUIRE(second.size() >= 3);
  CHECK(first[0] == second[0]);
  CHECK(first[1] == second[1]);
  CHECK(first[2] != second[2]);
}

TEST_CASE("the elements of a long list are one column for each place in an element") {
  std::string log;
  int value = 0;
  for (int row = 0; row < 30; ++row) {
    log += "points:";
    for (int i = 0; i < 80; ++i) {
      log +=
          " (" + std::to_string(value * 7919 % 100003) + "; " + std::to_string(value % 251) + ")";
      ++value;
    }
    log += "\n";
  }
  Builder builder;
  const BlockView block = builder.Build(log);
  REQUIRE(block.root->table != nullptr);
  const Table& table = *block.root->table;
  REQUIRE(table.templates.size() == 1);
  const std::span<const uint32_t> columns = table.templates[0].columns;
  REQUIRE(columns.size() == 160);
  // The first stands behind something else.
  for (size_t k = 4; k < columns.size(); ++k) CHECK(columns[k] == columns[k - 2]);
  CHECK(columns[4] != columns[5]);
}

TEST_CASE("columns that hold the same values share a dictionary") {
  std::string text;
  for (int i = 0; i < 400; ++i) {
    const int user = i / 2 * 31 % 90;
    text += i % 2 != 0 ? Formatted("login of user-%d.x accepted\n", user)
                       : Formatted("quota, once again, exceeded: user-%d.x (%d)\n", user, i % 7);
  }
  Builder builder;
  const BlockView block = builder.Build(text);
  const Table& table = TableOf(block);
  REQUIRE(table.templates.size() == 2);
  std::multiset<uint32_t> uses;
  for (const Column& column : table.columns) uses.insert(column.dictionary);
  bool shared = false;
  for (size_t d = 0; d < table.dictionaries.size(); ++d) {
    if (uses.count(static_cast<uint32_t>(d)) < 2) continue;
    shared = true;
    CHECK(table.dictionaries[d]->values.size() == 90);
  }
  CHECK(shared);
  RequireComesBack(&builder, text);
}

TEST_CASE("a time is a number, and a zone that changes is kept with it") {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    text += Formatted("2024-03-31T%02d:%02d:%02d+0%d:00 tick\n", i / 60, i % 60, i * 7 % 60,
                      i < 150 ? 1 : 2);
  }
  Builder builder;
  const BlockView block = builder.Build(text);
  const Table& table = TableOf(block);
  REQUIRE(table.columns.size() == 1);
  REQUIRE(table.columns[0].kind == Column::Kind::kNumbers);
  REQUIRE(table.columns[0].numbers.timestamp != nullptr);
  CHECK(table.columns[0].numbers.extras.size() == 2);
  CHECK(table.columns[0].numbers.extras[1].begin == 150);
  RequireComesBack(&builder, text);
}

TEST_CASE("a builder that has seen other blocks builds what a new one builds") {
  std::string text;
  std::string other;
  for (int i = 0; i < 400; ++i) {
    text += Formatted("job %d of queue%d: %s\n", i, i % 3, i % 2 != 0 ? "done" : "started");
    other += Formatted("%x|%d|\"%d %d\"\n", i * 99, i, i % 8, i / 8);
  }
  Builder used;
  used.Build(other);
  used.Build(text);
  Builder fresh;
  const BlockView first = fresh.Build(text);
  const BlockView second = used.Build(text);
  const Table& a = TableOf(first);
  const Table& b = TableOf(second);
  REQUIRE(a.templates.size() == b.templates.size());
  for (size_t t = 0; t < a.templates.size(); ++t) {
    CHECK(Show(first, a.templates[t]) == Show(second, b.templates[t]));
    CHECK(std::ranges::equal(a.templates[t].columns, b.templates[t].columns));
  }
  CHECK(std::ranges::equal(a.row_template, b.row_template));
}

}  // namespace
}  // namespace logpress::ir
