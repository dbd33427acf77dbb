// Measures the store with values of logpress beside the same store with the lines as they are and
// RocksDB's zstd.
//
//   rocksdb_store_benchmark [--each] [--in=FOLDER] LOG...
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
// is. Everything that is read is compared with what was ingested; exits 1 when a byte differs. The
// stores are made in FOLDER (/tmp) one after the other, and removed.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

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
    ways.push_back({name, 0, options, block_size});
  };
  // A block ends when it has its size: a MiB less a little holds one batch.
  constexpr size_t kOneBatch = kMiB / 2;
  zstd("zstd -3", 3, kOneBatch, 0);
  zstd("zstd -19", 19, kOneBatch, 0);
  if (all) zstd("zstd -19, dictionary of 110 KiB", 19, kOneBatch, 110 << 10);
  if (all) zstd("zstd -19, blocks of 4 MiB", 19, 4 * kMiB - kMiB / 2, 0);
  for (const int level : {1, 5, 9})
    ways.push_back({"logpress -" + std::to_string(level), level, {}, 4096});
  return ways;
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
  std::vector<Log> logs;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--each") {
      each = true;
    } else if (argument.rfind("--in=", 0) == 0) {
      in = argument.substr(5);
    } else if (argument.rfind("--", 0) == 0) {
      logs.clear();
      break;
    } else {
      logs.push_back(Load(argument));
    }
  }
  if (logs.empty()) {
    std::fprintf(stderr, "usage: %s [--each] [--in=FOLDER] LOG...\n", argv[0]);
    return 2;
  }
  std::string folder = in + "/rocksdb_store.XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) Fail(folder + ": cannot be made");
  if (each) {
    PrintEach(std::move(logs), folder + "/store");
  } else {
    PrintStores(logs, folder + "/store");
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace rocksdb_store

int main(int argc, char** argv) { return rocksdb_store::Main(argc, argv); }