// What the tasks of a search have found, in the order of files and lines.
#ifndef LOGPRESS_CLI_FLEET_MERGE_FINDINGS_H_
#define LOGPRESS_CLI_FLEET_MERGE_FINDINGS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "base/io.h"
#include "cli/file_io.h"
#include "cli/fleet/plan.h"
#include "cli/fleet/record.h"
#include "cli/fleet/search_part.h"

namespace logpress::cli::fleet {

// Takes no more memory than a buffer. One thread at a time.
class FindingsMerger {
 public:
  // Borrows `context` and `out`; `folder` is that of the work.
  FindingsMerger(const Context& context, ByteSink* out) : context_(context), out_(out) {}

  // What was found in the parts of a file, of which these are all.
  absl::Status Add(std::span<const Part> parts, std::span<const PartResult> results);

 private:
  absl::Status AddCount(const Part& part, uint64_t lines);
  absl::Status Copy(const Part& part, const PartResult& result);
  absl::Status Open(uint32_t task);

  const Context& context_;
  ByteSink* const out_;
  std::optional<uint32_t> task_;  // whose findings are open
  std::string name_;
  Fd fd_;
  bool any_ = false;  // was found so far
};

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_MERGE_FINDINGS_H_
