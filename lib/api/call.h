// Functions of the API that neither take nor make a handle.
#ifndef LOGPRESS_API_CALL_H_
#define LOGPRESS_API_CALL_H_

#include "api/handle.h"
#include "api/options.h"

namespace logpress::api {

// Runs `work(converted options)` with the memory that the options give. The error is kept for
// logpress_last_message().
template <typename Work>
logpress_code Call(const logpress_options* given, const Work& work) noexcept {
  Handle called;
  Options options;
  logpress_code code = Guard(&called, [&] { return Prepare(given, &called, &options); });
  if (code == LOGPRESS_OK) code = Guard(&called, [&] { return work(options); });
  if (code != LOGPRESS_OK) KeepForThread(called.error);
  return code;
}

}  // namespace logpress::api

#endif  // LOGPRESS_API_CALL_H_
