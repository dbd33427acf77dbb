// What a run of `logpress archive` is to do: the policies (which files, how, for how long) and what
// holds for the run as a whole. The command line and the configuration file both end here.
#ifndef LOGPRESS_CLI_ARCHIVING_SETTINGS_H_
#define LOGPRESS_CLI_ARCHIVING_SETTINGS_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace logpress::cli::archiving {

struct Policy {
  std::string name;                // for reports
  std::vector<std::string> paths;  // files, folders and globs, as given

  // Which files.
  std::vector<std::string> include;  // globs; empty: names that look rotated
  std::vector<std::string> exclude;  // globs
  bool recursive = false;
  int64_t older_than = 24 * 60 * 60;  // seconds since the last change
  uint64_t min_size = 1;              // bytes
  uint64_t max_size = std::numeric_limits<uint64_t>::max();
  bool ignore_open = false;  // take files that are open for writing as well
  bool hard_links = false;   // take files that have other names as well
  bool repack = false;       // unpack what gzip, zstd, xz or bzip2 packed, and pack that

  // How.
  int level = 5;
  uint64_t block_size = 0;  // bytes; 0: what the level says
  bool keep = false;        // leave the source

  // For how long.
  std::optional<int64_t> delete_after;  // seconds
  std::optional<uint64_t> max_total;    // bytes
};

enum class IoClass { kUnchanged, kIdle, kBestEffort };

struct RunSettings {
  std::string config;  // path; empty: the policy is the command line's
  bool check_config = false;
  bool help = false;

  bool dry_run = false;
  bool json = false;
  std::string metrics;  // path; empty: none
  int verbosity = 0;    // -1: warnings and errors only; 1: a line per file

  std::string lock;                        // path; empty: the default
  std::optional<int64_t> max_runtime;      // seconds
  int threads = 1;                         // 0: one a core
  uint64_t memory_limit = 0;               // bytes; 0: none for packing, the library's for reading
  uint64_t min_free = uint64_t{64} << 20;  // bytes that stay free on the file system
  std::optional<int> nice = 10;
  IoClass io_class = IoClass::kBestEffort;
  int io_level = 7;  // 0 (first) to 7 (last), of kBestEffort
};

struct Settings {
  RunSettings run;
  std::vector<Policy> policies;
};

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_SETTINGS_H_
