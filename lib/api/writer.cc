// Writing a stream.

#include "archive/writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "api/call.h"
#include "api/callbacks.h"
#include "api/handle.h"
#include "api/options.h"
#include "archive/append.h"
#include "archive/flush_timer.h"
#include "base/fd_io.h"
#include "base/status.h"

namespace logpress::api {
namespace {

// A file that is written from its end and closed once.
class OutputFile : public ByteSink {
 public:
  ~OutputFile() override {
    if (fd_ >= 0) ::close(fd_);
  }

  absl::Status Open(const char* path, int mode) {
    path_ = path;
    int flags = O_CREAT | O_CLOEXEC | O_RDWR;
    if (mode == LOGPRESS_CREATE_NEW) flags |= O_EXCL;
    if (mode == LOGPRESS_REPLACE) flags |= O_TRUNC;
    fd_ = ::open(path, flags, 0666);
    if (fd_ < 0) return ErrnoStatus(errno, path_);
    sink_.emplace(fd_, path_);
    return absl::OkStatus();
  }

  // Stands behind what the file holds, a torn tail cut off; *cut has its size.
  absl::Status ToEnd(uint64_t memory_limit, uint64_t* cut) {
    LOGPRESS_ASSIGN_OR_RETURN(const std::unique_ptr<FdRandomAccess> file,
                              FdRandomAccess::Open(fd_, path_));
    LOGPRESS_ASSIGN_OR_RETURN(const archive::AppendPoint point,
                              archive::FindAppendPoint(file.get(), memory_limit));
    const auto offset = static_cast<off_t>(point.offset);
    if (point.cut > 0 && ::ftruncate(fd_, offset) != 0) return ErrnoStatus(errno, path_);
    if (::lseek(fd_, offset, SEEK_SET) < 0) return ErrnoStatus(errno, path_);
    *cut = point.cut;
    return sink_->Write(point.end);
  }

  absl::Status Write(ByteView bytes) override { return sink_->Write(bytes); }

  absl::Status SyncAndClose() {
    // EINVAL: a device or pipe that cannot be synced.
    if (::fsync(fd_) != 0 && errno != EINVAL && errno != EROFS) return ErrnoStatus(errno, path_);
    const int fd = fd_;
    fd_ = -1;
    if (::close(fd) != 0) return ErrnoStatus(errno, path_);
    return absl::OkStatus();
  }

 private:
  int fd_ = -1;
  std::string path_;
  std::optional<FdSink> sink_;
};

}  // namespace
}  // namespace logpress::api

struct logpress_writer : logpress::api::Handle {
  std::unique_ptr<logpress::ByteSink> sink;
  logpress::api::OutputFile* file = nullptr;  // what sink is, when the writer was given a path
  std::optional<logpress::archive::Writer> writer;
  std::optional<logpress::archive::FlushTimer> timer;

  void Start(const logpress::api::Options& options) {
    writer.emplace(sink.get(), options.writer);
    timer.emplace(std::chrono::milliseconds(options.flush_interval));
  }

  absl::Status Flush() {
    LOGPRESS_RETURN_IF_ERROR(writer->Flush());
    timer->Flushed();
    return absl::OkStatus();
  }

  absl::Status FlushWhenDue() { return timer->Wait() == 0 ? Flush() : absl::OkStatus(); }
};

