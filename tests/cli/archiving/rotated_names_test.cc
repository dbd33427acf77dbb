// The names that rotation tools make, one by one, and their neighbours that nobody must take.
#include "cli/archiving/rotated_names.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

namespace logpress::cli::archiving {
namespace {

constexpr int64_t kNow = 1796000000;  // 2026-11-29

NameKind Kind(const std::string& name) { return KindOfName(name, kNow); }

TEST_CASE("names that rotation tools make look rotated, with or without a packer's suffix") {
  const std::string name = GENERATE(
      // logrotate: numbers, dateext in its usual formats, extension
      "app.log.1", "app.log.12", "syslog.1", "app.log-20240531", "app.log-2024053117",
      "app.log-20240531-1717200000", "app.log-1717200000", "app.log-202511", "app.log-2025",
      "messages-202511", "messages-2025", "app-20240531.log", "app-202511.log", "app_202511.log",
      "app-2025.log", "app.log-01-11-2025", "app.log.11.30.2025", "a b\n.log.7",
      // newsyslog, savelog, X, CUPS, Oracle
      "messages.0", "messages.20251101T000000", "dumpdates.20251101120000", "app.log.old",
      "Xorg.0.log.old", "app.log.prev", "access_log.O", "alert.log.bak", "console.out.bak",
      // Apache's rotatelogs, Tomcat
      "access_log.1717200000", "access.2025-11-01.log", "localhost.2024-05-31.log",
      "localhost_access_log.2025-11-01.txt", "catalina.out-20251101",
      // log4j, logback, lumberjack, winston, pm2
      "app.log.2025-11-01", "app.log.2025-11-01-12", "app.log.2025-11-01-AM", "app.log.2025-11",
      "app.log.2025-45", "app.log.2025-W45", "app-2025-w45.log", "app.log.2025W45",
      "app.2025-11-01.0.log", "app-2025-11-01-1.log", "app-2025-11-01T00-00-00.000.log",
      "app-out__2025-11-01_00-00-00.log",
      // Python
      "app.log.2025-11-01_12", "app.log.2025-11-01_12-30-00",
      // Windows: IIS, Serilog, NLog
      "u_ex251101.log", "u_ex25110112.log", "u_ex2510.log", "ex251101.log", "in251101.log",
      "nc251101.log", "u_ex251101_x.log", "log20251101.txt", "log20251101_001.txt", "log.2025.txt",
      // multilog, svlogd, s6-log
      "@4000000067246f5a1b2c3d4e.s", "@4000000067246f5a1b2c3d4e.u",
      // Docker, Kubernetes, glog, PostgreSQL, exports of the journal
      "0123abcd-json.log.1", "0.log.20251101-120000", "app.host.root.log.INFO.20251101-120000.99",
      "postgresql-2025-11-01_000000.log", "journal-20251101.txt", "journal.2025-11-01.export",
      // the JVM
      "gc.log.0", "gc.log.0.current", "gc.log.12.current", "20240531.log", "app-2024-05-31.log",
      "app_2024_05_31_17.txt");
  INFO(name);
  CHECK(Kind(name) == NameKind::kRotated);
  CHECK(Kind(name + ".gz") == NameKind::kRotated);
  CHECK(Kind(name + ".zst") == NameKind::kRotated);
}

TEST_CASE("names that a program may write to, and names of other things, do not look rotated") {
  const std::string name = GENERATE(
      "app.log", "syslog", "app.log.12345", "app.1x", "lastlog", "app-20241331.log",
      "app-20240532.log", "app-18991231.log", "x20240531", "app.log.gz", ".app.log.1", "1", ".1",
      "", "app.log.", "app-2024053", "pid-12345678.log", "worker-202513.log", "app-2025x.log",
      "app-2025-99.log", "app.log-2717200000", "app.log-17172000001", "job202511.log",
      // written to as long as the program runs
      "gc.log", "gc.log.current", "current", "Xorg.0.log", "worker.1.log", "postgresql-Mon.log",
      "0123abcd-json.log", "u_extend1.log", "u_ex251301.log", "u_ex25110125.log", "index.log",
      "incoming.log", "@4000000067246f5a1b2c3d4e.t", "@4000000067246f5a1b2c3d4.s", "@now.s",
      // no logs
      "core.1234", "libssl.so.3", "mysql-bin.000001", "mail.bak", "app-20251101.pid",
      "app-20251101.lock", "system@0005f2-0006.journal", "node-v20.log", "idea-2025.3.log");
  INFO(name);
  CHECK(Kind(name) == NameKind::kOther);
}

TEST_CASE("what somebody is still making is never taken") {
  const std::string name =
      GENERATE("0.log.20251101-120000.tmp", "0.log.20251101-120000.gz.tmp", "app.log.1.part",
               "app.log-20251101.filepart", "app.log.1.gz.partial", "app-20251101.log.swp",
               "app.log.1.new", "0.log.20251101-120000.tmp.gz");
  INFO(name);
  CHECK(Kind(name) == NameKind::kUnfinished);
}

TEST_CASE("a log named for a month, a week or a year is left alone until that is over") {
  CHECK(Kind("app_202610.log") == NameKind::kRotated);
  CHECK(Kind("app_202611.log") == NameKind::kNotOver);
  CHECK(Kind("app_202612.log") == NameKind::kNotOver);
  CHECK(Kind("app-2026-11_001.log") == NameKind::kNotOver);
  CHECK(Kind("app-2026-W47.log") == NameKind::kRotated);
  CHECK(Kind("app-2026-W48.log") == NameKind::kNotOver);
  CHECK(Kind("app-2025.log") == NameKind::kRotated);
  CHECK(Kind("app-2026.log") == NameKind::kNotOver);
  CHECK(Kind("u_ex2610.log") == NameKind::kRotated);
  CHECK(Kind("u_ex2611.log") == NameKind::kNotOver);
  // Not at midnight UTC already: elsewhere the month goes on.
  CHECK(KindOfName("app_202411.log", 1733011200) == NameKind::kNotOver);
  CHECK(KindOfName("app_202411.log", 1733011200 + 86400) == NameKind::kRotated);
  CHECK(KindOfName("app_202412.log", 1735689600 + 86400) == NameKind::kRotated);
  // Behind the extension it was put when the log was rotated.
  CHECK(Kind("app.log-202611") == NameKind::kRotated);
  CHECK(Kind("app.log.2026-W48") == NameKind::kRotated);
  CHECK(Kind("app.log-2026") == NameKind::kRotated);
}

TEST_CASE("the current log of a JVM is known as such") {
  CHECK(IsCurrentOfJvm("gc.log.0.current"));
  CHECK(!IsCurrentOfJvm("gc.log.0"));
  CHECK(!IsCurrentOfJvm("gc.log.current"));
  CHECK(!IsCurrentOfJvm("current"));
}

}  // namespace
}  // namespace logpress::cli::archiving
