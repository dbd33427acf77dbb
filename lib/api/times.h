// The times of lines as the API has them.
#ifndef LOGPRESS_API_TIMES_H_
#define LOGPRESS_API_TIMES_H_

#include "logpress/time.h"
#include "time/line_times.h"

namespace logpress::api {

inline logpress_time TimeOf(const time::LineTime& time) {
  return {static_cast<int>(time.kind), time.begin, time.end};
}

}  // namespace logpress::api

#endif  // LOGPRESS_API_TIMES_H_
