// How small the values of a storage system become that keeps some KiB at a time, and what they
// cost.
//
//   small_values [--each] [--count=N] [--sizes=BYTES,...] LOG...
//
// Of every LOG the first tenth trains the dictionaries; the rest is cut into values of whole lines,
// of which N (default 400, 0: all) that stand evenly in it are packed, unpacked and compared. There
// are two tables, with a row for each size of values:
//
//   ratios   without a dictionary, with one, and of zstd -19 with the best of its own: the size of
//            the dictionary is counted once per file. Geometric means over the files.
//   CPU      microseconds to pack and to unpack a value of that many bytes, warm: zstd -3 with its
//            dictionary, level 1 and level 5 with one, and level 5 without. Means over the files.
//
// Values are bare. With --each, every file has a row of ratios as well. The last line says how much
// more CPU a byte takes in 16 KiB values than in those of 1 MiB at level 5 without a dictionary.
#include <zdict.h>
#include <zstd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <logpress/logpress.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr size_t kMaxDictionary = size_t{1} << 20;

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

struct Log {
  std::string name;
  std::string bytes;
  std::string_view sample;  // the first tenth
  std::string_view rest;
};

using Values = std::vector<std::string_view>;

// What packing and unpacking values came to.
struct Result {
  double raw = 0;
  double packed = 0;
  double pack_seconds = 0;
  double unpack_seconds = 0;
};

