#include "api/api_test_util.h"
#include "base/memory.h"

namespace logpress::api {
namespace {

logpress_source SourceOf(const std::string* bytes) {
  return {bytes->size(),
          [](void* opaque, uint64_t offset, void* buffer, size_t size) {
            static_cast<const std::string*>(opaque)->copy(static_cast<char*>(buffer), size, offset);
            return 0;
          },
          const_cast<std::string*>(bytes)};
}

struct Repaired {
  logpress_code code = LOGPRESS_INTERNAL;
  std::string bytes;
  std::vector<logpress_lost_place> places;
  std::vector<std::string> messages;
  logpress_repair_report report{};
};

Repaired Repair(const std::string& archive) {
  Repaired repaired;
  repaired.report.struct_size = sizeof(repaired.report);
  const logpress_source source = SourceOf(&archive);
  const auto lost = [](void* opaque, const logpress_lost_place* place) {
    static_cast<Repaired*>(opaque)->places.push_back(*place);
    static_cast<Repaired*>(opaque)->messages.emplace_back(place->message);
  };
  repaired.code = logpress_repair(nullptr, &source, AppendTo, &repaired.bytes, lost, &repaired,
                                  &repaired.report);
  return repaired;
}

TEST_CASE("Repair leaves a damaged block out and says what it held") {
  const std::string raw = LogLines(1000);
  std::string archive = Pack(raw, Blocks(10'000));
  const Reader reader = OpenReader(archive);
  logpress_block_info second{};
  second.struct_size = sizeof(second);
  REQUIRE(logpress_reader_block(reader.get(), 1, &second) == LOGPRESS_OK);
  archive[static_cast<size_t>(second.offset + second.packed_bytes) - 5] ^= 1;

  const Repaired repaired = Repair(archive);
  REQUIRE(repaired.code == LOGPRESS_OK);
  CHECK(repaired.report.whole == 0);
  CHECK(repaired.report.places == 1);
  CHECK(repaired.report.lost_lines == second.lines);
  CHECK(repaired.report.all_losses_known == 1);
  CHECK(repaired.report.lines == 1000 - second.lines);
  CHECK(repaired.report.packed_bytes == repaired.bytes.size());
  REQUIRE(repaired.places.size() == 1);
  const logpress_lost_place& place = repaired.places[0];
  CHECK(place.offset == second.offset);
  CHECK(place.lines_known == 1);
  CHECK(place.lines == second.lines);
  CHECK(place.out_of_place == 0);
  CHECK(repaired.messages[0].find("does not match its checksum") != std::string::npos);
  // A line a second: the last one before the block, and the first one behind it.
  REQUIRE(place.after.kind == LOGPRESS_TIME_INSTANT);
  REQUIRE(place.before.kind == LOGPRESS_TIME_INSTANT);
  CHECK(place.after.begin == second.first_time.begin - 1'000'000);
  CHECK(place.before.begin == second.last_time.begin + 1'000'000);

  std::string expected = raw;
  expected.erase(static_cast<size_t>(second.raw_offset), static_cast<size_t>(second.raw_bytes));
  CHECK(Unpack(repaired.bytes) == expected);
}

TEST_CASE("What is whole is repaired to itself") {
  const std::string archive = Pack(LogLines(10));
  const Repaired repaired = Repair(archive);
  REQUIRE(repaired.code == LOGPRESS_OK);
  CHECK(repaired.report.whole == 1);
  CHECK(repaired.places.empty());
  CHECK(repaired.bytes == archive);
}

TEST_CASE("A function without a handle keeps its message for the thread") {
  CHECK(Repair("no archive at all").code == LOGPRESS_NOT_AN_ARCHIVE);
  CHECK(std::string(logpress_last_message()) == "this is not a logpress archive");

  const std::string archive = Pack(LogLines(10));
  const logpress_source source = SourceOf(&archive);
  const auto full = [](void*, const void*, size_t) { return 7; };
  CHECK(logpress_repair(nullptr, &source, full, nullptr, nullptr, nullptr, nullptr) ==
        LOGPRESS_IO_ERROR);
  CHECK(std::string(logpress_last_message()) == "writing failed: the callback returned 7");

  std::string destination(100, '\0');
  size_t written = 0;
  CHECK(logpress_decompress("nothing", 7, destination.data(), destination.size(), &written) ==
        LOGPRESS_NOT_AN_ARCHIVE);
  CHECK(std::string(logpress_last_message()) == "this is not a logpress archive");
  CHECK(logpress_train("a\n", 2, destination.data(), destination.size(), &written) ==
        LOGPRESS_INVALID_ARGUMENT);
  CHECK(std::string(logpress_last_message()).find("; ") != std::string::npos);
}

// What a callback keeps may outlive the handle and its memory.
TEST_CASE("Functions of the caller do not run in the memory of the call") {
  std::string archive = Pack(LogLines(1000), Blocks(10'000));
  archive[archive.size() / 2] ^= 1;
  static int calls = 0;
  static const auto counted = [] {
    ++calls;
    CHECK(CurrentMemory() == nullptr);
    return 0;
  };
  logpress_source source = SourceOf(&archive);
  static const auto read = source.read_at;
  source.read_at = [](void* opaque, uint64_t offset, void* buffer, size_t size) {
    return counted() + read(opaque, offset, buffer, size);
  };
  const auto write = [](void*, const void*, size_t) { return counted(); };
  const auto lost = [](void*, const logpress_lost_place*) { counted(); };
  CHECK(logpress_repair(nullptr, &source, write, nullptr, lost, nullptr, nullptr) == LOGPRESS_OK);
  CHECK(calls > 3);

  const char* const pattern = "INFO";
  calls = 0;
  const auto found = [](void*, const logpress_found*) { return counted(); };
  const std::string log = Pack(LogLines(10));
  const Reader searched = OpenReader(log);
  CHECK(logpress_search(searched.get(), &pattern, nullptr, 1, nullptr, found, nullptr, nullptr) ==
        LOGPRESS_OK);
  CHECK(calls == 10);
}

TEST_CASE("A repair wants to know how large the report is") {
  const std::string archive = Pack("a\n");
  const logpress_source source = SourceOf(&archive);
  std::string out;
  logpress_repair_report report{};
  CHECK(logpress_repair(nullptr, &source, AppendTo, &out, nullptr, nullptr, &report) ==
        LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_repair(nullptr, &source, nullptr, nullptr, nullptr, nullptr, nullptr) ==
        LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_repair(nullptr, nullptr, AppendTo, &out, nullptr, nullptr, nullptr) ==
        LOGPRESS_INVALID_ARGUMENT);
  CHECK(out.empty());
}

TEST_CASE("The next archive goes behind what is whole, and ends what is torn") {
  const std::string raw = LogLines(500);
  const std::string whole = Pack(raw, Blocks(10'000));
  const auto find = [](const std::string& bytes, logpress_end* end, std::string* missing) {
    const logpress_source source = SourceOf(&bytes);
    end->struct_size = sizeof(*end);
    return logpress_find_end(nullptr, &source, end, AppendTo, missing);
  };
  logpress_end end{};
  std::string missing;
  REQUIRE(find(whole, &end, &missing) == LOGPRESS_OK);
  CHECK(end.offset == whole.size());
  CHECK(end.cut == 0);
  CHECK(missing.empty());

  const std::string torn = whole.substr(0, whole.size() * 2 / 3);
  REQUIRE(find(torn, &end, &missing) == LOGPRESS_OK);
  CHECK(end.offset + end.cut == torn.size());
  CHECK(end.cut > 0);
  const std::string mended = torn.substr(0, static_cast<size_t>(end.offset)) + missing;
  const std::string kept = Unpack(mended);
  CHECK(!kept.empty());
  CHECK(raw.compare(0, kept.size(), kept) == 0);
  CHECK(Unpack(mended + whole) == kept + raw);

  std::string damaged = whole + whole;
  damaged[20] ^= 1;  // in the head of the first block
  damaged.pop_back();
  CHECK(find(damaged, &end, &missing) == LOGPRESS_DAMAGED);
  CHECK(std::string(logpress_last_message()).find("at byte") != std::string::npos);
}

}  // namespace
}  // namespace logpress::api
