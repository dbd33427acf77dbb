#include "base/fd_io.h"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "base/status.h"

namespace logpress {
namespace {

// A file without a name that is gone when it is closed.
int TemporaryFile() {
  char name[] = "/tmp/fd_io_test.XXXXXX";
  const int fd = mkstemp(name);
  REQUIRE(fd >= 0);
  unlink(name);
  return fd;
}

TEST_CASE("what was written to a file is read from it, in order and anywhere") {
  const int fd = TemporaryFile();
  FdSink sink(fd, "file");
  REQUIRE(sink.Write("hello, ").ok());
  REQUIRE(sink.Write("world").ok());
  REQUIRE(sink.Write("").ok());
  const auto file = FdRandomAccess::Open(fd, "file");
  REQUIRE(file.ok());
  CHECK((*file)->Size() == 12);
  char word[5];
  REQUIRE((*file)->ReadAt(7, 5, word).ok());
  CHECK(ByteView(word, 5) == "world");
  CHECK(absl::IsOutOfRange((*file)->ReadAt(8, 5, word)));
  CHECK(absl::IsOutOfRange((*file)->ReadAt(UINT64_MAX, 5, word)));

  REQUIRE(lseek(fd, 0, SEEK_SET) == 0);
  FdSource source(fd, "file");
  char bytes[20];
  CHECK(*source.Read(bytes, 20) == 12);
  CHECK(*source.Read(bytes, 20) == 0);

  // The file becomes shorter under the reader.
  REQUIRE(ftruncate(fd, 9) == 0);
  const absl::Status shorter = (*file)->ReadAt(7, 5, word);
  CHECK(absl::IsOutOfRange(shorter));
  CHECK_THAT(std::string(shorter.message()), Catch::Contains("byte 9"));
  close(fd);
}

TEST_CASE("a pipe that takes little at a time gets everything, non-blocking or not") {
  int fds[2];
  REQUIRE(pipe(fds) == 0);
  if (GENERATE(false, true)) REQUIRE(fcntl(fds[1], F_SETFL, O_NONBLOCK) == 0);
  const ByteBuffer bytes(1 << 20, 'x');
  ByteBuffer received;
  std::thread reader([&] {
    FdSource source(fds[0], "pipe");
    ByteBuffer buffer(10000, '\0');
    for (;;) {
      const auto got = source.Read(buffer.data(), buffer.size());
      if (!got.ok() || *got == 0) break;
      received.append(buffer, 0, *got);
    }
  });
  FdSink sink(fds[1], "pipe");
  CHECK(sink.Write(bytes).ok());
  close(fds[1]);
  reader.join();
  close(fds[0]);
  CHECK(received == bytes);
}

TEST_CASE("a pipe cannot be read anywhere") {
  int fds[2];
  REQUIRE(pipe(fds) == 0);
  CHECK(absl::IsFailedPrecondition(FdRandomAccess::Open(fds[0], "pipe").status()));
  close(fds[0]);
  close(fds[1]);
}

TEST_CASE("a closed pipe is EPIPE and a full disk is ENOSPC") {
  const auto old = std::signal(SIGPIPE, SIG_IGN);
  int fds[2];
  REQUIRE(pipe(fds) == 0);
  close(fds[0]);
  CHECK(StatusErrno(FdSink(fds[1], "pipe").Write("x")) == EPIPE);
  close(fds[1]);
  std::signal(SIGPIPE, old);

  const int full = open("/dev/full", O_WRONLY);
  REQUIRE(full >= 0);
  const absl::Status status = FdSink(full, "full").Write("x");
  CHECK(StatusErrno(status) == ENOSPC);
  CHECK(absl::IsResourceExhausted(status));
  CHECK_THAT(std::string(status.message()), Catch::StartsWith("full: cannot write"));
  close(full);
}

TEST_CASE("a descriptor that is not open is an error with its name") {
  char byte;
  CHECK(StatusErrno(FdSource(-1, "nothing").Read(&byte, 1).status()) == EBADF);
  CHECK(StatusErrno(FdSink(-1, "nothing").Write("x")) == EBADF);
  CHECK(StatusErrno(FdRandomAccess::Open(-1, "nothing").status()) == EBADF);
}

}  // namespace
}  // namespace logpress
