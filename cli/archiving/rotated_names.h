// Which names rotation tools make: logrotate, newsyslog, savelog, Apache's rotatelogs, log4j,
// logback, Serilog, NLog, Python, multilog and svlogd, s6-log, Docker, Kubernetes, the JVM, IIS,
// CUPS. Names that a program may write to are none of them.
#ifndef LOGPRESS_CLI_ARCHIVING_ROTATED_NAMES_H_
#define LOGPRESS_CLI_ARCHIVING_ROTATED_NAMES_H_

#include <cstdint>
#include <string_view>

namespace logpress::cli::archiving {

enum class NameKind {
  kRotated,     // app.log.1, app.log-20240531, app.2024-05-31.log, app.log.old, with or without .gz
  kUnfinished,  // app.log.1.gz.tmp: somebody is making it
  kNotOver,     // app_202405.log in that month: its program may go on with it
  kOther,       // app.log
};

// `now` is in seconds since 1970.
NameKind KindOfName(std::string_view name, int64_t now);

// True for "gc.log.0.current", to which a JVM writes, or wrote when it ended: rotated only if
// nobody has it open.
bool IsCurrentOfJvm(std::string_view name);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_ROTATED_NAMES_H_
