#include "cli/ask.h"

#include <unistd.h>

#include <cstdio>

#include "cli/text.h"

namespace logpress::cli {

bool CanAsk() {
  // In the background, reading would stop the process.
  return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 &&
         tcgetpgrp(STDIN_FILENO) == getpgrp();
}

bool Ask(const std::string& question) {
  const std::string text = Cat("logpress: ", question, " (y/N)? ");
  std::fwrite(text.data(), 1, text.size(), stderr);
  // Not through stdio, which would read ahead what is for others.
  std::string answer;
  char c = 0;
  while (read(STDIN_FILENO, &c, 1) == 1 && c != '\n') answer += c;
  // The end of input leaves the cursor behind the question.
  if (c != '\n') std::fputc('\n', stderr);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace logpress::cli
