// The rule that everything else serves: no log is removed before its archive has been synced, read
// back from its begin to its end, given its name, and its folder synced.
#ifndef LOGPRESS_TESTS_CLI_ARCHIVING_ORDER_CHECK_H_
#define LOGPRESS_TESTS_CLI_ARCHIVING_ORDER_CHECK_H_

#include <unistd.h>

#include <cstdio>
#include <map>
#include <string>

#include "cli/archiving/fault_ops.h"
#include "cli/archiving/names.h"

namespace logpress::cli::archiving {

// Follows the calls of one run over one folder, and ends the process with kBroken when one removes
// a log too early. Knows of each archive how far it is from the calls alone, whatever the code
// says.
class OrderCheck {
 public:
  static constexpr int kBroken = 99;

  explicit OrderCheck(std::string folder) : folder_(std::move(folder)) {}

  // A call that will be made, and succeed for all that the caller knows.
  void See(const Call& call) {
    if (IsNewName(call.file)) SeeNew(call);
    if (call.what == "sync" && call.file == folder_) {
      for (auto& [archive, state] : archives_)
        if (state.placed) state.folder_synced = true;
    }
    const bool removes = call.what == "unlink" && SourceOfRemovalName(call.file).has_value();
    const bool hides = call.what == "rename" && SourceOfRemovalName(call.to).has_value();
    if (!removes && !hides) return;
    const std::string log = *SourceOfRemovalName(removes ? call.file : call.to);
    const State& state = archives_[ArchiveName(log)];
    if (state.synced && state.read_back && state.placed && state.folder_synced) return;
    std::fprintf(stderr, "%s of %s too early: synced %d, read back %d, placed %d, folder %d\n",
                 std::string(call.what).c_str(), log.c_str(), state.synced, state.read_back,
                 state.placed, state.folder_synced);
    std::fflush(stderr);
    _exit(kBroken);
  }

 private:
  struct State {
    bool synced = false;
    bool read_back = false;
    bool placed = false;
    bool folder_synced = false;
  };

  void SeeNew(const Call& call) {
    // ".app.log.1.lpz-new"
    State& state = archives_[call.file.substr(1, call.file.size() - 5)];
    if (call.what == "write") state = State();
    if (call.what == "sync") state.synced = true;
    if (call.what == "read" && state.synced) state.read_back = true;
    if (call.what == "rename") state.placed = true;
  }

  std::string folder_;
  std::map<std::string, State> archives_;
};

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_TESTS_CLI_ARCHIVING_ORDER_CHECK_H_
