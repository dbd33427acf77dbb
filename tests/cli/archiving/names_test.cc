#include "cli/archiving/names.h"

#include <catch2/catch.hpp>
#include <string>

namespace logpress::cli::archiving {
namespace {

TEST_CASE("an archive has the name of the log that was, whoever packed it before") {
  CHECK(ArchiveName("app.log.1") == "app.log.1.lpz");
  CHECK(ArchiveName("app.log.1.gz") == "app.log.1.lpz");
  CHECK(ArchiveName("app.log.1.bz2") == "app.log.1.lpz");
  CHECK(ArchiveName(".gz") == ".gz.lpz");
  CHECK(DatedArchiveName("app.log.1.xz", 1717199999) == "app.log.1-20240531T235959Z.lpz");
  CHECK(DatedArchiveName("app.log.1", -1) == "app.log.1-19691231T235959Z.lpz");
}

TEST_CASE("hidden names are told from others, and back") {
  CHECK(NewName("app.log.1.lpz") == ".app.log.1.lpz-new");
  CHECK(IsNewName(NewName("app.log.1.lpz")));
  CHECK(IsNewName(NewName(std::string(251, 'x') + ".lpz")));
  CHECK(NewName(std::string(251, 'x') + ".lpz").size() < 255);
  CHECK(!IsNewName("app.log.1.lpz-new"));
  CHECK(!IsNewName(".lpz-new"));
  CHECK(RemovalName("app.log.1") == ".app.log.1.lpz-rm");
  CHECK(SourceOfRemovalName(".app.log.1.lpz-rm") == "app.log.1");
  CHECK(SourceOfRemovalName("app.log.1.lpz-rm") == std::nullopt);
  CHECK(SourceOfRemovalName(".lpz-rm") == std::nullopt);
  CHECK(RemovalName(std::string(247, 'x')).has_value());
  CHECK(!RemovalName(std::string(248, 'x')).has_value());
}

}  // namespace
}  // namespace logpress::cli::archiving
