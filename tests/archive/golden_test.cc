#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <set>

#include "archive/archive_test_util.h"
#include "archive/bare_value.h"
#include "archive/breakdown.h"
#include "archive/memory_reader.h"
#include "primer/primer.h"

namespace logpress::archive {
namespace {

const std::filesystem::path kFolder = LOGPRESS_GOLDEN;

ByteBuffer Contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in.good());
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("golden archives decode to the logs they were made from, and their parts add up") {
  std::set<std::string> logs;
  std::set<std::string> decoded;
  size_t archives = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    const std::string name = entry.path().filename().string();
    const std::string log = name.substr(0, name.find('.')) + ".log";
    if (entry.path().extension() == ".log") logs.insert(log);
    if (entry.path().extension() != ".lpz") continue;
    INFO(name);
    const ByteBuffer archive = Contents(entry.path());
    const ByteBuffer raw = Contents(kFolder / log);
    const Unpacked unpacked = Unpack(archive);
    INFO(unpacked.status);
    CHECK(unpacked.status.ok());
    CHECK(unpacked.raw == raw);

    ViewRandomAccess file(archive);
    const auto index = OpenIndex(&file);
    CHECK(index->damage().ok());
    ByteBuffer by_block;
    for (size_t i = 0; i < index->blocks().size(); ++i) {
      ByteBuffer block;
      CHECK(index->ReadBlock(i, &block).ok());
      by_block += block;
    }
    CHECK(by_block == raw);
    codec::Breakdown parts;
    CHECK(MeasureFile(index.get(), &parts).ok());
    const codec::Breakdown::Sizes sizes = parts.Bytes();
    CHECK(std::accumulate(sizes.begin(), sizes.end(), uint64_t{0}) == archive.size());
    decoded.insert(log);
    ++archives;
  }
  CHECK(decoded == logs);
  CHECK(archives >= 60);
}

TEST_CASE("what was packed with a golden dictionary decodes with it") {
  const std::filesystem::path folder = kFolder / "dictionary";
  auto primer = primer::Primer::Load(Contents(folder / "auth.lpd"));
  REQUIRE(primer.ok());
  const block::Dictionary dictionary = *std::move(primer);
  const ByteBuffer log = Contents(folder / "auth.log");
  ByteBuffer raw;
  CHECK(BareReader(dictionary).Read(Contents(folder / "auth.bare"), 1 << 30, &raw).ok());
  CHECK(raw == log);
  block::BlockDecoder decoder(dictionary);
  ByteBuffer unpacked;
  BufferSink sink(&unpacked);
  CHECK(ReadArchives(Contents(folder / "auth.lpz"), 1 << 30, &decoder, &raw, &sink).ok());
  CHECK(unpacked == log);
}

}  // namespace
}  // namespace logpress::archive
