/**
 * @file decoder.hpp
 * Unpacking a stream.
 */
#ifndef LOGPRESS_DECODER_HPP_
#define LOGPRESS_DECODER_HPP_

#include <logpress/decoder.h>
#include <logpress/options.h>
#include <logpress/status.h>

#include <cstddef>
#include <logpress/handle.hpp>
#include <logpress/result.hpp>
#include <span>

namespace logpress {

/** Unpacks a stream whose bytes are put in as they come. */
class Decoder {
 public:
  /** Makes one. */
  static Result<Decoder> New(const logpress_options& options = Options()) {
    logpress_decoder* handle = nullptr;
    const logpress_code code = logpress_decoder_new(&options, &handle);
    Decoder decoder(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return decoder;
  }

  /** What a call came to. */
  struct Step {
    std::span<std::byte> raw; /**< The part of the destination that was filled. */
    bool end = false;         /**< The archive ended, or (Finish) the stream. */
  };

  /**
   * Takes bytes off the front of `*packed` and fills `destination`; see
   * logpress_decoder_decompress().
   */
  Result<Step> Decompress(std::span<const std::byte>* packed, std::span<std::byte> destination) {
    size_t consumed = 0;
    size_t written = 0;
    const logpress_code code =
        logpress_decoder_decompress(handle_.get(), packed->data(), packed->size(), &consumed,
                                    destination.data(), destination.size(), &written);
    *packed = packed->subspan(consumed);
    return Done(code, destination.first(written));
  }

  /** No bytes follow; gives what is left. */
  Result<Step> Finish(std::span<std::byte> destination) {
    size_t written = 0;
    const logpress_code code =
        logpress_decoder_finish(handle_.get(), destination.data(), destination.size(), &written);
    return Done(code, destination.first(written));
  }

  /** The handle, for the C API. */
  logpress_decoder* get() const { return handle_.get(); }

 private:
  explicit Decoder(logpress_decoder* handle) : handle_(handle) {}
  Result<Step> Done(logpress_code code, std::span<std::byte> raw) {
    if (code != LOGPRESS_OK && code != LOGPRESS_END) return detail::ErrorOf(code, handle_.get());
    return Step{raw, code == LOGPRESS_END};
  }
  detail::Handle<logpress_decoder> handle_;
};

}  // namespace logpress

#endif  // LOGPRESS_DECODER_HPP_
