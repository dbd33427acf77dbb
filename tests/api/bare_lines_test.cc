// Values of one line beside zstd's.
#include <zstd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <logpress/logpress.hpp>
#include <string>
#include <vector>

#include "api/api_test_util.h"

namespace logpress::api {
namespace {

// Checks each value at `level`; they come back.
void CheckBesideZstd(const std::vector<std::string>& values, int level) {
  constexpr size_t kMore = 8;
  logpress_options options = logpress_default_options();
  options.level = level;
  options.bare = LOGPRESS_BARE;
  logpress_context* made = nullptr;
  REQUIRE(logpress_context_new(&options, &made) == LOGPRESS_OK);
  const Context context(made);
  std::string packed;
  std::string back;
  std::string zstd;
  for (const std::string& value : values) {
    packed.resize(logpress_compress_bound(value.size()));
    size_t size = 0;
    REQUIRE(logpress_context_compress(made, value.data(), value.size(), packed.data(),
                                      packed.size(), &size) == LOGPRESS_OK);
    zstd.resize(ZSTD_compressBound(value.size()));
    const size_t of_zstd = ZSTD_compress(zstd.data(), zstd.size(), value.data(), value.size(), 3);
    INFO("level " << level << ", " << value.size() << " bytes: " << value.substr(0, 100));
    REQUIRE(size <= of_zstd + kMore);
    back.resize(value.size());
    size_t back_size = 0;
    REQUIRE(logpress_context_decompress(made, packed.data(), size, back.data(), back.size(),
                                        &back_size) == LOGPRESS_OK);
    REQUIRE(back_size == value.size());
    REQUIRE(back == value);
  }
}

TEST_CASE("A line of a log is never larger than zstd -3 makes it by more than eight bytes") {
  std::vector<std::string> values;
  for (const auto& entry : std::filesystem::directory_iterator(LOGPRESS_SAMPLE_LOGS)) {
    const std::string extension = entry.path().extension();
    if (extension != ".log" && extension != ".json") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    for (std::string line; std::getline(in, line);) {
      values.push_back(line + "\n");
    }
  }
  REQUIRE(values.size() > 20000);
  CheckBesideZstd(values, 1);
  CheckBesideZstd(values, 5);
}

TEST_CASE("Nor is a line of whatever else") {
  std::vector<std::string> values;
  for (const size_t size :
       {0, 1, 2, 9, 84, 300, 600, 1000, 1100, 4096, 4097, 9000, 20'000, 70'000}) {
    std::string counted;
    std::string listed;
    std::string hexadecimal;
    std::string noise;
    std::string utf8;
    uint32_t random = 1;
    while (counted.size() < size) {
      random = random * 1664525u + 1013904223u;
      counted += std::to_string(values.size() + counted.size() / 5) + ",";
      listed += "key=value" + std::to_string(random >> 28) + ", ";
      hexadecimal += "0123456789abcdef"[random >> 28];
      hexadecimal += "0123456789abcdef"[random >> 24 & 15];
      noise += static_cast<char>(random >> 24 | 0x80);
      utf8 += "\xe6\x97";
      utf8 += static_cast<char>(0x80 + (random >> 26));
    }
    for (const std::string& value : {counted, listed, hexadecimal, noise, utf8,
                                     std::string(size, 'a'), std::string(size, '\0')}) {
      values.push_back(value + "\n");
      values.push_back(value);
    }
  }
  for (const int level : {1, 5, 6}) CheckBesideZstd(values, level);
}

}  // namespace
}  // namespace logpress::api
