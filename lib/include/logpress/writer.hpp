/**
 * @file writer.hpp
 * Packing a stream.
 */
#ifndef LOGPRESS_WRITER_HPP_
#define LOGPRESS_WRITER_HPP_

#include <logpress/options.h>
#include <logpress/status.h>
#include <logpress/writer.h>

#include <cstddef>
#include <logpress/handle.hpp>
#include <logpress/result.hpp>
#include <span>
#include <string>
#include <string_view>

namespace logpress {

/** Packs a stream. */
class Writer {
 public:
  /** Writes the file `path`; `mode` says what becomes of one that is there. */
  static Result<Writer> Open(const std::string& path, logpress_open_mode mode,
                             const logpress_options& options = Options()) {
    logpress_writer* handle = nullptr;
    const logpress_code code = logpress_writer_open(&options, path.c_str(), mode, &handle);
    Writer writer(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return writer;
  }

  /**
   * Hands the archive to `*sink`, which has `bool Write(std::span<const std::byte>)`, must not
   * throw and must outlive the writer.
   */
  template <typename Sink>
  static Result<Writer> New(Sink* sink, const logpress_options& options = Options()) {
    const auto write = [](void* opaque, const void* data, size_t size) noexcept {
      const std::span bytes(static_cast<const std::byte*>(data), size);
      return static_cast<Sink*>(opaque)->Write(bytes) ? 0 : -1;
    };
    logpress_writer* handle = nullptr;
    const logpress_code code = logpress_writer_new(&options, write, sink, &handle);
    Writer writer(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return writer;
  }

  /** Appends bytes, in pieces of any size. */
  Result<void> Append(std::string_view bytes) {
    return Done(logpress_writer_append(handle_.get(), bytes.data(), bytes.size()));
  }
  /** Ends the block here. */
  Result<void> Flush() { return Done(logpress_writer_flush(handle_.get())); }
  /** Ends the archive. */
  Result<void> Finish() { return Done(logpress_writer_finish(handle_.get())); }

  /** The handle, for the C API. */
  logpress_writer* get() const { return handle_.get(); }

 private:
  explicit Writer(logpress_writer* handle) : handle_(handle) {}
  Result<void> Done(logpress_code code) {
    if (code == LOGPRESS_OK) return {};
    return detail::ErrorOf(code, handle_.get());
  }
  detail::Handle<logpress_writer> handle_;
};

}  // namespace logpress

#endif  // LOGPRESS_WRITER_HPP_
