// An interrupted run (Ctrl-C, kill, a closed terminal, a closed pipe) removes the temporary file it
// was writing and then ends by the signal, so that a shell sees what happened.
#ifndef LOGPRESS_CLI_INTERRUPT_H_
#define LOGPRESS_CLI_INTERRUPT_H_

#include <string_view>

namespace logpress::cli {

// To be called once, before threads are made. A signal that the caller had ignored (nohup) stays
// ignored; for SIGPIPE writing then fails with EPIPE.
void CatchInterrupts();

// From now on an interrupt removes the file `name` in the directory `directory_fd`; the descriptor
// must stay open until ForgetTemporary(). One file at a time. Call it before the file is made.
void RememberTemporary(int directory_fd, std::string_view name);
void ForgetTemporary();

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_INTERRUPT_H_
