#include "base/status.h"

#include <charconv>
#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace logpress {
namespace {

// The payload's name; part of no format, read by StatusErrno alone.
constexpr char kErrnoPayload[] = "logpress/errno";

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

absl::Status ErrnoStatus(int error, std::string_view what) {
  absl::Status status = absl::ErrnoToStatus(error, ToAbsl(what));
  status.SetPayload(kErrnoPayload, absl::Cord(absl::StrCat(error)));
  return status;
}

int StatusErrno(const absl::Status& status) {
  const auto payload = status.GetPayload(kErrnoPayload);
  if (!payload.has_value()) return 0;
  const std::string digits(*payload);
  int error = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), error);
  return error;
}

absl::Status Annotate(const absl::Status& status, std::string_view what) {
  if (status.ok()) return status;
  absl::Status result(status.code(), absl::StrCat(ToAbsl(what), ": ", status.message()));
  if (const int error = StatusErrno(status); error != 0)
    result.SetPayload(kErrnoPayload, absl::Cord(absl::StrCat(error)));
  return result;
}

}  // namespace logpress
