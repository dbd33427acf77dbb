// The report, and what is there after the run, as metrics for the textfile collector of Prometheus'
// node exporter.
#ifndef LOGPRESS_CLI_ARCHIVING_METRICS_H_
#define LOGPRESS_CLI_ARCHIVING_METRICS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/archiving/inventory.h"
#include "cli/archiving/report.h"
#include "cli/file_ops.h"

namespace logpress::cli::archiving {

struct NamedInventory {
  std::string policy;
  Inventory folders;
};

// In the text format of Prometheus, version 0.0.4. `finished` is the time of the end of the run.
std::string MetricsText(const Report& report, const std::vector<NamedInventory>& inventories,
                        double seconds, bool stopped, int64_t finished);

// Replaces the file `path`, readable for all, at once: no collector ever sees half of it.
absl::Status WriteMetrics(FileOps* ops, const std::string& path, const std::string& text);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_METRICS_H_
