#include "benchmarks/rocksdb_store/store.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <tuple>
#include <vector>

#include "benchmarks/rocksdb_store/pieces.h"
#include "rocksdb_store/store_test_util.h"

namespace rocksdb_store {
namespace {

// The lines whose time is in [from, to), one after the other and slowly.
std::string Slowly(const std::string& log, const std::vector<int64_t>& times, Time from, Time to) {
  std::string lines;
  size_t at = 0;
  for (const int64_t time : times) {
    const size_t next = std::min(log.find('\n', at), log.size() - 1) + 1;
    if (time >= from && time < to) lines += log.substr(at, next - at);
    at = next;
  }
  return lines;
}

TEST_CASE("What was ingested is found again by time, exactly, also after it was closed") {
  const bool packed = GENERATE(true, false);
  const std::string syslog = Sample("syslog.log");
  const std::string access = Sample("squid_access.log");
  const Pieces one = CutIntoPieces(syslog, kPiece);
  const Pieces two = CutIntoPieces(access, kPiece);
  REQUIRE(!one.times.empty());
  REQUIRE(!two.times.empty());
  Place place;
  LogStore* store = place.Open(packed, std::max(one.disorder, two.disorder));
  AppendAll(store, "access", two.pieces);
  AppendAll(store, "syslog", one.pieces);
  REQUIRE(store->Flush().ok());
  REQUIRE(store->Compact().ok());
  store = place.Open(packed, std::max(one.disorder, two.disorder));

  for (const auto& [stream, log, cut] :
       {std::tuple("syslog", &syslog, &one), std::tuple("access", &access, &two)}) {
    const auto batches = Batches(store, stream);
    REQUIRE(batches.size() > 4);
    std::string all;
    for (const auto& [time, lines] : batches) {
      CHECK(lines.size() <= kBatch);
      all += lines;
    }
    CHECK(all == *log);

    std::string lines;
    for (size_t i = 0; i < batches.size(); ++i) {
      REQUIRE(store->ReadBatch(stream, batches[i].first, &lines).ok());
      CHECK(lines == batches[i].second);
      if (i > 0) {
        REQUIRE(store->ReadBatch(stream, batches[i].first - 1, &lines).ok());
        CHECK(lines == batches[i - 1].second);
      }
    }
    CHECK(store->ReadBatch(stream, batches[0].first - 1, &lines).IsNotFound());
    CHECK(store->ReadBatch("other", batches[0].first, &lines).IsNotFound());

    // Ranges that begin and end at lines, at the beginnings of batches, and beside them.
    std::vector<Time> bounds = {cut->times.front() - 1, cut->times.back() + 1};
    for (size_t i = 0; i < cut->times.size(); i += cut->times.size() / 3)
      bounds.push_back(cut->times[i]);
    for (const size_t i : {1, 4}) {
      for (const Time beside : {-1, 0, 1}) bounds.push_back(batches[i].first + beside);
    }
    std::sort(bounds.begin(), bounds.end());
    for (const Time from : bounds) {
      for (const Time to : bounds) {
        if (from > to) continue;
        CHECK(Range(store, stream, from, to) == Slowly(*log, cut->times, from, to));
      }
    }
    CHECK(Range(store, stream, INT64_MIN, INT64_MAX) == *log);
  }
}

TEST_CASE("A store that is opened again goes on behind what it holds") {
  Place place;
  LogStore* store = place.Open(true);
  REQUIRE(store->Append("a", 10, "1970-01-01 00:00:00 one\n").ok());
  REQUIRE(store->Flush().ok());
  REQUIRE(store->Append("a", 10, "1970-01-01 00:00:00 two\n").ok());
  CHECK(store->Append("a", 9, "back\n").IsInvalidArgument());
  REQUIRE(store->Flush().ok());
  store = place.Open(true);
  CHECK(store->Append("a", 9, "back\n").IsInvalidArgument());
  CHECK(store->Append(std::string("a\0b", 3), 9, "x\n").IsInvalidArgument());
  REQUIRE(store->Append("a", 10, "1970-01-01 00:00:00 three\n").ok());
  CHECK(Batches(store, "a").size() == 2);  // what is not flushed is not there yet
  REQUIRE(store->Flush().ok());
  const auto batches = Batches(store, "a");
  REQUIRE(batches.size() == 3);
  CHECK(batches[2].second == "1970-01-01 00:00:00 three\n");
  std::string lines;
  REQUIRE(store->ReadBatch("a", 10, &lines).ok());
  CHECK(lines == batches[2].second);
  CHECK(Batches(store, "").empty());
}

TEST_CASE("Retention drops the batches that are all from before, and no other") {
  const bool packed = GENERATE(true, false);
  const std::string log = Sample("syslog.log");
  const Pieces cut = CutIntoPieces(log, kPiece);
  Place place;
  LogStore* store = place.Open(packed, cut.disorder);
  // Neighbours in the order of keys, which must not be touched.
  for (const char* stream : {"m", "l", "n", "m2"}) AppendAll(store, stream, cut.pieces);
  REQUIRE(store->Flush().ok());
  REQUIRE(store->Compact().ok());
  const auto before = Batches(store, "m");
  const uint64_t bytes = store->StoredBytes();

  REQUIRE(store->DropBefore("m", before[0].first).ok());
  CHECK(Batches(store, "m") == before);
  REQUIRE(
      store->DropBefore("m", before[3].first).ok());  // a line of batch 2 may be as late as that
  CHECK(Batches(store, "m") == decltype(before)(before.begin() + 2, before.end()));
  REQUIRE(store->DropBefore("m", before[5].first + 1).ok());
  store = place.Open(packed, cut.disorder);
  CHECK(Batches(store, "m") == decltype(before)(before.begin() + 5, before.end()));
  CHECK(Range(store, "m", INT64_MIN, before[5].first - cut.disorder).empty());
  const Time from = before[6].first;
  CHECK(Range(store, "m", from, INT64_MAX) == Slowly(log, cut.times, from, INT64_MAX));
  std::string lines;
  CHECK(store->ReadBatch("m", before[4].first, &lines).IsNotFound());
  for (const char* stream : {"l", "n", "m2"}) CHECK(Batches(store, stream) == before);

  REQUIRE(store->DropBefore("m", INT64_MAX).ok());
  CHECK(Batches(store, "m") == decltype(before)(before.end() - 1, before.end()));
  REQUIRE(store->Compact().ok());
  CHECK(store->StoredBytes() < bytes * 85 / 100);
  for (const char* stream : {"l", "n", "m2"}) CHECK(Batches(store, stream) == before);
}

TEST_CASE("A value that is damaged is an error") {
  Place place;
  LogStore* store = place.Open(true);
  const std::string log = Sample("syslog.log");
  const Pieces cut = CutIntoPieces(log, kPiece);
  AppendAll(store, "a", cut.pieces);
  REQUIRE(store->Flush().ok());
  const Time time = Batches(store, "a")[1].first;
  place.Close();

  {
    const Database db(place.path(), {"default", "keys"});
    const auto it = db.First();
    it->Next();
    std::string value = it->value().ToString();
    value[value.size() / 2] ^= 1;
    REQUIRE(db->Put({}, it->key(), value).ok());
  }

  store = place.Open(true, cut.disorder);
  std::string lines;
  CHECK(store->ReadBatch("a", time, &lines).IsCorruption());
  CHECK(store->ReadRange("a", time, time + 1, [](std::string_view) {}).IsCorruption());
  CHECK(store->ReadBatch("a", time - 1, &lines).ok());
  CHECK(store->ReadBatch("a", cut.times.back(), &lines).ok());
}

TEST_CASE(
    "Values of logpress take less than two thirds of what RocksDB's zstd makes of the lines") {
  uint64_t bytes[2];
  for (const bool packed : {false, true}) {
    Place place;
    LogStore* store = place.Open(packed, 0, StoreOptions().batch_size);
    for (const char* name : {"auth.log", "nginx_access.log", "postgresql.log"}) {
      const std::string log = Sample(name);
      AppendAll(store, name, CutIntoPieces(log, kPiece).pieces);
    }
    REQUIRE(store->Flush().ok());
    REQUIRE(store->Compact().ok());
    bytes[packed] = store->StoredBytes();
  }
  CHECK(bytes[true] > 0);
  CHECK(3 * bytes[true] < 2 * bytes[false]);
}

}  // namespace
}  // namespace rocksdb_store
