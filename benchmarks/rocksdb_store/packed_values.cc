// All that a storage system needs of logpress: a context for whole values, a reader over a value
// for the lines of a range of time, and dictionaries for values of some KiB.

#include <logpress/logpress.hpp>
#include <optional>
#include <span>
#include <utility>

#include "lines_between.h"
#include "values.h"

namespace rocksdb_store {
namespace {

// No batch is nearly as large; a damaged value must not take more.
constexpr uint64_t kMaxBatch = uint64_t{256} << 20;
// None becomes as large: training stops where more would not pay.
constexpr size_t kMaxDictionary = size_t{1} << 20;

rocksdb::Status StatusOf(const logpress::Error& error) {
  if (error.code == LOGPRESS_OK) return rocksdb::Status::OK();
  if (error.code == LOGPRESS_INVALID_ARGUMENT)
    return rocksdb::Status::InvalidArgument("logpress", error.message);
  return rocksdb::Status::Corruption("logpress", error.message);
}

class PackedValues : public Values {
 public:
  explicit PackedValues(const logpress_options& options) : options_(options) {}

  bool packed() const override { return true; }

  rocksdb::Status Pack(std::string_view lines, std::string* value) override {
    if (rocksdb::Status status = Start(); !status.ok()) return status;
    auto packed = context_->Compress(lines);
    if (!packed) return StatusOf(packed.error());
    *value = *std::move(packed);
    return rocksdb::Status::OK();
  }

  rocksdb::Status Unpack(std::string_view value, std::string* lines) override {
    if (rocksdb::Status status = Start(); !status.ok()) return status;
    auto raw = context_->Decompress(value, kMaxBatch);
    if (!raw) return StatusOf(raw.error());
    *lines = *std::move(raw);
    return rocksdb::Status::OK();
  }

  rocksdb::Status Between(std::string_view value, int64_t from, int64_t to,
                          const LineFunction& line) override {
    auto reader = logpress::Reader::OpenMemory(std::as_bytes(std::span(value)));
    if (!reader) return StatusOf(reader.error());
    if (!reader->damage().empty())
      return rocksdb::Status::Corruption("logpress", std::string(reader->damage()));
    using Micros = std::chrono::microseconds;
    auto lines = reader->LinesBetween(logpress::Time(Micros(from)), logpress::Time(Micros(to)));
    if (!lines) return StatusOf(lines.error());
    for (const logpress::Line& found : *lines) line(found.bytes);
    return StatusOf(lines->error());
  }

 private:
  // A context keeps its memory from value to value.
  rocksdb::Status Start() {
    if (context_) return rocksdb::Status::OK();
    auto context = logpress::Context::New(options_);
    if (!context) return StatusOf(context.error());
    context_.emplace(*std::move(context));
    return rocksdb::Status::OK();
  }

  const logpress_options options_;
  std::optional<logpress::Context> context_;
};

// Without what an archive has around its content, and so without the times of its lines.
class SmallValues : public PackedValues {
 public:
  SmallValues(int level, std::optional<logpress::Dictionary> dictionary)
      : PackedValues(Options(level, dictionary)),
        level_(level),
        dictionary_(std::move(dictionary)) {}

  rocksdb::Status Between(std::string_view value, int64_t from, int64_t to,
                          const LineFunction& line) override {
    if (rocksdb::Status status = Unpack(value, &lines_); !status.ok()) return status;
    LinesBetween(lines_, from, to, line);
    return rocksdb::Status::OK();
  }

  rocksdb::Status Train(std::string_view lines, std::string* dictionary) override {
    auto trained = logpress::Dictionary::Train(lines, kMaxDictionary);
    dictionary->clear();
    // The lines have too little in common.
    if (trained.error().code == LOGPRESS_INVALID_ARGUMENT) return rocksdb::Status::OK();
    if (!trained) return StatusOf(trained.error());
    *dictionary = *std::move(trained);
    return rocksdb::Status::OK();
  }

  rocksdb::Status With(std::string_view dictionary, std::unique_ptr<Values>* values) override {
    auto loaded = logpress::Dictionary::Load(dictionary);
    if (!loaded) return StatusOf(loaded.error());
    *values = std::make_unique<SmallValues>(level_, *std::move(loaded));
    return rocksdb::Status::OK();
  }

 private:
  static logpress_options Options(int level,
                                  const std::optional<logpress::Dictionary>& dictionary) {
    logpress_options options = logpress::Options();
    options.level = level;
    options.bare = LOGPRESS_BARE;  // RocksDB has checksums
    if (dictionary) options.dictionary = dictionary->get();
    return options;
  }

  const int level_;
  const std::optional<logpress::Dictionary> dictionary_;
  std::string lines_;
};

}  // namespace

std::unique_ptr<Values> NewPackedValues(int level) {
  logpress_options options = logpress::Options();
  options.level = level;
  return std::make_unique<PackedValues>(options);
}

std::unique_ptr<Values> NewSmallValues(int level) {
  return std::make_unique<SmallValues>(level, std::nullopt);
}

}  // namespace rocksdb_store
