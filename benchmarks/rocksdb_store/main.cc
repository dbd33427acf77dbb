// Measures the store with values of logpress beside the same store with the lines as they are and
// RocksDB's zstd.
//
//   rocksdb_store_benchmark [--each | --small] [--in=FOLDER] LOG...
//
// Every LOG is a stream of one store and is ingested in batches of 1 MiB, the streams taking turns.
// There is a row for each way to keep values, with these columns:
//
//   stored      the files of RocksDB after compaction, and how many times smaller they are than
//               the logs, than with zstd -3, and than with zstd -19
//   ingesting   MB of log per second until compaction has ended, by the processor time of all
//               threads and by the clock
//   a batch     milliseconds, processor and clock, to read the batch of one stream and time
//   1000 lines  the same for some 1000 lines by their time; logs whose lines have no times, or are
//               out of order by more than a minute, are left out
//   all         MB per second to read all batches
//
// With --each there is a store for every LOG instead, and the rows say how many times smaller it
// is. With --small there are stores of batches of 4, 16, 64 and 256 KiB and 1 MiB, with a trained
// dictionary in each row: RocksDB's own, of a file, behind whose blocks of about a batch zstd
// packs; zstd's of a stream; and logpress's of a stream. Everything that is read is compared with
// what was ingested; exits 1 when a byte differs. The stores are made in FOLDER (/tmp) one after
// the other, and removed.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "measure.h"