double Now() {
  timespec now;
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// Whole lines of about `size` bytes each, and of a longer line a value alone.
Values Cut(std::string_view bytes, size_t size) {
  Values values;
  while (!bytes.empty()) {
    size_t end = bytes.size() <= size ? bytes.size() : bytes.rfind('\n', size - 1) + 1;
    if (end == 0) end = std::min(bytes.size() - 1, bytes.find('\n', size)) + 1;
    values.push_back(bytes.substr(0, end));
    bytes.remove_prefix(end);
  }
  return values;
}

// Some that stand evenly in all of them; 0: all.
Values Some(const Values& values, size_t count) {
  if (count == 0 || values.size() <= count) return values;
  Values some;
  for (size_t i = 0; i < count; ++i) some.push_back(values[i * values.size() / count]);
  return some;
}

// `pack` and `unpack` replace a string by that of a value.
template <typename Pack, typename Unpack>
Result Measure(const Values& values, const Pack& pack, const Unpack& unpack) {
  Result result;
  std::string packed;
  std::string back;
  const auto once = [&](std::string_view value) {
    const double start = Now();
    pack(value, &packed);
    const double between = Now();
    unpack(packed, &back);
    result.unpack_seconds += Now() - between;
    result.pack_seconds += between - start;
    result.packed += static_cast<double>(packed.size());
    result.raw += static_cast<double>(value.size());
    if (back != value) Fail("a value came back different");
  };
  for (const std::string_view value : Some(values, 20)) once(value);  // to warm up
  result = Result();
  for (const std::string_view value : values) once(value);
  return result;
}

template <typename T>
T Take(logpress::Result<T> result) {
  if (!result) Fail(result.error().message);
  return *std::move(result);
}

Result MeasureLogpress(const Values& values, int level, const logpress_dictionary* dictionary) {
  logpress_options options = logpress::Options();
  options.level = level;
  options.dictionary = dictionary;
  options.bare = LOGPRESS_BARE;
  logpress::Context context = Take(logpress::Context::New(options));
  const auto resized = [](std::string* out, size_t size) {
    out->resize(size);
    return std::as_writable_bytes(std::span(*out));
  };
  return Measure(
      values,
      [&](std::string_view raw, std::string* packed) {
        const auto room = resized(packed, logpress_compress_bound(raw.size()));
        packed->resize(Take(context.Compress(std::as_bytes(std::span(raw)), room)).size());
      },
      [&](std::string_view packed, std::string* back) {
        uint64_t size = 0;
        if (logpress_bare_size(packed.data(), packed.size(), &size) != LOGPRESS_OK)
          Fail("a value has no size");
        const auto room = resized(back, size);
        Take(context.Decompress(std::as_bytes(std::span(packed)), room));
      });
}

struct FreeZstd {
  void operator()(ZSTD_CDict* made) const { ZSTD_freeCDict(made); }
  void operator()(ZSTD_DDict* made) const { ZSTD_freeDDict(made); }
  void operator()(ZSTD_CCtx* made) const { ZSTD_freeCCtx(made); }
  void operator()(ZSTD_DCtx* made) const { ZSTD_freeDCtx(made); }
};

Result MeasureZstd(const Values& values, int level, std::string_view dictionary) {
  const std::unique_ptr<ZSTD_CDict, FreeZstd> to(
      ZSTD_createCDict(dictionary.data(), dictionary.size(), level));
  const std::unique_ptr<ZSTD_DDict, FreeZstd> from(
      ZSTD_createDDict(dictionary.data(), dictionary.size()));
  const std::unique_ptr<ZSTD_CCtx, FreeZstd> packer(ZSTD_createCCtx());
  const std::unique_ptr<ZSTD_DCtx, FreeZstd> unpacker(ZSTD_createDCtx());
  return Measure(
      values,
      [&](std::string_view raw, std::string* packed) {
        packed->resize(ZSTD_compressBound(raw.size()));
        packed->resize(ZSTD_compress_usingCDict(packer.get(), packed->data(), packed->size(),
                                                raw.data(), raw.size(), to.get()));
      },
      [&](std::string_view packed, std::string* back) {
        back->resize(ZSTD_getFrameContentSize(packed.data(), packed.size()));
        ZSTD_decompress_usingDDict(unpacker.get(), back->data(), back->size(), packed.data(),
                                   packed.size(), from.get());
      });
}

// The size of all values of a log when those that were measured are some of them.
double Ratio(const Result& result, double all, size_t dictionary) {
  return all / (result.packed * all / result.raw + static_cast<double>(dictionary));
}

struct ZstdDictionary {
  std::string bytes;
  size_t packed = 0;  // its size when it is packed itself
};

// Those that are worth a try for values of this size: trained ones, and the sample as it is.
std::vector<ZstdDictionary> ZstdDictionaries(const Log& log, size_t value_size) {
  std::vector<size_t> sizes;
  for (const std::string_view piece : Cut(log.sample, std::min<size_t>(value_size, 16384)))
    sizes.push_back(piece.size());
  std::vector<ZstdDictionary> made;
  for (const size_t size : {16384, 65536, 114688, 262144}) {
    std::string bytes(size, '\0');
    const size_t used = ZDICT_trainFromBuffer(bytes.data(), size, log.sample.data(), sizes.data(),
                                              static_cast<unsigned>(sizes.size()));
    if (ZDICT_isError(used) == 0) made.push_back({bytes.substr(0, used)});
  }
  if (log.sample.size() <= kMaxDictionary) made.push_back({std::string(log.sample)});
  for (ZstdDictionary& dictionary : made) {
    std::string packed(ZSTD_compressBound(dictionary.bytes.size()), '\0');
    dictionary.packed = ZSTD_compress(packed.data(), packed.size(), dictionary.bytes.data(),
                                      dictionary.bytes.size(), 19);
  }
  return made;
}

Log Load(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  Log log;
  log.name = std::filesystem::path(path).filename().string();
  log.bytes.assign(std::istreambuf_iterator<char>(in), {});
  const size_t end = log.bytes.rfind('\n', log.bytes.size() / 10) + 1;
  if (end == 0) Fail(path + ": cannot be read, or its lines are too long");
  return log;
}

// All of one file at one size of values.
struct Row {
  double alone = 0;
  double ours = 0;
  double zstd = 0;
  double size = 0;  // of a value on average
  Result zstd3, level1, level5, plain;
};

Row MeasureLog(const Log& log, const std::string& bytes, size_t size, size_t count) {
  const logpress::Dictionary dictionary = Take(logpress::Dictionary::Load(bytes));
  const auto all = static_cast<double>(log.rest.size());
  const Values values = Some(Cut(log.rest, size), count);
  Row row;
  const ZstdDictionary* best = nullptr;
  const std::vector<ZstdDictionary> dictionaries = ZstdDictionaries(log, size);
  const Values few = Some(values, 50);
  double most = 0;
  for (const ZstdDictionary& tried : dictionaries) {
    const double ratio = Ratio(MeasureZstd(few, 19, tried.bytes), all, tried.packed);
    if (ratio <= most) continue;
    most = ratio;
    best = &tried;
  }
  const std::string_view none;
  const std::string_view zstd_bytes = best == nullptr ? none : std::string_view(best->bytes);
  const size_t zstd_size = best == nullptr ? 0 : best->packed;
  row.zstd = Ratio(MeasureZstd(values, 19, zstd_bytes), all, zstd_size);
  row.zstd3 = MeasureZstd(values, 3, zstd_bytes);
  row.level1 = MeasureLogpress(values, 1, dictionary.get());
  row.level5 = MeasureLogpress(values, 5, dictionary.get());
  row.plain = MeasureLogpress(Some(values, 100), 5, nullptr);
  row.ours = Ratio(row.level5, all, bytes.size());
  row.alone = Ratio(row.plain, all, 0);
  row.size = row.level5.raw / static_cast<double>(values.size());
  return row;
}

double Mean(const std::vector<Row>& rows, double (*value)(const Row&)) {
  double sum = 0;
  for (const Row& row : rows) sum += std::log(value(row));
  return std::exp(sum / static_cast<double>(rows.size()));
}

// Microseconds for `size` bytes.
double Micros(double seconds, double raw, double size) { return 1e6 * seconds / raw * size; }

// Of packing a byte in `values` of a log at level 5, without a dictionary.
double SecondsPerByte(const Log& log, size_t size) {
  const Result result =
      MeasureLogpress(Some(Cut(log.rest, size), 1 + (size_t{4} << 20) / size), 5, nullptr);
  return result.pack_seconds / result.raw;
}

void Print(const std::vector<Log>& logs, const std::vector<size_t>& sizes, size_t count,
           bool each) {
  std::vector<std::string> dictionaries;
  for (const Log& log : logs)
    dictionaries.push_back(Take(logpress::Dictionary::Train(log.sample, kMaxDictionary)));
  std::string cpu;
  std::printf(
      "| values, bytes | log | without | with a dictionary | zstd -19 with its own | x |\n");
  std::printf("| --: | --- | --: | --: | --: | --: |\n");
  for (const size_t size : sizes) {
    std::vector<Row> rows;
    const auto print = [&](const char* name, double alone, double ours, double zstd) {
      std::printf("| %zu | %s | %.2f | %.2f | %.2f | %.2f |\n", size, name, alone, ours, zstd,
                  ours / zstd);
      std::fflush(stdout);
    };
    for (size_t i = 0; i < logs.size(); ++i) {
      const Row row = MeasureLog(logs[i], dictionaries[i], size, count);
      if (each) print(logs[i].name.c_str(), row.alone, row.ours, row.zstd);
      rows.push_back(row);
    }
    print("all", Mean(rows, [](const Row& row) { return row.alone; }),
          Mean(rows, [](const Row& row) { return row.ours; }),
          Mean(rows, [](const Row& row) { return row.zstd; }));
    cpu += "| " + std::to_string(size) + " |";
    for (const auto way : {&Row::zstd3, &Row::level1, &Row::level5, &Row::plain}) {
      double pack = 0;
      double unpack = 0;
      for (const Row& row : rows) {
        const Result& result = row.*way;
        pack += Micros(result.pack_seconds, result.raw, static_cast<double>(size));
        unpack += Micros(result.unpack_seconds, result.raw, static_cast<double>(size));
      }
      char cells[64];
      std::snprintf(cells, sizeof(cells), " %.0f | %.0f |", pack / static_cast<double>(rows.size()),
                    unpack / static_cast<double>(rows.size()));
      cpu += cells;
    }
    cpu += "\n";
  }
  std::printf(
      "\n| values, bytes | zstd -3 packs, us | unpacks | level 1 packs | unpacks | level 5 packs | "
      "unpacks | without packs | unpacks |\n| --: | --: | --: | --: | --: | --: | --: | --: | --: "
      "|\n%s",
      cpu.c_str());
  double more = 0;
  for (const Log& log : logs)
    more += std::log(SecondsPerByte(log, 16 << 10) / SecondsPerByte(log, 1 << 20));
  std::printf("\nCPU a byte without a dictionary, 16 KiB values by 1 MiB values: %.2f\n",
              std::exp(more / static_cast<double>(logs.size())));
}

int Main(int argc, char** argv) {
  std::vector<Log> logs;
  std::vector<size_t> sizes = {4 << 10, 16 << 10, 64 << 10, 256 << 10};
  size_t count = 400;
  bool each = false;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--each") {
      each = true;
    } else if (argument.rfind("--count=", 0) == 0) {
      count = std::strtoull(argument.c_str() + 8, nullptr, 10);
    } else if (argument.rfind("--sizes=", 0) == 0) {
      sizes.clear();
      for (const char* at = argument.c_str() + 7; *at == '=' || *at == ',';) {
        char* end = nullptr;
        sizes.push_back(std::max<size_t>(1, std::strtoull(at + 1, &end, 10)));
        at = end;
      }
    } else if (argument.rfind("--", 0) == 0) {
      logs.clear();
      break;
    } else {
      logs.push_back(Load(argument));
    }
  }
  if (logs.empty()) {
    std::fprintf(stderr, "usage: %s [--each] [--count=N] [--sizes=BYTES,...] LOG...\n", argv[0]);
    return 2;
  }
  for (Log& log : logs) {
    const std::string_view bytes = log.bytes;
    const size_t end = bytes.rfind('\n', bytes.size() / 10) + 1;
    log.sample = bytes.substr(0, end);
    log.rest = bytes.substr(end);
  }
  Print(logs, sizes, count, each);
  return 0;
}

}  // namespace

int main(int argc, char** argv) { return Main(argc, argv); }
