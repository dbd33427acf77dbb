// Whole buffers in one call.

#include <cstring>
#include <limits>
#include <memory>
#include <optional>

#include "api/call.h"
#include "api/handle.h"
#include "api/options.h"
#include "archive/bare_value.h"
#include "archive/format.h"
#include "archive/memory_reader.h"
#include "archive/reader.h"
#include "archive/writer.h"
#include "base/memory_io.h"
#include "base/status.h"
#include "block/block_coder.h"

namespace logpress::api {
namespace {

// Bytes that belong to the caller.
class SpanSink : public ByteSink {
 public:
  SpanSink(void* data, size_t capacity) : data_(static_cast<char*>(data)), capacity_(capacity) {}
  absl::Status Write(ByteView bytes) override {
    if (bytes.size() > capacity_ - size_) return TooSmall();
    if (!bytes.empty()) std::memcpy(data_ + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
    return absl::OkStatus();
  }
  size_t size() const { return size_; }

 private:
  char* data_;
  size_t capacity_;
  size_t size_ = 0;
};

absl::Status CheckBuffers(const void* source, size_t size, const void* destination, size_t capacity,
                          const size_t* written) {
  if ((source == nullptr && size != 0) || (destination == nullptr && capacity != 0) ||
      written == nullptr) {
    return absl::InvalidArgumentError("a buffer is NULL");
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace logpress::api

using logpress::ByteView;
using logpress::api::CheckBuffers;
using logpress::api::Fitted;
using logpress::api::Guard;
using logpress::api::ReadingStatus;
using logpress::api::SpanSink;

struct logpress_context : logpress::api::Handle {
  logpress::api::Options options;
  std::optional<logpress::archive::Writer> writer;
  std::optional<logpress::block::BlockDecoder> decoder;
  std::optional<logpress::archive::BareWriter> bare_writer;
  std::optional<logpress::archive::BareReader> bare_reader;
  logpress::ByteBuffer raw;

  absl::Status Compress(ByteView source, SpanSink* sink) {
    if (options.bare != LOGPRESS_ARCHIVES) return CompressBare(source, sink);
    if (writer) {
      writer->Reset(sink);
    } else {
      LOGPRESS_ASSIGN_OR_RETURN(const logpress::archive::WriterOptions fitted, Fitted(options));
      writer.emplace(sink, fitted);
    }
    LOGPRESS_RETURN_IF_ERROR(writer->Append(source));
    return writer->Finish();
  }

  absl::Status CompressBare(ByteView source, SpanSink* sink) {
    const logpress::archive::WriterOptions& writing = options.writer;
    if (!bare_writer)
      bare_writer.emplace(logpress::block::BlockOptions{writing.level, writing.backend, nullptr,
                                                        writing.dictionary});
    LOGPRESS_RETURN_IF_ERROR(
        bare_writer->Write(source, options.bare == LOGPRESS_BARE_CHECKED, &raw));
    return sink->Write(raw);
  }

  absl::Status Decompress(ByteView source, SpanSink* sink) {
    if (options.bare != LOGPRESS_ARCHIVES) {
      if (!bare_reader) bare_reader.emplace(options.reader.dictionary);
      LOGPRESS_RETURN_IF_ERROR(bare_reader->Read(source, options.memory_limit, &raw));
      return sink->Write(raw);
    }
    if (options.reader.threads == 1 && !options.reader.executor) {
      if (!decoder) decoder.emplace(options.reader.dictionary);
      return ReadingStatus(
          logpress::archive::ReadArchives(source, options.memory_limit, &*decoder, &raw, sink));
    }
    logpress::ViewSource view(source);
    return ReadingStatus(logpress::archive::StreamReader(&view, options.reader).ReadAll(sink));
  }
};

namespace {

// Frees a context that was made for one call, whose code is returned.
logpress_code End(logpress_context* context, logpress_code code) {
  if (code != LOGPRESS_OK && context != nullptr) logpress::api::KeepForThread(context->error);
  delete context;
  return code;
}

}  // namespace

extern "C" {

uint64_t logpress_compress_bound(uint64_t size) {
  // Header and footer; then for each block its frame's header, what a payload may grow by, and its
  // row of the index. A block is cut short by less than a line, so that two blocks in a row are
  // together larger than one.
  namespace archive = logpress::archive;
  constexpr uint64_t kAround = 128;
  constexpr uint64_t kPerBlock = 256;
  const uint64_t blocks = 2 * (size / archive::LaterBlockSize(1)) + 2;
  if (size > std::numeric_limits<uint64_t>::max() / 2) return std::numeric_limits<uint64_t>::max();
  return size + kAround + blocks * kPerBlock;
}

logpress_code logpress_context_new(const logpress_options* options, logpress_context** context) {
  return logpress::api::MakeHandle(
      context, [&](logpress_context* made) { return Prepare(options, made, &made->options); },
      [](logpress_context*) { return absl::OkStatus(); });
}

logpress_code logpress_context_compress(logpress_context* context, const void* source, size_t size,
                                        void* destination, size_t capacity, size_t* written) {
  if (context == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  if (context->start != LOGPRESS_OK) return context->start;
  return Guard(context, [&]() -> absl::Status {
    LOGPRESS_RETURN_IF_ERROR(CheckBuffers(source, size, destination, capacity, written));
    SpanSink sink(destination, capacity);
    LOGPRESS_RETURN_IF_ERROR(
        context->Compress(ByteView(static_cast<const char*>(source), size), &sink));
    *written = sink.size();
    return absl::OkStatus();
  });
}

logpress_code logpress_context_decompress(logpress_context* context, const void* source,
                                          size_t size, void* destination, size_t capacity,
                                          size_t* written) {
  if (context == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  if (context->start != LOGPRESS_OK) return context->start;
  return Guard(context, [&]() -> absl::Status {
    LOGPRESS_RETURN_IF_ERROR(CheckBuffers(source, size, destination, capacity, written));
    SpanSink sink(destination, capacity);
    LOGPRESS_RETURN_IF_ERROR(
        context->Decompress(ByteView(static_cast<const char*>(source), size), &sink));
    *written = sink.size();
    return absl::OkStatus();
  });
}

const char* logpress_context_message(const logpress_context* context) {
  return context == nullptr ? "" : context->error.message();
}

void logpress_context_trim(logpress_context* context) {
  if (context == nullptr) return;
  context->writer.reset();
  context->decoder.reset();
  context->bare_writer.reset();
  context->bare_reader.reset();
  logpress::ByteBuffer().swap(context->raw);
  if (context->memory != nullptr) context->memory->Trim();
}

void logpress_context_free(logpress_context* context) { delete context; }

logpress_code logpress_compress(const void* source, size_t size, int level, void* destination,
                                size_t capacity, size_t* written) {
  logpress_options options = logpress_default_options();
  options.level = level;
  logpress_context* context = nullptr;
  logpress_code code = logpress_context_new(&options, &context);
  if (code == LOGPRESS_OK)
    code = logpress_context_compress(context, source, size, destination, capacity, written);
  return End(context, code);
}

logpress_code logpress_decompress(const void* source, size_t size, void* destination,
                                  size_t capacity, size_t* written) {
  logpress_context* context = nullptr;
  logpress_code code = logpress_context_new(nullptr, &context);
  if (code == LOGPRESS_OK)
    code = logpress_context_decompress(context, source, size, destination, capacity, written);
  return End(context, code);
}

logpress_code logpress_decompressed_size(const void* source, size_t size, uint64_t* raw_size) {
  return logpress::api::Call(nullptr, [&](const logpress::api::Options&) -> absl::Status {
    if ((source == nullptr && size != 0) || raw_size == nullptr)
      return absl::InvalidArgumentError("a buffer is NULL");
    uint64_t sum = 0;
    LOGPRESS_RETURN_IF_ERROR(ReadingStatus(logpress::archive::WalkFrames(
        ByteView(static_cast<const char*>(source), size),
        [&sum](const logpress::archive::FrameHeader& header, uint64_t, ByteView) {
          sum += header.raw_size;
          return absl::OkStatus();
        })));
    *raw_size = sum;
    return absl::OkStatus();
  });
}

logpress_code logpress_bare_size(const void* source, size_t size, uint64_t* raw_size) {
  if (source == nullptr || raw_size == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  return logpress::archive::GetBareSize({static_cast<const char*>(source), size}, raw_size)
             ? LOGPRESS_OK
             : LOGPRESS_DAMAGED;
}

}  // extern "C"
