#include "support/ugly_inputs.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>

#include "support/random.h"

namespace logpress::testing {
namespace {

using namespace std::string_literals;  // NOLINT(google-build-using-namespace): "\0"s

std::string Repeat(std::string_view what, size_t times) {
  std::string result;
  result.reserve(what.size() * times);
  for (size_t i = 0; i < times; ++i) result.append(what);
  return result;
}

// `line(0)` to `line(count - 1)`, each with a newline.
std::string Lines(size_t count, const std::function<std::string(size_t)>& line) {
  std::string result;
  for (size_t i = 0; i < count; ++i) result.append(line(i)).push_back('\n');
  return result;
}

std::string N(size_t number) { return std::to_string(number); }

std::string ServiceLine(size_t i) {
  const std::string two_digits = N(10 + i * 7 % 50);
  return "2024-03-0" + N(1 + i / 400 % 9) + " 12:" + two_digits + ":" + N(10 + i % 50) +
         ",042 INFO [worker-" + N(i % 7) + "] request " + N(1000 + i) + " from 10.0." + N(i % 5) +
         "." + N(i % 251) + " took " + N(i * i % 977) + " ms";
}

std::string RandomBytes(size_t size, uint64_t seed) {
  Random random(seed);
  std::string bytes;
  for (size_t i = 0; i < size; ++i) bytes.push_back(random.Byte());
  return bytes;
}

std::string AllBytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes.push_back(static_cast<char>(byte));
  return bytes;
}

std::string ServiceLog(size_t lines) { return Lines(lines, ServiceLine); }

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

std::string Utf16(std::string_view text) {
  std::string result = "\xff\xfe";
  for (const char byte : text) result += {byte, '\0'};
  return result;
}

std::string WithoutLast(std::string text) {
  text.pop_back();
  return text;
}

std::string JsonLine(size_t i) {
  std::string line = "{\"ts\":17000" + N(10000 + i) + R"(,"level":"info")";
  if (i % 3 == 0) line += R"(,"user":{"id":)" + N(i % 11) + R"(,"tags":["a","b\"c\\",null]})";
  if (i % 5 == 0) return R"({"message":"keys in another order","ts":)" + N(i) + "}";
  return line + R"(,"message":"caf\u00e9 )" + N(i) + "\"}";
}

std::vector<UglyInput> Edges() {
  return {
      {"empty", ""},
      {"one newline", "\n"},
      {"one byte", "x"},
      {"one NUL", "\0"s},
      {"one line without a newline", "2024-01-01 00:00:00 started"},
      {"one digit", "7"},
      {"newlines only", Repeat("\n", 5000)},
      {"carriage returns only", Repeat("\r", 5000)},
      {"spaces only", Repeat(" ", 5000)},
      {"NUL only", Repeat("\0"s, 5000)},
      {"every byte value", AllBytes()},
      {"every byte value as a line of its own",
       Lines(256, [](size_t i) { return std::string(1, static_cast<char>(i)); })},
      {"a log without a final newline", WithoutLast(ServiceLog(500))},
      {"a log that ends in blank lines", ServiceLog(500) + "\n\n\n"},
      {"a log that starts with blank lines", "\n\n" + ServiceLog(500)},
      {"a log cut inside a number", ServiceLog(500).substr(0, 20011)},
  };
}

std::vector<UglyInput> Bytes() {
  return {
      {"CRLF", Replaced(ServiceLog(500), "\n", "\r\n")},
      {"CRLF and LF by turns",
       Lines(600, [](size_t i) { return ServiceLine(i) + (i % 2 ? "\r" : ""); })},
      {"LFCR", Replaced(ServiceLog(300), "\n", "\n\r")},
      {"two carriage returns a line", Replaced(ServiceLog(300), "\n", "\r\r\n")},
      {"NUL between tokens", Replaced(ServiceLog(300), " ", "\0"s)},
      {"NUL at the end of each line", Replaced(ServiceLog(300), "\n", "\0\n"s)},
      {"invalid UTF-8",
       Lines(500, [](size_t i) { return "caf\xc3 \xe2\x82 " + N(i) + "\xff\xfe\x80"; })},
      {"overlong and surrogate UTF-8",
       Lines(300, [](size_t i) { return "\xc0\xaf\xed\xa0\x80 " + N(i); })},
      {"UTF-8 beyond ASCII",
       Lines(500, [](size_t i) { return "gr\xc3\xbc\xc3\x9f \xf0\x9f\x94\xa5 " + N(i); })},
      {"UTF-16", Utf16(ServiceLog(200))},
      {"byte order mark", "\xef\xbb\xbf" + ServiceLog(100)},
      {"ANSI colours", Lines(500,
                             [](size_t i) {
                               return "\x1b[3" + N(i % 8) + "m" + (i % 3 ? "INFO" : "WARN") +
                                      "\x1b[0m \x1b[1;31mid=" + N(i) + "\x1b[K";
                             })},
      {"random binary", RandomBytes(60000, 1)},
      {"random binary inside a log", ServiceLog(400) + RandomBytes(3000, 2) + ServiceLog(400)},
      {"one changed byte every thousand",
       [] {
         std::string log = ServiceLog(800);
         for (size_t at = 500; at < log.size(); at += 1000) log[at] = static_cast<char>(at);
         return log;
       }()},
      {"control characters that a format may use itself",
       Lines(500,
             [](size_t i) {
               return "a\x01" + N(i) + "\x02\x1f\x1e\x1d\x1c|" + N(i * 3) + "\x11\x12\x7f";
             })},
      {"placeholders as text",
       Lines(500,
             [](size_t i) { return "<*> {} %s $" + N(i % 4) + " <*><*> \\1 <" + N(i) + ">"; })},
  };
}

