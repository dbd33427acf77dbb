#include "base/status.h"

#include <charconv>
#include <new>
#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace logpress {
namespace {

// The payload's name; part of no format, read by StatusErrno alone.
constexpr char kErrnoPayload[] = "logpress/errno";
// The same for IsOutOfMemory.
constexpr char kMemoryPayload[] = "logpress/memory";

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
  status.ForEachPayload([&result](absl::string_view name, const absl::Cord& payload) {
    result.SetPayload(name, payload);
  });
  return result;
}

absl::Status OutOfMemory(std::string_view what) noexcept {
  try {
    absl::Status status = absl::ResourceExhaustedError(ToAbsl(what));
    status.SetPayload(kMemoryPayload, absl::Cord());
    return status;
  } catch (const std::bad_alloc&) {
    return absl::Status(absl::StatusCode::kResourceExhausted, "");
  }
}

bool IsOutOfMemory(const absl::Status& status) {
  return absl::IsResourceExhausted(status) &&
         (status.message().empty() || status.GetPayload(kMemoryPayload).has_value());
}

}  // namespace logpress
