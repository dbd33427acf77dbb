/**
 * @file handle.hpp
 * The handles of the C API as values that free themselves.
 */
#ifndef LOGPRESS_HANDLE_HPP_
#define LOGPRESS_HANDLE_HPP_

#include <logpress/buffers.h>
#include <logpress/decoder.h>
#include <logpress/dictionary.h>
#include <logpress/lines.h>
#include <logpress/metadata.h>
#include <logpress/options.h>
#include <logpress/reader.h>
#include <logpress/rows.h>
#include <logpress/statements.h>
#include <logpress/status.h>
#include <logpress/writer.h>

#include <logpress/result.hpp>
#include <memory>

namespace logpress {

/** Implementation. */
namespace detail {

struct Free {
  void operator()(logpress_dictionary* handle) const { logpress_dictionary_free(handle); }
  void operator()(logpress_context* handle) const { logpress_context_free(handle); }
  void operator()(logpress_writer* handle) const { logpress_writer_free(handle); }
  void operator()(logpress_decoder* handle) const { logpress_decoder_free(handle); }
  void operator()(logpress_reader* handle) const { logpress_reader_free(handle); }
  void operator()(logpress_lines* handle) const { logpress_lines_free(handle); }
  void operator()(logpress_metadata* handle) const { logpress_metadata_free(handle); }
  void operator()(logpress_statements* handle) const { logpress_statements_free(handle); }
  void operator()(logpress_rows* handle) const { logpress_rows_free(handle); }
};
template <typename T>
using Handle = std::unique_ptr<T, Free>;

inline const char* MessageOf(const logpress_dictionary* handle) {
  return logpress_dictionary_message(handle);
}
inline const char* MessageOf(const logpress_context* handle) {
  return logpress_context_message(handle);
}
inline const char* MessageOf(const logpress_writer* handle) {
  return logpress_writer_message(handle);
}
inline const char* MessageOf(const logpress_decoder* handle) {
  return logpress_decoder_message(handle);
}
inline const char* MessageOf(const logpress_reader* handle) {
  return logpress_reader_message(handle);
}
inline const char* MessageOf(const logpress_lines* handle) {
  return logpress_lines_message(handle);
}
inline const char* MessageOf(const logpress_metadata* handle) {
  return logpress_metadata_message(handle);
}
inline const char* MessageOf(const logpress_statements* handle) {
  return logpress_statements_message(handle);
}
inline const char* MessageOf(const logpress_rows* handle) { return logpress_rows_message(handle); }

template <typename T>
Error ErrorOf(logpress_code code, const T* handle) {
  return {code, MessageOf(handle)};
}

}  // namespace detail

/** The options, all defaults. */
inline logpress_options Options() { return logpress_default_options(); }

}  // namespace logpress

#endif  // LOGPRESS_HANDLE_HPP_
