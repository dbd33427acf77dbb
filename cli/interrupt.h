// What an interrupted run (Ctrl-C, kill, a closed terminal, a closed pipe) leaves behind. It undoes
// what it was writing and then ends by the signal, so that a shell sees what happened. While it
// packs a stream, whose lines are nowhere else, it packs what was read and ends by the signal then.
#ifndef LOGPRESS_CLI_INTERRUPT_H_
#define LOGPRESS_CLI_INTERRUPT_H_

#include <sys/types.h>

#include <string_view>

namespace logpress::cli {

// To be called once, before threads are made. A signal that the caller had ignored (nohup) stays
// ignored; for SIGPIPE writing then fails with EPIPE.
void CatchInterrupts();

// From now on an interrupt removes the file `name` in the directory `directory_fd`; the descriptor
// must stay open until ForgetUnfinished(). One file at a time. Call it before the file is made.
void RememberTemporary(int directory_fd, std::string_view name);
// From now on an interrupt cuts the file `fd` down to `size` bytes, until ForgetUnfinished().
void RememberAppended(int fd, off_t size);
void ForgetUnfinished();
// Removes or cuts it now, as an interrupt would. Async-signal-safe.
void RemoveUnfinished();

// From now on the first SIGINT, SIGTERM or SIGHUP only makes InterruptFd() readable, for poll(2),
// and HeldInterrupt() the signal's number; the caller then ends its work and calls
// EndByHeldInterrupt(). A second one ends the process at once, and what was written stays.
void HoldInterrupts();
void ReleaseInterrupts();
int InterruptFd();
// 0: none came.
int HeldInterrupt();
// Ends the process by the interrupt that was held, if one was.
void EndByHeldInterrupt();

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_INTERRUPT_H_
