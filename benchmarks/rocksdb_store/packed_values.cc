// All that a storage system needs of logpress: a context for whole values, and a reader over a
// value for the lines of a range of time.

#include <logpress/logpress.hpp>
#include <optional>
#include <span>
#include <utility>

#include "values.h"

namespace rocksdb_store {
namespace {

// No batch is nearly as large; a damaged value must not take more.
constexpr uint64_t kMaxBatch = uint64_t{256} << 20;

rocksdb::Status StatusOf(const logpress::Error& error) {
  if (error.code == LOGPRESS_OK) return rocksdb::Status::OK();
  if (error.code == LOGPRESS_INVALID_ARGUMENT)
    return rocksdb::Status::InvalidArgument("logpress", error.message);
  return rocksdb::Status::Corruption("logpress", error.message);
}

class PackedValues : public Values {
 public:
  explicit PackedValues(int level) : level_(level) {}

  bool packed() const override { return true; }

  rocksdb::Status Pack(std::string_view lines, std::string* value) override {
    if (rocksdb::Status status = Start(); !status.ok()) return status;
    auto packed = context_->Compress(lines);
    if (packed) *value = *std::move(packed);
    return StatusOf(packed.error());
  }

  rocksdb::Status Unpack(std::string_view value, std::string* lines) override {
    if (rocksdb::Status status = Start(); !status.ok()) return status;
    auto raw = context_->Decompress(value, kMaxBatch);
    if (raw) *lines = *std::move(raw);
    return StatusOf(raw.error());
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
    logpress_options options = logpress::Options();
    options.level = level_;
    auto context = logpress::Context::New(options);
    if (context) context_.emplace(*std::move(context));
    return StatusOf(context.error());
  }

  const int level_;
  std::optional<logpress::Context> context_;
};

}  // namespace

std::unique_ptr<Values> NewPackedValues(int level) { return std::make_unique<PackedValues>(level); }

}  // namespace rocksdb_store
