#include "api/times.h"

#include "api/call.h"

extern "C" logpress_code logpress_times_of_lines(const void* data, size_t size,
                                                 int starts_inside_a_line, logpress_time* first,
                                                 logpress_time* last) {
  return logpress::api::Call(nullptr, [&](const logpress::api::Options&) -> absl::Status {
    if (data == nullptr && size != 0) return absl::InvalidArgumentError("data is NULL");
    const logpress::ByteView lines(static_cast<const char*>(data), size);
    logpress::time::LineClock clock(logpress::time::FindTimePlaces(lines));
    const auto times = logpress::time::SpanOfLines(lines, starts_inside_a_line != 0, &clock);
    if (first != nullptr) *first = logpress::api::TimeOf(times.first);
    if (last != nullptr) *last = logpress::api::TimeOf(times.last);
    return absl::OkStatus();
  });
}
