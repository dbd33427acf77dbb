// A question to the person at the terminal.
#ifndef LOGPRESS_CLI_ASK_H_
#define LOGPRESS_CLI_ASK_H_

#include <string>

namespace logpress::cli {

// True when somebody sits there who can answer: standard input and standard error are a terminal,
// and the process is in its foreground. Never so in a script that cron runs or a pipe feeds.
bool CanAsk();

// Prints "logpress: QUESTION (y/N)? " and reads the answer. Everything but y and yes is no.
bool Ask(const std::string& question);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_ASK_H_
