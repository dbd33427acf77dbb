// The other side of the comparison: RocksDB compresses the lines. No logpress takes part but for
// the times of lines.

#include "lines_between.h"
#include "values.h"

namespace rocksdb_store {
namespace {

class RawValues : public Values {
 public:
  bool packed() const override { return false; }

  rocksdb::Status Pack(std::string_view lines, std::string* value) override {
    *value = lines;
    return rocksdb::Status::OK();
  }

  rocksdb::Status Unpack(std::string_view value, std::string* lines) override {
    *lines = value;
    return rocksdb::Status::OK();
  }

  rocksdb::Status Between(std::string_view value, int64_t from, int64_t to,
                          const LineFunction& line) override {
    LinesBetween(value, from, to, line);
    return rocksdb::Status::OK();
  }
};

}  // namespace

std::unique_ptr<Values> NewRawValues() { return std::make_unique<RawValues>(); }

}  // namespace rocksdb_store
