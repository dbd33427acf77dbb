// What the index of a file of archives says.
#ifndef LOGPRESS_CLI_LISTING_H_
#define LOGPRESS_CLI_LISTING_H_

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/input_file.h"
#include "cli/options.h"
#include "logpress/logpress.hpp"

namespace logpress::cli {

// Of one file of archives, of one block or of several files.
struct Amounts {
  uint64_t raw = 0;
  uint64_t packed = 0;
  uint64_t lines = 0;
  uint64_t blocks = 0;
  uint64_t templates = 0;
  std::set<int> levels;
  std::set<int> backends;           // of logpress_backend
  std::set<uint64_t> dictionaries;  // that its blocks were packed with
  logpress_time first{};            // of the first line that has a time
  logpress_time last{};             // of the last line that has one
  bool mixed_times = false;         // of several files, whose times cannot be compared

  void AddBlock(const logpress_block_info& block);
  // Of several files, `first` and `last` are the earliest and the latest.
  void Add(const Amounts& other);

  std::vector<std::string> Backends() const;
};

struct Listing {
  std::string path;
  std::string name;  // as messages call it
  Amounts amounts;
  std::vector<logpress_block_info> blocks;  // with options.verbosity > 0
  std::vector<logpress_part> parts;         // with options.verbosity > 1
  absl::Status damage;  // of the index or of a block; the rest is what is intact
};

// Errors, and damage, have the message "NAME: what; what to do".
absl::StatusOr<Listing> ReadListing(const Options& options, const std::string& path);

// The listing, with its blocks and parts if it has them, as a line of JSON.
std::string ListingJson(const Listing& listing);
// The sums of `listed` files.
std::string ListSummaryJson(const Amounts& total, uint64_t listed, uint64_t failed);
// A file that could not be listed or tested, or was found damaged.
std::string FailureJson(const std::string& path, const absl::Status& status);

// "2024-05-01T10:00:00", in UTC; "05-01T10:00:00" without a year, "10:00:00" without a date; "-"
// for none. No more than the timestamp says, and no fractions.
std::string LineTimeText(const logpress_time& time);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_LISTING_H_
