/**
 * @file buffers.hpp
 * Whole buffers.
 */
#ifndef LOGPRESS_BUFFERS_HPP_
#define LOGPRESS_BUFFERS_HPP_

#include <logpress/buffers.h>
#include <logpress/options.h>
#include <logpress/status.h>

#include <cstddef>
#include <cstdint>
#include <logpress/handle.hpp>
#include <logpress/result.hpp>
#include <span>
#include <string>
#include <string_view>

namespace logpress {

/** Packs and unpacks buffers, and keeps what that needs. */
class Context {
 public:
  /** Makes one. */
  static Result<Context> New(const logpress_options& options = Options()) {
    logpress_context* handle = nullptr;
    const logpress_code code = logpress_context_new(&options, &handle);
    Context context(handle, options.bare != 0);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return context;
  }

  /** Packs `source` into `destination`, of which the result is the part that was filled. */
  Result<std::span<std::byte>> Compress(std::span<const std::byte> source,
                                        std::span<std::byte> destination) {
    size_t written = 0;
    const logpress_code code =
        logpress_context_compress(handle_.get(), source.data(), source.size(), destination.data(),
                                  destination.size(), &written);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle_.get());
    return destination.first(written);
  }

  /** Unpacks likewise. */
  Result<std::span<std::byte>> Decompress(std::span<const std::byte> source,
                                          std::span<std::byte> destination) {
    size_t written = 0;
    const logpress_code code =
        logpress_context_decompress(handle_.get(), source.data(), source.size(), destination.data(),
                                    destination.size(), &written);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle_.get());
    return destination.first(written);
  }

  /** Packs into a string of its own. */
  Result<std::string> Compress(std::string_view source) {
    std::string packed(static_cast<size_t>(logpress_compress_bound(source.size())), '\0');
    auto written =
        Compress(std::as_bytes(std::span(source)), std::as_writable_bytes(std::span(packed)));
    if (!written) return written.error();
    packed.resize(written->size());
    return packed;
  }

  /**
   * Unpacks into a string of its own, which may have `limit` bytes: what an archive or a bare value
   * says of its size is not to be trusted.
   */
  Result<std::string> Decompress(std::string_view source, uint64_t limit) {
    uint64_t size = 0;
    const auto get_size = bare_ ? logpress_bare_size : logpress_decompressed_size;
    const logpress_code code = get_size(source.data(), source.size(), &size);
    if (code != LOGPRESS_OK) return Error{code, logpress_code_name(code)};
    if (size > limit) return Error{LOGPRESS_MEMORY_LIMIT, "larger than the limit of the call"};
    std::string raw(static_cast<size_t>(size), '\0');
    auto written =
        Decompress(std::as_bytes(std::span(source)), std::as_writable_bytes(std::span(raw)));
    if (!written) return written.error();
    raw.resize(written->size());
    return raw;
  }

  /** Gives back the memory that it keeps from call to call. */
  void Trim() { logpress_context_trim(handle_.get()); }

  /** The handle, for the C API. */
  logpress_context* get() const { return handle_.get(); }

 private:
  Context(logpress_context* handle, bool bare) : handle_(handle), bare_(bare) {}
  detail::Handle<logpress_context> handle_;
  bool bare_;
};

}  // namespace logpress

#endif  // LOGPRESS_BUFFERS_HPP_
