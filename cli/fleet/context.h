// What the steps of a run of `logpress run` or `logpress finish` need.
#ifndef LOGPRESS_CLI_FLEET_CONTEXT_H_
#define LOGPRESS_CLI_FLEET_CONTEXT_H_

#include <string>
#include <utility>
#include <vector>

#include "cli/archiving/stop.h"
#include "cli/file_ops.h"
#include "cli/fleet/plan.h"
#include "cli/fleet/work.h"

namespace logpress::cli::fleet {

// Pointers are borrowed.
struct Context {
  // For the plan at `path`. Where its logs were packed, other work is done on the archives.
  Context(std::string path, const Plan* plan_there, const Work* work_to_do, FileOps* file_ops,
          archiving::Stop* stop_request)
      : plan_path(std::move(path)),
        plan(plan_there),
        work(work_to_do),
        ops(file_ops),
        stop(stop_request),
        folder(WorkFolder(plan_path, *work)),
        packed(work->kind != WorkKind::kPack && IsPacked(plan_path)) {}

  std::string plan_path;
  const Plan* plan;
  const Work* work;
  FileOps* ops;
  archiving::Stop* stop;
  std::string folder;  // of the work: records, and archives of ranges until they are joined
  bool packed;         // the archives of the plan's logs are read, not the files that it names
  int threads = 1;
  std::string token;                // in the names of files that this run has not finished
  std::vector<std::string> tokens;  // the same of earlier runs, which may have left some
};

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_CONTEXT_H_