namespace {

using logpress::api::Guard;
using logpress::api::Options;
using logpress::api::SetField;
using logpress::api::SizeIsSet;

// Makes a writer by start(converted options, writer).
template <typename Start>
logpress_code MakeWriter(const logpress_options* options, logpress_writer** writer,
                         const Start& start) {
  Options converted;
  return logpress::api::MakeHandle(
      writer, [&](logpress_writer* made) { return Prepare(options, made, &converted); },
      [&](logpress_writer* made) -> absl::Status {
        LOGPRESS_ASSIGN_OR_RETURN(converted.writer, Fitted(converted));
        return start(converted, made);
      });
}

template <typename Work>
logpress_code Run(logpress_writer* writer, const Work& work) noexcept {
  if (writer == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  if (writer->start != LOGPRESS_OK) return writer->start;
  return Guard(writer, work);
}

}  // namespace

extern "C" {

logpress_code logpress_writer_new(const logpress_options* options, logpress_write_function write,
                                  void* opaque, logpress_writer** writer) {
  return MakeWriter(options, writer,
                    [&](const Options& converted, logpress_writer* made) -> absl::Status {
                      if (write == nullptr) return absl::InvalidArgumentError("write is NULL");
                      made->sink = std::make_unique<logpress::api::CallbackSink>(write, opaque);
                      made->Start(converted);
                      return absl::OkStatus();
                    });
}

logpress_code logpress_writer_open(const logpress_options* options, const char* path, int mode,
                                   logpress_writer** writer) {
  return MakeWriter(
      options, writer, [&](const Options& converted, logpress_writer* made) -> absl::Status {
        if (path == nullptr) return absl::InvalidArgumentError("path is NULL");
        if (mode != LOGPRESS_CREATE_NEW && mode != LOGPRESS_REPLACE && mode != LOGPRESS_APPEND)
          return absl::InvalidArgumentError("mode is none of logpress_open_mode");
        auto file = std::make_unique<logpress::api::OutputFile>();
        LOGPRESS_RETURN_IF_ERROR(file->Open(path, mode));
        if (mode == LOGPRESS_APPEND) {
          uint64_t cut = 0;
          const absl::Status status = file->ToEnd(converted.memory_limit, &cut);
          LOGPRESS_RETURN_IF_ERROR(logpress::Annotate(logpress::api::ReadingStatus(status), path));
          if (cut > 0) {
            made->error.Tell(absl::StrCat(path, ": the last archive was torn; ", cut,
                                          " bytes behind its last whole block were cut off"));
          }
        }
        made->file = file.get();
        made->sink = std::move(file);
        made->Start(converted);
        return absl::OkStatus();
      });
}

logpress_code logpress_find_end(const logpress_options* options, const logpress_source* source,
                                logpress_end* end, logpress_write_function write, void* opaque) {
  return logpress::api::Call(options, [&](const Options& converted) -> absl::Status {
    LOGPRESS_RETURN_IF_ERROR(logpress::api::CheckSource(source));
    if (!SizeIsSet(end) || write == nullptr)
      return absl::InvalidArgumentError("end has no struct_size, or write is NULL");
    logpress::api::CallbackSource file(*source);
    const auto point = logpress::archive::FindAppendPoint(&file, converted.memory_limit);
    if (!point.ok()) return logpress::api::ReadingStatus(point.status());
    SetField(end, &logpress_end::offset, point->offset);
    SetField(end, &logpress_end::cut, point->cut);
    return logpress::api::CallbackSink(write, opaque).Write(point->end);
  });
}

logpress_code logpress_writer_append(logpress_writer* writer, const void* data, size_t size) {
  return Run(writer, [&]() -> absl::Status {
    if (data == nullptr && size != 0) return absl::InvalidArgumentError("data is NULL");
    LOGPRESS_RETURN_IF_ERROR(
        writer->writer->Append(logpress::ByteView(static_cast<const char*>(data), size)));
    if (size != 0) writer->timer->Appended(writer->writer->totals().blocks);
    return writer->FlushWhenDue();
  });
}

logpress_code logpress_writer_flush(logpress_writer* writer) {
  return Run(writer, [&] { return writer->Flush(); });
}

logpress_code logpress_writer_poll(logpress_writer* writer, uint64_t* wait) {
  return Run(writer, [&]() -> absl::Status {
    LOGPRESS_RETURN_IF_ERROR(writer->FlushWhenDue());
    if (wait != nullptr) *wait = writer->timer->Wait().value_or(UINT64_MAX);
    return absl::OkStatus();
  });
}

logpress_code logpress_writer_finish(logpress_writer* writer) {
  return Run(writer, [&]() -> absl::Status {
    LOGPRESS_RETURN_IF_ERROR(writer->writer->Finish());
    writer->timer->Flushed();
    return writer->file == nullptr ? absl::OkStatus() : writer->file->SyncAndClose();
  });
}

logpress_code logpress_writer_totals(const logpress_writer* writer, logpress_totals* totals) {
  if (writer == nullptr || !SizeIsSet(totals)) return LOGPRESS_INVALID_ARGUMENT;
  logpress::archive::WriterTotals so_far;
  if (writer->writer) so_far = writer->writer->totals();
  SetField(totals, &logpress_totals::raw_bytes, so_far.raw_bytes);
  SetField(totals, &logpress_totals::packed_bytes, so_far.packed_bytes);
  SetField(totals, &logpress_totals::lines, so_far.lines);
  SetField(totals, &logpress_totals::blocks, so_far.blocks);
  return LOGPRESS_OK;
}

const char* logpress_writer_message(const logpress_writer* writer) {
  return writer == nullptr ? "" : writer->error.message();
}

void logpress_writer_free(logpress_writer* writer) { delete writer; }

}  // extern "C"
