#include "pieces.h"

#include <algorithm>
#include <logpress/logpress.hpp>
#include <span>
#include <string>

namespace rocksdb_store {
namespace {

// The time of every line; empty unless all are instants.
std::vector<int64_t> TimesOfLines(std::string_view log) {
  std::vector<int64_t> times;
  logpress_options options = logpress::Options();
  options.level = 1;
  auto context = logpress::Context::New(options);
  if (!context) return {};
  const auto packed = context->Compress(log);
  if (!packed) return {};
  auto reader = logpress::Reader::OpenMemory(std::as_bytes(std::span(*packed)));
  if (!reader) return {};
  auto lines = reader->Lines();
  if (!lines) return {};
  for (const logpress::Line& line : *lines) {
    if (line.time_kind != LOGPRESS_TIME_INSTANT) return {};
    times.push_back(line.time);
  }
  return times;
}

}  // namespace

Pieces CutIntoPieces(std::string_view log, size_t size) {
  constexpr int64_t kSecond = 1'000'000;
  Pieces cut;
  cut.times = TimesOfLines(log);
  int64_t highest = cut.times.empty() ? 0 : cut.times[0];
  size_t begin = 0;
  size_t number = 0;
  int64_t time = highest;
  for (size_t at = 0; at < log.size(); ++number) {
    const size_t newline = log.find('\n', at);
    const size_t next = newline == log.npos ? log.size() : newline + 1;
    bool moves_on = number > 0;
    int64_t now = time + kSecond;
    if (!cut.times.empty()) {
      moves_on = number > 0 && cut.times[number] != cut.times[number - 1];
      cut.disorder = std::max(cut.disorder, highest - cut.times[number]);
      now = highest = std::max(highest, cut.times[number]);
    }
    if (moves_on && at - begin >= size) {
      cut.pieces.push_back({log.substr(begin, at - begin), time});
      begin = at;
      time = now;
    }
    at = next;
  }
  if (begin < log.size()) cut.pieces.push_back({log.substr(begin), time});
  return cut;
}

}  // namespace rocksdb_store
