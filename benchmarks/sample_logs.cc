#include "sample_logs.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace logpress::benchmarks {
namespace {

namespace fs = std::filesystem;

// Neither a page nor a program: benchmarks/run chooses in the same way.
bool IsLog(const fs::directory_entry& entry) {
  constexpr auto kExecutable =
      fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
  return entry.is_regular_file() && entry.path().extension() != ".md" &&
         (entry.status().permissions() & kExecutable) == fs::perms::none && entry.file_size() != 0;
}

std::vector<Log> ReadLogs() {
  const char* const named = std::getenv("LOGPRESS_BENCHMARK_LOGS");
  const char* const folder = named != nullptr ? named : LOGPRESS_SAMPLE_LOGS;
  std::vector<fs::path> paths;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (IsLog(entry)) paths.push_back(entry.path());
  }
  if (paths.empty()) {
    std::fprintf(stderr, "no logs in %s: set LOGPRESS_BENCHMARK_LOGS to a folder of logs\n",
                 folder);
    std::exit(2);
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Log> logs;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    Log log;
    log.text.assign(std::istreambuf_iterator<char>(file), {});
    text::SplitRows(log.text, &log.rows);
    log.timestamps = text::DetectTimestamps(log.text, log.rows);
    logs.push_back(std::move(log));
  }
  return logs;
}

}  // namespace

const std::vector<Log>& SampleLogs() {
  static const auto* const logs = new std::vector<Log>(ReadLogs());
  return *logs;
}

void SetAllBytesProcessed(benchmark::State& state) {
  int64_t bytes = 0;
  for (const Log& log : SampleLogs()) bytes += static_cast<int64_t>(log.text.size());
  state.SetBytesProcessed(state.iterations() * bytes);
}

}  // namespace logpress::benchmarks
