// The other side of the comparison. Lines find their times with the same code as in an archive,
// here from within logpress, so that both sides answer alike; no other part of logpress takes part.

#include "time/line_times.h"
#include "time/time_range.h"
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
    const logpress::time::TimeRange range(from, to);
    const auto places = logpress::time::FindTimePlaces(value);
    logpress::time::LineClock clock(places);
    const char* const end = value.data() + value.size();
    bool in_range = false;
    for (const char* p = value.data(); p < end;) {
      const size_t newline = value.find('\n', static_cast<size_t>(p - value.data()));
      const char* const next = newline == value.npos ? end : value.data() + newline + 1;
      const logpress::time::LineTime time = clock.TimeOf(p, next, end);
      if (time.kind != logpress::time::TimeKind::kNone) in_range = range.Meets(time);
      if (in_range) line(std::string_view(p, static_cast<size_t>(next - p)));
      p = next;
    }
    return rocksdb::Status::OK();
  }
};

}  // namespace

std::unique_ptr<Values> NewRawValues() { return std::make_unique<RawValues>(); }

}  // namespace rocksdb_store