namespace rocksdb_store {
namespace {

constexpr size_t kMiB = size_t{1} << 20;

// The first two, with which the others are compared.
constexpr size_t kZstd3 = 0;
constexpr size_t kZstd19 = 1;

// `all` has what else might be tried with zstd as well.
std::vector<Way> Ways(bool all) {
  std::vector<Way> ways;
  const auto zstd = [&](const std::string& name, int level, size_t block_size,
                        uint32_t dictionary) {
    rocksdb::CompressionOptions options;
    options.level = level;
    options.max_dict_bytes = dictionary;
    options.zstd_max_train_bytes = 100 * dictionary;
    Way way;
    way.name = name;
    way.zstd = options;
    way.block_size = block_size;
    ways.push_back(way);
  };
  // A block ends when it has its size: a MiB less a little holds one batch.
  constexpr size_t kOneBatch = kMiB / 2;
  zstd("zstd -3", 3, kOneBatch, 0);
  zstd("zstd -19", 19, kOneBatch, 0);
  if (all) zstd("zstd -19, dictionary of 110 KiB", 19, kOneBatch, 110 << 10);
  if (all) zstd("zstd -19, blocks of 4 MiB", 19, 4 * kMiB - kMiB / 2, 0);
  for (const int level : {1, 5, 9}) {
    Way way;
    way.name = "logpress -" + std::to_string(level);
    way.kind = Way::Kind::kArchive;
    way.level = level;
    ways.push_back(way);
  }
  return ways;
}

// With dictionaries, for batches of so many bytes.
std::vector<Way> SmallWays(size_t batch_size) {
  std::vector<Way> ways;
  Way way;
  way.batch_size = batch_size;
  way.block_size = batch_size / 2;
  for (const int level : {3, 19}) {
    way.name = "RocksDB, zstd -" + std::to_string(level);
    way.zstd.level = level;
    way.zstd.max_dict_bytes = 110 << 10;
    way.zstd.zstd_max_train_bytes = 100 * way.zstd.max_dict_bytes;
    ways.push_back(way);
  }
  way.block_size = 4096;
  way.train_bytes = kMiB;
  for (const auto& [kind, name, levels] :
       {std::tuple(Way::Kind::kZstd, "values of zstd -", std::array{3, 19}),
        std::tuple(Way::Kind::kSmall, "logpress -", std::array{1, 5})}) {
    for (const int level : levels) {
      way.name = name + std::to_string(level);
      way.kind = kind;
      way.level = level;
      ways.push_back(way);
    }
  }
  return ways;
}

void PrintSmall(const std::vector<std::string>& paths, const std::string& folder) {
  std::printf(
      "| batches, KiB | values | ratio | x zstd -3 | x zstd -19 | ingesting, MB/s, CPU |"
      " a batch, us, CPU | 1000 lines, ms, CPU | all, MB/s, CPU |\n"
      "| --: | --- | --: | --: | --: | --: | --: | --: | --: |\n");
  for (const size_t batch_size : {kMiB >> 8, kMiB >> 6, kMiB >> 4, kMiB >> 2, kMiB}) {
    std::vector<Log> logs;
    double raw = 0;
    for (const std::string& path : paths) {
      logs.push_back(Load(path, batch_size));
      raw += static_cast<double>(logs.back().bytes.size());
    }
    double zstd[2] = {};  // the smaller of the two that know dictionaries, of each level
    const std::vector<Way> ways = SmallWays(batch_size);
    std::vector<Result> results;
    for (size_t i = 0; i < ways.size(); ++i) {
      std::fprintf(stderr, "%zu KiB, %s\n", batch_size >> 10, ways[i].name.c_str());
      results.push_back(Measure(logs, ways[i], folder, true));
      const auto stored = static_cast<double>(results.back().stored);
      if (i < 4) zstd[i % 2] = i < 2 ? stored : std::min(zstd[i % 2], stored);
    }
    for (size_t i = 0; i < ways.size(); ++i) {
      const Result& r = results[i];
      const auto stored = static_cast<double>(r.stored);
      std::printf("| %zu | %s | %.1f | %.2f | %.2f | %.1f | %.0f | %.2f | %.0f |\n",
                  batch_size >> 10, ways[i].name.c_str(), raw / stored, zstd[0] / stored,
                  zstd[1] / stored, raw / 1e6 / r.ingest.cpu, 1e6 * r.batch.cpu / kReads,
                  1e3 * r.lines.cpu / kReads, raw / 1e6 / r.all.cpu);
    }
    std::fflush(stdout);
  }
}

void PrintStores(const std::vector<Log>& logs, const std::string& folder) {
  double raw = 0;
  for (const Log& log : logs) {
    raw += static_cast<double>(log.bytes.size()) / 1e6;
    if (!log.in_order()) std::printf("%s: without reads by time\n", log.name.c_str());
  }
  const std::vector<Way> ways = Ways(true);
  std::printf("%zu logs, %.1f MB\n\n", logs.size(), raw);
  std::printf(
      "| values | stored, MB | ratio | x zstd -3 | x zstd -19 | ingesting, MB/s, CPU | clock |"
      " a batch, ms, CPU | clock | 1000 lines, ms, CPU | clock | all, MB/s, CPU |\n");
  std::printf("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n");
  std::vector<Result> results;
  for (const Way& way : ways) {
    std::fprintf(stderr, "%s\n", way.name.c_str());
    results.push_back(Measure(logs, way, folder, true));
  }
  for (size_t i = 0; i < ways.size(); ++i) {
    const Result& r = results[i];
    const auto less = [&](const Result& than) {
      return static_cast<double>(than.stored) / static_cast<double>(r.stored);
    };
    const auto ms = [](double seconds) { return 1e3 * seconds / kReads; };
    const double stored = static_cast<double>(r.stored) / 1e6;
    std::printf(
        "| %s | %.2f | %.1f | %.2f | %.2f | %.1f | %.1f | %.2f | %.2f | %.2f | %.2f | %.0f |\n",
        ways[i].name.c_str(), stored, raw / stored, less(results[kZstd3]), less(results[kZstd19]),
        raw / r.ingest.cpu, raw / r.ingest.wall, ms(r.batch.cpu), ms(r.batch.wall), ms(r.lines.cpu),
        ms(r.lines.wall), raw / r.all.cpu);
  }
}

void PrintEach(std::vector<Log> logs, const std::string& folder) {
  const std::vector<Way> ways = Ways(false);
  std::printf("| log |");
  for (const Way& way : ways) std::printf(" %s |", way.name.c_str());
  std::printf("\n");
  std::vector<double> product(ways.size());
  for (Log& log : logs) {
    std::vector<Log> one;
    one.push_back(std::move(log));
    std::printf("| %s |", one[0].name.c_str());
    for (size_t i = 0; i < ways.size(); ++i) {
      const Result r = Measure(one, ways[i], folder, false);
      const double ratio = static_cast<double>(one[0].bytes.size()) / static_cast<double>(r.stored);
      product[i] += std::log(ratio);
      std::printf(" %.1f |", ratio);
      std::fflush(stdout);
    }
    std::printf("\n");
  }
  std::printf("| geometric mean |");
  for (const double sum : product)
    std::printf(" %.1f |", std::exp(sum / static_cast<double>(logs.size())));
  std::printf("\n");
}

int Main(int argc, char** argv) {
  std::string in = "/tmp";
  bool each = false;
  bool small = false;
  std::vector<std::string> paths;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--each") {
      each = true;
    } else if (argument == "--small") {
      small = true;
    } else if (argument.rfind("--in=", 0) == 0) {
      in = argument.substr(5);
    } else if (argument.rfind("--", 0) == 0) {
      paths.clear();
      break;
    } else {
      paths.push_back(argument);
    }
  }
  if (paths.empty()) {
    std::fprintf(stderr, "usage: %s [--each | --small] [--in=FOLDER] LOG...\n", argv[0]);
    return 2;
  }
  std::string folder = in + "/rocksdb_store.XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) Fail(folder + ": cannot be made");
  const std::string store = folder + "/store";
  if (small) {
    PrintSmall(paths, store);
  } else {
    std::vector<Log> logs;
    logs.reserve(paths.size());
    for (const std::string& path : paths) logs.push_back(Load(path, kMiB));
    each ? PrintEach(std::move(logs), store) : PrintStores(logs, store);
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace rocksdb_store

int main(int argc, char** argv) { return rocksdb_store::Main(argc, argv); }