// What else small values could be: packed by zstd with dictionaries of its own, trained for each
// stream as ours are, where RocksDB trains one for a file.

#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <vector>

#include "lines_between.h"
#include "values.h"

namespace rocksdb_store {
namespace {

constexpr size_t kMaxDictionary = 110 << 10;  // as zstd's program
constexpr uint64_t kMaxBatch = uint64_t{256} << 20;

struct Free {
  void operator()(ZSTD_CDict* made) const { ZSTD_freeCDict(made); }
  void operator()(ZSTD_DDict* made) const { ZSTD_freeDDict(made); }
  void operator()(ZSTD_CCtx* made) const { ZSTD_freeCCtx(made); }
  void operator()(ZSTD_DCtx* made) const { ZSTD_freeDCtx(made); }
};

class ZstdValues : public Values {
 public:
  ZstdValues(int level, std::string_view dictionary)
      : level_(level),
        to_(ZSTD_createCDict(dictionary.data(), dictionary.size(), level)),
        from_(ZSTD_createDDict(dictionary.data(), dictionary.size())),
        packer_(ZSTD_createCCtx()),
        unpacker_(ZSTD_createDCtx()) {}

  bool packed() const override { return true; }

  rocksdb::Status Pack(std::string_view lines, std::string* value) override {
    value->resize(ZSTD_compressBound(lines.size()));
    const size_t size = ZSTD_compress_usingCDict(packer_.get(), value->data(), value->size(),
                                                 lines.data(), lines.size(), to_.get());
    if (ZSTD_isError(size) != 0) return rocksdb::Status::Corruption(ZSTD_getErrorName(size));
    value->resize(size);
    return rocksdb::Status::OK();
  }

  rocksdb::Status Unpack(std::string_view value, std::string* lines) override {
    const unsigned long long size = ZSTD_getFrameContentSize(value.data(), value.size());
    if (size > kMaxBatch) return rocksdb::Status::Corruption("zstd", "a value without a size");
    lines->resize(size);
    const size_t got = ZSTD_decompress_usingDDict(unpacker_.get(), lines->data(), lines->size(),
                                                  value.data(), value.size(), from_.get());
    if (got != size) return rocksdb::Status::Corruption("zstd", "a value is damaged");
    return rocksdb::Status::OK();
  }

  rocksdb::Status Between(std::string_view value, int64_t from, int64_t to,
                          const LineFunction& line) override {
    if (rocksdb::Status status = Unpack(value, &lines_); !status.ok()) return status;
    LinesBetween(lines_, from, to, line);
    return rocksdb::Status::OK();
  }

  rocksdb::Status Train(std::string_view lines, std::string* dictionary) override {
    constexpr size_t kSample = 4096;
    std::vector<size_t> sizes(lines.size() / kSample, kSample);
    dictionary->resize(kMaxDictionary);
    const size_t size = ZDICT_trainFromBuffer(dictionary->data(), dictionary->size(), lines.data(),
                                              sizes.data(), static_cast<unsigned>(sizes.size()));
    dictionary->resize(ZDICT_isError(size) != 0 ? 0 : size);
    return rocksdb::Status::OK();
  }

  rocksdb::Status With(std::string_view dictionary, std::unique_ptr<Values>* values) override {
    *values = std::make_unique<ZstdValues>(level_, dictionary);
    return rocksdb::Status::OK();
  }

 private:
  const int level_;
  const std::unique_ptr<ZSTD_CDict, Free> to_;
  const std::unique_ptr<ZSTD_DDict, Free> from_;
  const std::unique_ptr<ZSTD_CCtx, Free> packer_;
  const std::unique_ptr<ZSTD_DCtx, Free> unpacker_;
  std::string lines_;
};

}  // namespace

std::unique_ptr<Values> NewZstdValues(int level) {
  return std::make_unique<ZstdValues>(level, std::string_view());
}

}  // namespace rocksdb_store
