#include "measure.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "store.h"

namespace rocksdb_store {
namespace {

constexpr size_t kPieceSize = 4096;
constexpr size_t kPiecesInBatch = 8;  // at least
constexpr int64_t kMinute = 60'000'000;

Seconds Now() {
  rusage usage;
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now().time_since_epoch();
  return {seconds(usage.ru_utime) + seconds(usage.ru_stime), wall.count()};
}

Seconds operator-(Seconds a, Seconds b) { return {a.cpu - b.cpu, a.wall - b.wall}; }
void operator+=(Seconds& a, Seconds b) { a = {a.cpu + b.cpu, a.wall + b.wall}; }

void Check(const rocksdb::Status& status) {
  if (!status.ok()) Fail(status.ToString());
}

// Numbers that are the same in every run.
class Random {
 public:
  size_t Below(size_t bound) {
    state_ = state_ * 6364136223846793005 + 1442695040888963407;
    return static_cast<size_t>(state_ >> 33) % bound;
  }

 private:
  uint64_t state_ = 1;
};

// The lines of `log` whose time is in [from, to).
std::string LinesBetween(const Log& log, int64_t from, int64_t to) {
  std::string lines;
  for (size_t i = 0; i < log.cut.times.size(); ++i) {
    if (log.cut.times[i] < from || log.cut.times[i] >= to) continue;
    const size_t end = i + 1 < log.starts.size() ? log.starts[i + 1] : log.bytes.size();
    lines.append(log.bytes, log.starts[i], end - log.starts[i]);
  }
  return lines;
}

void Ingest(const std::vector<Log>& logs, LogStore* store) {
  std::vector<size_t> at(logs.size());
  for (bool any = true; any;) {
    any = false;
    for (size_t i = 0; i < logs.size(); ++i) {
      if (at[i] == logs[i].cut.pieces.size()) continue;
      const Piece& piece = logs[i].cut.pieces[at[i]++];
      Check(store->Append(logs[i].name, piece.time, piece.lines));
      any = true;
    }
  }
  Check(store->Flush());
  Check(store->Compact());
}

Seconds ReadAll(const std::vector<Log>& logs, LogStore* store) {
  std::map<std::string, std::string, std::less<>> found;
  Seconds comparing;
  const Seconds start = Now();
  Check(store->ReadAll([&](std::string_view stream, Time, std::string_view lines) {
    const Seconds begin = Now();
    found[std::string(stream)] += lines;
    comparing += Now() - begin;
  }));
  const Seconds taken = Now() - start - comparing;
  for (const Log& log : logs) {
    if (found[log.name] != log.bytes) Fail(log.name + ": came back different");
  }
  return taken;
}

Seconds ReadBatches(const std::vector<Log>& logs, LogStore* store) {
  Random random;
  Seconds taken;
  std::string lines;
  for (int i = 0; i < kReads; ++i) {
    const Log& log = logs[random.Below(logs.size())];
    const Piece& piece = log.cut.pieces[random.Below(log.cut.pieces.size())];
    const Seconds start = Now();
    Check(store->ReadBatch(log.name, piece.time, &lines));
    taken += Now() - start;
    // Times may stand still, so that the piece may be in a batch before; this one is of the log
    // anyway.
    if (lines.empty() || log.bytes.find(lines) == log.bytes.npos)
      Fail(log.name + ": a batch is none of the log");
  }
  return taken;
}

Seconds ReadRanges(const std::vector<const Log*>& logs, LogStore* store) {
  Random random;
  Seconds taken;
  for (int i = 0; i < kReads && !logs.empty(); ++i) {
    const Log& log = *logs[random.Below(logs.size())];
    const std::vector<int64_t>& times = log.cut.times;
    const size_t first = random.Below(times.size());
    const int64_t from = times[first];
    const int64_t to = std::max(from + 1, times[std::min(first + kRangeLines, times.size() - 1)]);
    std::string lines;
    const Seconds start = Now();
    Check(store->ReadRange(log.name, from, to, [&](std::string_view line) { lines += line; }));
    taken += Now() - start;
    if (lines != LinesBetween(log, from, to)) Fail(log.name + ": a range of time has other lines");
  }
  return taken;
}

std::unique_ptr<Values> NewValues(const Way& way) {
  switch (way.kind) {
    case Way::Kind::kZstd:
      return NewZstdValues(way.level);
    case Way::Kind::kArchive:
      return NewPackedValues(way.level);
    case Way::Kind::kSmall:
      return NewSmallValues(way.level);
    default:
      return NewRawValues();
  }
}

}  // namespace

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

bool Log::in_order() const { return !cut.times.empty() && cut.disorder <= kMinute; }

Result Measure(const std::vector<Log>& logs, const Way& way, const std::string& folder,
               bool queries) {
  StoreOptions options;
  options.disorder = kMinute;
  options.block_size = way.block_size;
  options.batch_size = way.batch_size;
  options.train_bytes = way.train_bytes;
  options.rocksdb.compression = rocksdb::kZSTD;
  options.rocksdb.compression_opts = way.zstd;
  options.rocksdb.max_background_jobs = 2;
  std::unique_ptr<LogStore> store;
  Result result;
  const auto open = [&] {
    store.reset();
    Check(LogStore::Open(folder, options, NewValues(way), &store));
  };
  open();
  const Seconds start = Now();
  Ingest(logs, store.get());
  result.ingest = Now() - start;
  open();
  result.stored = store->StoredBytes();
  result.all = ReadAll(logs, store.get());
  if (queries) {
    std::vector<const Log*> in_order;
    for (const Log& log : logs) {
      if (log.in_order()) in_order.push_back(&log);
    }
    result.batch = ReadBatches(logs, store.get());
    result.lines = ReadRanges(in_order, store.get());
  }
  store.reset();
  std::filesystem::remove_all(folder);
  return result;
}

Log Load(const std::string& path, size_t batch_size) {
  std::ifstream in(path, std::ios::binary);
  if (!in) Fail(path + ": cannot be read");
  Log log;
  log.name = std::filesystem::path(path).filename().string();
  log.bytes.assign(std::istreambuf_iterator<char>(in), {});
  if (log.bytes.empty()) Fail(path + ": is empty");
  log.cut = CutIntoPieces(log.bytes, std::min(kPieceSize, batch_size / kPiecesInBatch));
  for (size_t at = 0; at < log.bytes.size();) {
    log.starts.push_back(at);
    const size_t newline = log.bytes.find('\n', at);
    at = newline == log.bytes.npos ? log.bytes.size() : newline + 1;
  }
  return log;
}

}  // namespace rocksdb_store
