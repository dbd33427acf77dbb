#include "base/status.h"

#include <catch2/catch.hpp>
#include <cerrno>

namespace logpress {
namespace {

TEST_CASE("the errno of a failed call travels with its status") {
  const absl::Status status = ErrnoStatus(ENOSPC, "a.lpz: cannot write");
  CHECK(absl::IsResourceExhausted(status));
  CHECK(StatusErrno(status) == ENOSPC);
  CHECK_THAT(std::string(status.message()), Catch::StartsWith("a.lpz: cannot write: "));
  const absl::Status annotated = Annotate(status, "block 3");
  CHECK(annotated.code() == status.code());
  CHECK(StatusErrno(annotated) == ENOSPC);
  CHECK_THAT(std::string(annotated.message()), Catch::StartsWith("block 3: a.lpz"));
}

TEST_CASE("a status of no system call has no errno") {
  CHECK(StatusErrno(absl::OkStatus()) == 0);
  CHECK(StatusErrno(absl::DataLossError("x")) == 0);
  CHECK(Annotate(absl::OkStatus(), "x").ok());
}

absl::StatusOr<int> Half(int value) {
  if (value % 2 != 0) return absl::InvalidArgumentError("odd");
  return value / 2;
}
absl::StatusOr<int> Quarter(int value) {
  LOGPRESS_ASSIGN_OR_RETURN(const int half, Half(value));
  LOGPRESS_ASSIGN_OR_RETURN(const int quarter, Half(half));
  LOGPRESS_RETURN_IF_ERROR(absl::OkStatus());
  return quarter;
}

TEST_CASE("the macros pass values on and errors up") {
  CHECK(*Quarter(12) == 3);
  CHECK(absl::IsInvalidArgument(Quarter(6).status()));
}

}  // namespace
}  // namespace logpress
