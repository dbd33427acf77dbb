#include "cli/out_of_memory.h"

#include <unistd.h>

#include <cstdlib>
#include <exception>

#include "cli/interrupt.h"

namespace logpress::cli {
namespace {

int exit_code = 2;  // trouble, whatever the command

[[noreturn]] void Terminate() {
  RemoveUnfinished();
  // An exception that nobody caught is a fault of the program, and to be looked at. No exception is
  // one for which there was no memory.
  if (std::current_exception() != nullptr) std::abort();
  _exit(TellOutOfMemory());
}

}  // namespace

int TellOutOfMemory() noexcept {
  constexpr std::string_view kText =
      "logpress: out of memory; use fewer threads, or raise the limit (ulimit -v)\n";
  // Nothing is left to be done if this fails too.
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kText.data(), kText.size());
  return exit_code;
}

void SetOutOfMemoryCode(int code) noexcept { exit_code = code; }

void EndWhereNothingCanBeThrown() noexcept { std::set_terminate(Terminate); }

}  // namespace logpress::cli