std::vector<UglyInput> Values() {
  return {
      {"leading zeros",
       Lines(1000, [](size_t i) { return "id " + std::string(i % 9, '0') + N(i); })},
      {"fixed width that overflows",
       Lines(1200,
             [](size_t i) {
               return "seq " + std::string(3 - std::min<size_t>(3, N(i).size()), '0') + N(i);
             })},
      {"signs", Lines(500,
                      [](size_t i) {
                        return (i % 3 ? "-" : "+") + N(i % 7) + " -0 +0 --" + N(i) + " - +";
                      })},
      {"numbers around 2^32, 2^63 and 2^64",
       Lines(300,
             [](size_t i) {
               return "4294967" + N(290 + i % 10) + " -2147483648 922337203685477580" + N(i % 10) +
                      " -9223372036854775808 1844674407370955161" + N(i % 10) + " " +
                      Repeat("9", i % 60);
             })},
      {"a number of 50,000 digits", "n=" + Repeat("1234567890", 5000) + "\n"},
      {"decimals", Lines(500,
                         [](size_t i) {
                           return N(i) + ".50 ." + N(i) + " " + N(i) + ". 1e-" + N(i) +
                                  " 1.5E+07 0.0 00.10";
                         })},
      {"hex in every case", Lines(500,
                                  [](size_t i) {
                                    return (i % 2 ? "0xDEAD" : "0xdead") + N(1000 + i) + " 0XAbCd" +
                                           N(i % 10) + " deadbeef 0x 0x0000" + N(i);
                                  })},
      {"IP addresses, possible and not",
       Lines(800,
             [](size_t i) {
               return "10.0." + N(i % 300) + "." + N(i % 256) + ":" + N(i * 91 % 70000) +
                      " 010.001.000.1 1.2.3 1.2.3.4.5 fe80::" + N(i) + " ::1";
             })},
      {"UUIDs", Lines(500,
                      [](size_t i) {
                        return "0F8FAD5B-d9cb-469f-a165-70867728" + N(1000 + i) +
                               " 0f8fad5b-d9cb-469f-a165-70867728950";
                      })},
      {"times that do not exist", Lines(500,
                                        [](size_t i) {
                                          return "2024-02-" + N(10 + i % 30) + " 99:99:99," +
                                                 N(100 + i) +
                                                 " Feb 31 24:60:61 2023-13-45T25:00:00Z";
                                        })},
      {"times that go backwards", Lines(500,
                                        [](size_t i) {
                                          return "2024-01-01 0" + N(9 - i % 10) + ":" +
                                                 N(59 - i * 13 % 50) + ":00 x";
                                        })},
      {"a time format that changes half way",
       ServiceLog(400) + Lines(400,
                               [](size_t i) {
                                 return "Mar " + (i < 90 ? " " + N(1 + i / 10) : N(10 + i % 20)) +
                                        " 12:00:" + N(10 + i % 50) + " host app[" + N(i) + "]: x";
                               })},
      {"years before 1970 and after 2106", Lines(200,
                                                 [](size_t i) {
                                                   return N(i * 50) + "-01-01 00:00:00 " +
                                                          "1900-02-29 9999-12-31 0000-00-00";
                                                 })},
      {"quotes with escapes, some never closed",
       Lines(500,
             [](size_t i) {
               return R"("a \"quoted\" \\" 'it''s' )" + (i % 7 ? "\""s : ""s) + N(i) + R"( \" "")";
             })},
  };
}

