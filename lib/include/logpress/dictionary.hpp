/**
 * @file dictionary.hpp
 * Trained dictionaries.
 */
#ifndef LOGPRESS_DICTIONARY_HPP_
#define LOGPRESS_DICTIONARY_HPP_

#include <logpress/dictionary.h>
#include <logpress/options.h>
#include <logpress/status.h>

#include <cstddef>
#include <cstdint>
#include <logpress/handle.hpp>
#include <logpress/result.hpp>
#include <string>
#include <string_view>

namespace logpress {

/** A trained dictionary, for logpress_options::dictionary. Any number of threads share it. */
class Dictionary {
 public:
  /** The bytes of one of at most `max_size` bytes, made from `samples`; see logpress_train(). */
  static Result<std::string> Train(std::string_view samples, size_t max_size) {
    std::string bytes(max_size, '\0');
    size_t written = 0;
    const logpress_code code =
        logpress_train(samples.data(), samples.size(), bytes.data(), bytes.size(), &written);
    if (code != LOGPRESS_OK) return Error{code, logpress_last_message()};
    bytes.resize(written);
    return bytes;
  }

  /** Loads one. */
  static Result<Dictionary> Load(std::string_view bytes,
                                 const logpress_options& options = Options()) {
    logpress_dictionary* handle = nullptr;
    const logpress_code code =
        logpress_dictionary_new(&options, bytes.data(), bytes.size(), &handle);
    Dictionary dictionary(handle);
    if (code != LOGPRESS_OK) return detail::ErrorOf(code, handle);
    return dictionary;
  }

  /** Its id, by which errors and listings name it. */
  uint64_t id() const { return logpress_dictionary_id(handle_.get()); }
  /** The handle, for the options and the C API. */
  const logpress_dictionary* get() const { return handle_.get(); }

 private:
  explicit Dictionary(logpress_dictionary* handle) : handle_(handle) {}
  detail::Handle<logpress_dictionary> handle_;
};

}  // namespace logpress

#endif  // LOGPRESS_DICTIONARY_HPP_
