#include "support/log_generator.h"

#include <algorithm>
#include <bit>
#include <string_view>
#include <vector>

#include "support/log_shapes.h"

namespace logpress::testing {
namespace {

using std::string_view;

std::vector<string_view> Lines(string_view log) {
  std::vector<string_view> lines;
  while (!log.empty()) {
    const size_t end = std::min(log.find('\n'), log.size() - 1) + 1;
    lines.push_back(log.substr(0, end));
    log.remove_prefix(end);
  }
  return lines;
}

std::string Joined(const std::vector<string_view>& lines) {
  std::string log;
  for (const string_view line : lines) log.append(line);
  return log;
}

// Puts `what` before some of the newlines.
std::string BeforeNewlines(Random* random, string_view log, string_view what, uint64_t one_in) {
  std::string changed;
  for (const char byte : log) {
    if (byte == '\n' && random->OneIn(one_in)) changed.append(what);
    changed.push_back(byte);
  }
  return changed;
}

void ChangeBytes(Random* random, std::string* log) {
  for (uint64_t i = 0, changes = 1 + random->Skewed(8); i < changes && !log->empty(); ++i) {
    const size_t at = random->Below(log->size());
    const size_t size = std::min<size_t>(1 + random->Skewed(6), log->size() - at);
    switch (random->Below(4)) {
      case 0:
        (*log)[at] = random->Byte();
        break;
      case 1:
        log->erase(at, size);
        break;
      case 2:
        log->insert(at, log->substr(at, size));
        break;
      default:
        log->insert(at, 1, random->Byte());
    }
  }
}

// One of the shapes that stand first, which are the ordinary ones, in half of the cases.
LogShape RandomShape(Random* random) {
  return static_cast<LogShape>(random->Below(random->OneIn(2) ? kOrdinaryLogShapes : kLogShapes));
}

}  // namespace

std::string Weather(Random* random, std::string log) {
  // Another format from here on.
  if (random->OneIn(8)) {
    const LogShape shape = RandomShape(random);
    log.append(GenerateShape(random, shape, random->Below(log.size() + 1)));
  }
  // Two programs write to one file, sometimes in the middle of a line.
  if (!log.empty() && random->OneIn(8)) {
    const LogShape shape = RandomShape(random);
    const std::string other = GenerateShape(random, shape, log.size() / 2);
    std::vector<string_view> lines = Lines(log);
    for (const string_view line : Lines(other))
      lines[random->Below(lines.size())] =
          random->OneIn(50) ? line.substr(0, line.size() / 2) : line;
    log = Joined(lines);
  }
  if (random->OneIn(10)) {
    std::vector<string_view> lines = Lines(log);
    random->Shuffle(&lines);
    log = Joined(lines);
  }
  if (random->OneIn(6)) log = BeforeNewlines(random, log, "\r", random->OneIn(2) ? 1 : 10);
  if (random->OneIn(8)) log = BeforeNewlines(random, log, "\n", 10);
  if (random->OneIn(8)) log = BeforeNewlines(random, log, random->OneIn(2) ? "   " : "\t", 4);
  if (random->OneIn(6)) ChangeBytes(random, &log);
  if (random->OneIn(12)) {
    const std::string binary = GenerateShape(random, LogShape::kArbitraryBytes, random->Skewed(12));
    log.insert(random->Below(log.size() + 1), binary);
  }
  if (random->OneIn(20)) log.insert(0, "\xef\xbb\xbf");
  if (random->OneIn(4))
    log.resize(log.size() - std::min<size_t>(log.size(), 1 + random->Skewed(7)));
  return log;
}

std::string GenerateLog(uint64_t seed, size_t max_size) {
  Random random(seed);
  const LogShape shape = RandomShape(&random);
  const int bits = static_cast<int>(std::bit_width(max_size));
  const size_t size = random.OneIn(4) ? random.Skewed(9) : 512 + random.Skewed(bits);
  std::string log = Weather(&random, GenerateShape(&random, shape, std::min(size, max_size)));
  if (log.size() > max_size) log.resize(max_size);
  return log;
}

}  // namespace logpress::testing
