// Values of a store in memory, a context kept for all of them, beside zlib at its level 6: a log
// cut into pieces of 1 MiB, or as many bytes as it has, of which the first eight are taken.
#include <logpress/logpress.h>
#include <zlib.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sample_logs.h"

namespace logpress::api {
namespace {

constexpr size_t kValueSize = size_t{1} << 20;
constexpr size_t kValuesPerLog = 8;
constexpr int kZlibLevel = 6;

std::vector<std::string_view> Values() {
  std::vector<std::string_view> values;
  for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
    const std::string_view text = log.text;
    for (size_t i = 0; i < kValuesPerLog && i * kValueSize < text.size(); ++i)
      values.push_back(text.substr(i * kValueSize, kValueSize));
  }
  return values;
}

// Tells a benchmark that each of its iterations ran over all of `values`, which took `packed`
// bytes.
void SetBytes(benchmark::State& state, const std::vector<std::string_view>& values, size_t packed) {
  size_t raw = 0;
  for (const std::string_view value : values) raw += value.size();
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(raw));
  state.counters["ratio"] = static_cast<double>(raw) / static_cast<double>(packed);
}

size_t SizeOf(const std::vector<std::string>& packed) {
  size_t size = 0;
  for (const std::string& value : packed) size += value.size();
  return size;
}

struct FreeContext {
  void operator()(logpress_context* context) const { logpress_context_free(context); }
};
using Context = std::unique_ptr<logpress_context, FreeContext>;

Context NewContext(const benchmark::State& state) {
  logpress_options options = logpress_default_options();
  options.level = static_cast<int>(state.range(0));
  logpress_context* context = nullptr;
  logpress_context_new(&options, &context);
  return Context(context);
}

// Empty: it failed.
std::string Pack(logpress_context* context, std::string_view value) {
  std::string packed(logpress_compress_bound(value.size()), '\0');
  size_t size = 0;
  if (logpress_context_compress(context, value.data(), value.size(), packed.data(), packed.size(),
                                &size) != LOGPRESS_OK)
    return {};
  packed.resize(size);
  return packed;
}

bool Unpack(logpress_context* context, std::string_view packed, size_t size, std::string* value) {
  value->resize(size);
  return logpress_context_decompress(context, packed.data(), packed.size(), value->data(), size,
                                     &size) == LOGPRESS_OK;
}

std::string Deflate(std::string_view value) {
  uLongf size = compressBound(value.size());
  std::string packed(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                reinterpret_cast<const Bytef*>(value.data()), value.size(), kZlibLevel) != Z_OK)
    return {};
  packed.resize(size);
  return packed;
}

bool Inflate(std::string_view packed, size_t size, std::string* value) {
  value->resize(size);
  uLongf got = size;
  return uncompress(reinterpret_cast<Bytef*>(value->data()), &got,
                    reinterpret_cast<const Bytef*>(packed.data()), packed.size()) == Z_OK;
}

template <typename PackOne>
void PackAll(benchmark::State& state, const PackOne& pack) {
  const std::vector<std::string_view> values = Values();
  size_t packed = 0;
  for (auto _ : state) {
    packed = 0;
    for (const std::string_view value : values) packed += pack(value).size();
  }
  SetBytes(state, values, packed);
}

template <typename PackOne, typename UnpackOne>
void UnpackAll(benchmark::State& state, const PackOne& pack, const UnpackOne& unpack) {
  const std::vector<std::string_view> values = Values();
  std::vector<std::string> packed;
  std::string back;
  for (const std::string_view value : values) {
    packed.push_back(pack(value));
    if (!unpack(packed.back(), value.size(), &back) || back != value)
      return state.SkipWithError("a value does not come back");
  }
  for (auto _ : state) {
    for (size_t i = 0; i < values.size(); ++i)
      benchmark::DoNotOptimize(unpack(packed[i], values[i].size(), &back));
  }
  SetBytes(state, values, SizeOf(packed));
}

void PackValues(benchmark::State& state) {
  const Context context = NewContext(state);
  PackAll(state, [&](std::string_view value) { return Pack(context.get(), value); });
}

void UnpackValues(benchmark::State& state) {
  const Context context = NewContext(state);
  UnpackAll(
      state, [&](std::string_view value) { return Pack(context.get(), value); },
      [&](std::string_view packed, size_t size, std::string* value) {
        return Unpack(context.get(), packed, size, value);
      });
}

void DeflateValues(benchmark::State& state) { PackAll(state, Deflate); }
void InflateValues(benchmark::State& state) { UnpackAll(state, Deflate, Inflate); }

BENCHMARK(PackValues)->Arg(1)->Arg(5)->Unit(benchmark::kMillisecond);
BENCHMARK(DeflateValues)->Unit(benchmark::kMillisecond);
BENCHMARK(UnpackValues)->Arg(1)->Arg(5)->Unit(benchmark::kMillisecond);
BENCHMARK(InflateValues)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace logpress::api