std::vector<UglyInput> Structures() {
  return {
      {"runs of spaces",
       Lines(800, [](size_t i) { return "a" + std::string(1 + i % 9, ' ') + N(i) + "  b   "; })},
      {"trailing spaces and tabs",
       Lines(800,
             [](size_t i) { return ServiceLine(i) + std::string(i % 4, i % 3 ? ' ' : '\t'); })},
      {"leading spaces and tabs",
       Lines(800,
             [](size_t i) { return std::string(i % 4, i % 3 ? ' ' : '\t') + ServiceLine(i); })},
      {"blank lines between", Replaced(ServiceLog(400), "\n", "\n\n")},
      {"delimiters only", Lines(800,
                                [](size_t i) {
                                  return Repeat(" =:,;[](){}|\t\"'<>/", i % 5) +
                                         std::string(i % 11, '-');
                                })},
      {"JSON with optional keys in changing order", Lines(800, JsonLine)},
      {"JSON cut off", WithoutLast(WithoutLast(Lines(300, JsonLine)))},
      {"deep JSON", Repeat("[{\"a\":", 3000) + "1" + Repeat("}]", 3000) + "\n"},
      {"tab-separated values with empty ones",
       Lines(800,
             [](size_t i) {
               return N(i) + "\t\t-\t" + (i % 4 ? "" : "x") + "\t" + N(i % 9) + "\t";
             })},
      {"stack traces",
       Lines(900,
             [](size_t i) {
               return i % 9 == 0 ? ServiceLine(i) + " failed"
                                 : "\tat org.example.Thing.run(Thing.java:" + N(i % 31 * 7) + ")";
             })},
      {"a format that changes half way", ServiceLog(400) + Lines(400, JsonLine)},
      {"two logs by turns",
       Lines(800, [](size_t i) { return i % 2 ? JsonLine(i) : ServiceLine(i); })},
      {"one line a thousand times", Repeat("nothing happened\n", 1000)},
      {"two lines by turns", Repeat("nothing happened\nstill 1\n", 500)},
      {"every line a new template",
       [] {
         Random random(3);
         return Lines(1500, [&](size_t) {
           std::string line;
           for (int i = 0; i < 6; ++i)
             line += static_cast<char>('a' + random.Below(26)) + N(random.Below(50)) +
                     " ([,"[random.Below(4)] +
                     std::string(1 + random.Below(4), static_cast<char>('a' + random.Below(26)));
           return line;
         });
       }()},
      {"every token unique",
       [] {
         Random random(4);
         return Lines(600, [&](size_t) {
           return "k" + N(random.Next()) + " " + N(random.Next()) + " z" + N(random.Next()) + "y";
         });
       }()},
      {"lines of growing length", Lines(400, [](size_t i) { return Repeat("w" + N(i) + " ", i); })},
      {"more slots than fit a byte",
       Lines(20, [](size_t i) { return Lines(300, [i](size_t j) { return N(i * j); }); })},
  };
}

void Append(std::vector<UglyInput> more, std::vector<UglyInput>* all) {
  for (UglyInput& input : more) all->push_back(std::move(input));
}

}  // namespace

std::vector<UglyInput> UglyInputs() {
  std::vector<UglyInput> all;
  Append(Edges(), &all);
  Append(Bytes(), &all);
  Append(Values(), &all);
  Append(Structures(), &all);
  return all;
}

std::vector<UglyInput> LargeUglyInputs() {
  return {
      {"one line of 4 MB", Repeat("all in one line 17 ", 210000) + "\n"},
      {"one line of 4 MB without a blank", Repeat("x7", 2000000)},
      {"half a million slots in a line",
       [] {
         std::string line;
         for (size_t i = 0; i < 500000; ++i) line.append(N(i * 7919 % 1000)).push_back(' ');
         return line + "\n" + ServiceLog(100);
       }()},
      {"a million lines of a byte", Repeat("a\nb\n", 500000)},
      {"a million blank lines", Repeat("\n", 1000000)},
      {"30,000 templates",
       [] {
         Random random(5);
         return Lines(30000, [&](size_t) {
           std::string line;
           for (uint64_t rest = random.Next(); rest != 0; rest /= 97)
             line.append(1, static_cast<char>('a' + rest % 23)).append(rest % 3 ? " " : "=");
           return line;
         });
       }()},
      {"2 MB of digits in lines of 100",
       Lines(20000, [](size_t i) { return Repeat(N(1000000000 + i), 10); })},
      {"2 MB of brackets", Repeat("[[[(((", 350000)},
      {"2 MB of random binary", RandomBytes(2 << 20, 6)},
  };
}

}  // namespace logpress::testing
