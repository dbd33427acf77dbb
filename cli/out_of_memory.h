// Where the program catches that there is no memory: once for a file, so that the next is worked on
// all the same, and once for the whole run. What a file had taken is freed on the way, and what was
// begun beside it removed.
#ifndef LOGPRESS_CLI_OUT_OF_MEMORY_H_
#define LOGPRESS_CLI_OUT_OF_MEMORY_H_

#include <new>
#include <string_view>

#include "absl/status/status.h"
#include "base/status.h"
#include "cli/console.h"
#include "cli/format.h"

namespace logpress::cli {

// What is said beside the name of a file.
inline constexpr char kNoMemoryForFile[] =
    "out of memory; use fewer threads, or raise the limit (ulimit -v)";

// Runs `work`, which returns whether other files are to follow, on the file `path`.
template <typename Work>
bool OnFile(std::string_view path, Console* console, const Work& work) {
  bool more = true;
  const absl::Status status = CatchOutOfMemory("", [&] {
    more = work();
    return absl::OkStatus();
  });
  if (!status.ok()) console->Error(Printable(path), kNoMemoryForFile);
  return more;
}

// Says on standard error that there is no memory, and returns the exit code for that. Takes none.
int TellOutOfMemory() noexcept;
// That code, which is 2 at first.
void SetOutOfMemoryCode(int code) noexcept;

// Has the process end likewise, and not by a signal, when there is not even memory to throw an
// exception with. What was unfinished is removed first.
void EndWhereNothingCanBeThrown() noexcept;

// Runs `work` and returns its exit code.
template <typename Work>
int RunWithin(const Work& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return TellOutOfMemory();
  }
}

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_OUT_OF_MEMORY_H_
