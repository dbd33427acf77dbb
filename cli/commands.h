// What the program can do with files. Each command goes through Options::files, tells on `console`
// what failed and goes on with the next file; console->failed() says how it ended.
#ifndef LOGPRESS_CLI_COMMANDS_H_
#define LOGPRESS_CLI_COMMANDS_H_

#include "cli/console.h"
#include "cli/options.h"

namespace logpress::cli {

void CompressFiles(const Options& options, Console* console);    // compress.cc
void DecompressFiles(const Options& options, Console* console);  // decompress.cc
void TestFiles(const Options& options, Console* console);        // test.cc
void ListFiles(const Options& options, Console* console);        // list.cc
void RepairFiles(const Options& options, Console* console);      // repair.cc
void ShowTemplates(const Options& options, Console* console);    // templates.cc
void ExportLines(const Options& options, Console* console);      // export.cc
void ShowStats(const Options& options, Console* console);        // stats.cc
void TrainDictionary(const Options& options, Console* console);  // train.cc
// Returns the exit status: 0 done, 1 some file failed, 2 no such query.
int QueryLogs(const Options& options, Console* console);  // query/run.cc
// Returns the exit status: 0 nothing changed, 1 something did, 2 trouble.
int DiffLogs(const Options& options, Console* console);  // diff.cc

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_COMMANDS_H_
