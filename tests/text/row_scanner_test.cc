#include "text/row_scanner.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <random>
#include <string>

#include "base/memory.h"

namespace logpress::text {
namespace {

const Vector<time::TimestampFormat>& Formats() {
  static const Vector<time::TimestampFormat> formats = [] {
    Vector<time::TimestampFormat> made;
    for (const char* pattern : {"%Y-%m-%d %H:%M:%S,%3f", "%b %_d %H:%M:%S", "%a %b %d %H:%M:%S %Y",
                                "%d/%b/%Y:%H:%M:%S %z"}) {
      made.emplace_back();
      REQUIRE(time::TimestampFormat::FromPattern(pattern, &made.back()));
    }
    return made;
  }();
  return formats;
}

Vector<std::string> Reference(const std::string& text, Slice row, Grain grain) {
  Vector<Token> tokens;
  Tokenize(text, row, grain, Formats(), &tokens);
  Vector<std::string> values;
  for (const Token& token : tokens) {
    if (token.variable) {
      values.push_back(std::to_string(token.slice.offset) + ":" +
                       text.substr(token.slice.offset, token.slice.size));
    }
  }
  return values;
}

Vector<std::string> Scanned(const std::string& text, Slice row, Grain grain,
                            const ClassifyKernel& kernel) {
  RowScanner scanner(text, grain, Formats(), kernel);
  Vector<Slice> slices;
  scanner.Scan(row, &slices);
  Vector<std::string> values;
  for (const Slice& slice : slices)
    values.push_back(std::to_string(slice.offset) + ":" + text.substr(slice.offset, slice.size));
  return values;
}

void CheckRow(const std::string& text, Slice row) {
  for (const Grain grain : {Grain::kLine, Grain::kValue, Grain::kDigits}) {
    const Vector<std::string> expected = Reference(text, row, grain);
    for (const ClassifyKernel* const kernel : AvailableClassifyKernels()) {
      INFO("kernel " << kernel->name << ", grain " << static_cast<int>(grain) << ", row '"
                     << text.substr(row.offset, row.size) << "'");
      REQUIRE(Scanned(text, row, grain, *kernel) == expected);
    }
  }
}

void CheckText(const std::string& text) { CheckRow(text, {0, static_cast<uint32_t>(text.size())}); }

TEST_CASE("every kernel gives every byte the same classes") {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  std::mt19937 random(1);
  for (int i = 0; i < 64 * 60; ++i) bytes.push_back(static_cast<char>(random()));
  const size_t count = bytes.size() / 64;
  Vector<MaskBlock> expected(count);
  ScalarClassifyKernel().classify(bytes.data(), count, expected.data());
  for (const ClassifyKernel* const kernel : AvailableClassifyKernels()) {
    Vector<MaskBlock> blocks(count);
    kernel->classify(bytes.data(), count, blocks.data());
    for (size_t b = 0; b < count; ++b) {
      for (size_t c = 0; c < kByteClasses; ++c) {
        INFO(kernel->name << " block " << b << " class " << c);
        REQUIRE(blocks[b].mask[c] == expected[b].mask[c]);
      }
    }
  }
}

TEST_CASE("a scanner finds the variable tokens that tokenising finds in common lines") {
  for (const char* line : {
           "",
           "\n",
           "word",
           "2015-07-29 17:41:44,747 - INFO [worker-1:Some@99] - took 12ms, 3%\n",
           "Jan  9 10:11:12 host sshd[123]: port=22 user=\"root\" - -x -5 +7 -- -\r\n",
           "1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] \"GET /a?b=1 HTTP/1.0\" 200 -\n",
           "{\"key\":\"value\",\"n\":17,\"empty\":\"\",\"esc\":\"a\\\"b\\\\\",\"open\":\"x}\n",
           "\"a\\\\\\\"b\" 1 \"c\\\\\" 2 \"never closed 3",
           "-",
           "- ",
           " -",
           "--",
           "a-",
           "-a",
           "-1",
           "(-1)",
           "x-1",
           "--1",
           "+-1",
           ":-1:",
           "é1 1é",
           "2015-07-29 17:41:44,747-",
           "2015-07-29 17:41:44,7471",
           "2015-07-29 17:41:44,747- 1",
       }) {
    CheckText(line);
  }
}

TEST_CASE("a scanner finds the variable tokens that tokenising finds in any bytes") {
  std::mt19937 random(7);
  const std::string alphabet = "01a-+\"\\: =:.{x\n,\xc3Z";
  const Vector<std::string> pieces = {
      "2015-07-29 17:41:44,747", "Jan  9 10:11:12", "\"key\":", "word", "-", "10.0.0.1", "Jan 12"};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    const size_t length = random() % (round % 10 == 0 ? 400 : 100);
    while (text.size() < length) {
      if (random() % 8 == 0) {
        text += pieces[random() % pieces.size()];
      } else {
        text.push_back(alphabet[random() % alphabet.size()]);
      }
    }
    const auto from = static_cast<uint32_t>(random() % (text.size() + 1));
    const auto size = static_cast<uint32_t>(random() % (text.size() - from + 1));
    CheckRow(text, {from, size});
  }
}

TEST_CASE("a scanner that has been anywhere in the text finds what a new one finds") {
  std::mt19937 random(5);
  std::string text;
  Vector<Slice> rows;
  while (text.size() < 40000) {
    const auto begin = static_cast<uint32_t>(text.size());
    for (size_t words = random() % (random() % 50 == 0 ? 3000 : 12); words > 0; --words)
      text += std::to_string(random() % 1000) + (random() % 3 == 0 ? " word-\"" : " - x=");
    text += random() % 4 == 0 ? "end" : "\n";
    rows.push_back({begin, static_cast<uint32_t>(text.size()) - begin});
  }
  // In order, then backwards, then by leaps.
  Vector<Slice> order = rows;
  order.insert(order.end(), rows.rbegin(), rows.rend());
  for (int i = 0; i < 200; ++i) order.push_back(rows[random() % rows.size()]);
  RowScanner scanner(text, Grain::kLine, Formats());
  for (const Slice& row : order) {
    Vector<Slice> slices;
    scanner.Scan(row, &slices);
    Vector<std::string> values;
    for (const Slice& slice : slices)
      values.push_back(std::to_string(slice.offset) + ":" + text.substr(slice.offset, slice.size));
    INFO("row at " << row.offset);
    REQUIRE(values == Reference(text, row, Grain::kLine));
  }
}

TEST_CASE("a scanner takes no quadratic time for two megabytes of one line") {
  // Nothing in the line ends a search for a digit or a letter but the end of the token. Linear work
  // takes some hundredths of a second, with sanitizers some tenths; quadratic work takes many.
  const std::string piece = GENERATE(as<std::string>(), "abc ", "a ", "abc def,", "--- ", "- ",
                                     "\"abc\" ", "\" ", "abc\"");
  CAPTURE(piece);
  std::string text;
  while (text.size() < 2 << 20) text += piece;
  RowScanner scanner(text, Grain::kLine, Formats());
  Vector<Slice> values;
  const auto start = std::chrono::steady_clock::now();
  scanner.Scan({0, static_cast<uint32_t>(text.size())}, &values);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  CHECK(taken.count() < 2);
}

TEST_CASE("a scanner finds tokens and gaps longer than its windows") {
  for (const size_t n : {63u, 64u, 65u, 127u, 128u, 129u, 300u}) {
    CheckText(std::string(n, 'a') + "1");
    CheckText("1" + std::string(n, ' ') + "2");
    CheckText("1" + std::string(n, ':') + "2" + std::string(n, '.') + " 3");
    CheckText("\"" + std::string(n, ' ') + "\" \"" + std::string(n, '\\') + "\" 1");
    CheckText(std::string(n, '"'));
  }
}

}  // namespace
}  // namespace logpress::text
