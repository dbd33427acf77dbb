#include "benchmarks/rocksdb_store/dictionaries.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "rocksdb_store/store_test_util.h"

namespace rocksdb_store {
namespace {

constexpr size_t kTrainBytes = 48 << 10;

std::vector<std::string> Families() { return {"default", "keys", "dictionaries"}; }

StoreOptions SmallBatches(size_t train_bytes = kTrainBytes) {
  StoreOptions options;
  options.batch_size = 4096;
  options.train_bytes = train_bytes;
  return options;
}

std::unique_ptr<Values> NewValues(bool zstd) { return zstd ? NewZstdValues(3) : NewSmallValues(5); }

// Pieces of some hundred bytes, the next always a microsecond later.
void AppendLines(LogStore* store, const std::string& stream, std::string_view log, Time* time) {
  while (!log.empty()) {
    const size_t end = log.size() <= kPiece ? log.size() : log.find('\n', kPiece) + 1;
    REQUIRE(store->Append(stream, ++*time, log.substr(0, end)).ok());
    log.remove_prefix(end);
  }
}

std::string AllLines(LogStore* store, const std::string& stream) {
  std::string lines;
  for (const auto& batch : Batches(store, stream)) lines += batch.second;
  return lines;
}

// What the values of a store say of their dictionaries: a number each, here of a byte.
std::set<int> Numbers(const Database& db) {
  std::set<int> numbers;
  for (const auto it = db.First(); it->Valid(); it->Next()) numbers.insert(it->value()[0]);
  return numbers;
}

size_t CountDictionaries(const Database& db) {
  size_t count = 0;
  for (const auto it = db.First(2); it->Valid(); it->Next()) ++count;
  return count;
}

TEST_CASE("A stream trains a dictionary, and another one when its lines change") {
  const bool zstd = GENERATE(false, true);
  const std::string first = Sample("auth.log");
  const std::string second = Sample("postgresql.log");
  Place place;
  LogStore* store = place.Open(SmallBatches(), NewValues(zstd));
  Time time = 0;
  AppendLines(store, "a", first, &time);
  REQUIRE(store->Flush().ok());
  place.Close();
  {
    const Database db(place.path(), Families());
    CHECK(Numbers(db) == std::set<int>{0, 1});
    CHECK(CountDictionaries(db) == 1);
  }
  // It goes on with the dictionary that is there, until that has aged.
  store = place.Open(SmallBatches(), NewValues(zstd));
  AppendLines(store, "a", first, &time);
  AppendLines(store, "a", second, &time);
  REQUIRE(store->Flush().ok());
  const auto batches = Batches(store, "a");
  CHECK(AllLines(store, "a") == first + first + second);
  std::string lines;
  for (const auto& [at, batch] : batches) {
    REQUIRE(store->ReadBatch("a", at, &lines).ok());
    REQUIRE(lines == batch);
  }
  place.Close();
  const Database db(place.path(), Families());
  const std::set<int> numbers = Numbers(db);
  CHECK(numbers.size() >= 3);
  CHECK(*numbers.rbegin() <= 4);  // not with every window
  CHECK(CountDictionaries(db) == static_cast<size_t>(*numbers.rbegin()));
}

TEST_CASE("Lines are found by time in values with dictionaries") {
  const std::string log = Sample("syslog.log");
  const Pieces cut = CutIntoPieces(log, kPiece);
  Place place;
  StoreOptions options = SmallBatches();
  options.disorder = cut.disorder;
  LogStore* store = place.Open(options, NewValues(GENERATE(false, true)));
  AppendAll(store, "a", cut.pieces);
  REQUIRE(store->Flush().ok());
  CHECK(Range(store, "a", INT64_MIN, INT64_MAX) == log);
  const Time from = cut.times[cut.times.size() / 2];
  const std::string later = Range(store, "a", from, INT64_MAX);
  CHECK(later.size() > log.size() / 4);
  CHECK(Range(store, "a", INT64_MIN, from).size() + later.size() == log.size());
}

TEST_CASE("Small values take a fifth less with dictionaries, these included") {
  uint64_t bytes[2];
  for (const bool trained : {false, true}) {
    Place place;
    LogStore* store =
        place.Open(SmallBatches(trained ? kTrainBytes / 2 : SIZE_MAX), NewSmallValues(1));
    Time time = 0;
    for (const char* name : {"auth.log", "postgresql.log"})
      AppendLines(store, name, Sample(name), &time);
    REQUIRE(store->Flush().ok());
    REQUIRE(store->Compact().ok());
    bytes[trained] = store->StoredBytes();
  }
  CHECK(bytes[true] > 0);
  CHECK(5 * bytes[true] < 4 * bytes[false]);
}

TEST_CASE("Lines with nothing in common go without a dictionary") {
  std::string noise;
  for (uint32_t random = 1; noise.size() < 200'000;) {
    random = random * 1664525u + 1013904223u;
    noise += static_cast<char>(random >> 24);
    if (random % 97 == 0) noise += '\n';
  }
  noise += '\n';
  Place place;
  LogStore* store = place.Open(SmallBatches(), NewSmallValues(5));
  Time time = 0;
  AppendLines(store, "a", noise, &time);
  REQUIRE(store->Flush().ok());
  CHECK(AllLines(store, "a") == noise);
}

TEST_CASE("A value whose dictionary is not there is an error, and no other value") {
  const std::string log = Sample("auth.log");
  Place place;
  LogStore* store = place.Open(SmallBatches(), NewSmallValues(5));
  Time time = 0;
  AppendLines(store, "a", log, &time);
  REQUIRE(store->Flush().ok());
  place.Close();
  {
    const Database db(place.path(), Families());
    const auto it = db.First();
    it->Next();
    REQUIRE(db->Put({}, it->key(), "\x09" + it->value().ToString().substr(1)).ok());
    it->Next();
    REQUIRE(db->Put({}, it->key(), "\xff").ok());
  }
  store = place.Open(SmallBatches(), NewSmallValues(5));
  std::string lines;
  size_t bad = 0;
  Time last = 0;
  for (Time at = 1; at <= time; ++at) {
    const auto status = store->ReadBatch("a", at, &lines);
    if (!status.ok()) REQUIRE(status.IsCorruption());
    if (!status.ok() && bad == 0) last = at;
    bad += !status.ok();
  }
  CHECK(last > 1);
  CHECK(bad > 0);
  CHECK(bad < 40);  // pieces of two batches
}

TEST_CASE("Dictionaries go with the last value that needs them") {
  const std::string first = Sample("auth.log");
  const std::string second = Sample("postgresql.log");
  Place place;
  LogStore* store = place.Open(SmallBatches(), NewSmallValues(1));
  Time time = 0;
  for (const char* stream : {"a", "b"}) {
    AppendLines(store, stream, first, &time);
    AppendLines(store, stream, second, &time);
  }
  REQUIRE(store->Flush().ok());
  const auto batches = Batches(store, "a");
  REQUIRE(store->DropBefore("a", INT64_MAX).ok());
  std::string lines;
  REQUIRE(store->ReadBatch("a", INT64_MAX, &lines).ok());
  CHECK(lines == batches.back().second);
  CHECK(AllLines(store, "b") == first + second);
  place.Close();
  const Database db(place.path(), Families());
  size_t of_a = 0;
  size_t of_b = 0;
  for (const auto it = db.First(2); it->Valid(); it->Next())
    ++(it->key().starts_with("a") ? of_a : of_b);
  CHECK(of_a == 1);
  CHECK(of_b > 1);
}

}  // namespace
}  // namespace rocksdb_store
