// The files that a command line means: those named, and with -r those below the directories named.
#ifndef LOGPRESS_CLI_OPERANDS_H_
#define LOGPRESS_CLI_OPERANDS_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "cli/options.h"

namespace logpress::cli {

// True for names like "app.log.lpz", but not for ".lpz" alone.
bool HasSuffix(std::string_view path, std::string_view suffix = kSuffix);
// The suffix by which `path` is an archive's: that of --suffix or kSuffix; empty when it is none.
std::string_view ArchiveSuffix(const Options& options, std::string_view path);

// A file to work on.
struct Operand {
  std::string path;
  bool named = true;  // on the command line or in a list, and not found below a directory
  // Where it stands below --output-dir: its name, or its path from the directory on that was named.
  std::string mirrored;
};

// `file` itself, or its place below --output-dir.
std::string OutputPath(const Options& options, const Operand& file);

// What Options::files and Options::lists mean, in the order given and below a directory by name.
// Below directories only regular files count; of these, compression leaves out archives, commands
// that look at lines take all, and all else takes only archives. What cannot be read there is told
// on `console`.
std::vector<Operand> ExpandOperands(const Options& options, Console* console);

// Calls `work` for each of them until it returns false. One for which there is no memory is told.
void ForEachOperand(const Options& options, Console* console,
                    const std::function<bool(const Operand&)>& work);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_OPERANDS_H_
