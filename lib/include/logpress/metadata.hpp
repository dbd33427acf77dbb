/**
 * @file metadata.hpp
 * The templates of a block.
 */
#ifndef LOGPRESS_METADATA_HPP_
#define LOGPRESS_METADATA_HPP_

#include <logpress/metadata.h>
#include <logpress/status.h>

#include <cstddef>
#include <cstdint>
#include <logpress/handle.hpp>
#include <string>
#include <string_view>

namespace logpress {

/** What a block holds: see the functions logpress_metadata_...(). */
class Metadata {
 public:
  /** The handle, for the C API. */
  const logpress_metadata* get() const { return handle_.get(); }
  /** How many templates there are. */
  size_t templates() const { return logpress_metadata_templates(handle_.get()); }
  /** How many rows have template `i`; 0 beyond the last. */
  uint64_t rows(size_t i) const {
    logpress_template found = {};
    static_cast<void>(logpress_metadata_template(handle_.get(), i, &found));
    return found.rows;
  }
  /** Whether template `i` stands for the rows that fit none. */
  bool is_exception(size_t i) const {
    return logpress_metadata_is_exception(handle_.get(), i) != 0;
  }
  /** How many different values a column has; 1: a constant, 0: nobody counted them. */
  uint64_t distinct(size_t column) const {
    return logpress_metadata_distinct(handle_.get(), column);
  }
  /** The text of template `i`, with `slot` for every slot. */
  std::string text(size_t i, std::string_view slot = "<*>") const {
    std::string result;
    logpress_template found = {};
    if (logpress_metadata_template(handle_.get(), i, &found) != LOGPRESS_OK) return result;
    for (size_t at = 0; at <= found.slots; ++at) {
      const char* data = nullptr;
      size_t size = 0;
      static_cast<void>(logpress_metadata_literal(handle_.get(), i, at, &data, &size));
      if (at > 0) result += slot;
      result.append(data, size);
    }
    return result;
  }

 private:
  friend class Reader;
  explicit Metadata(logpress_metadata* handle) : handle_(handle) {}
  detail::Handle<logpress_metadata> handle_;
};

}  // namespace logpress

#endif  // LOGPRESS_METADATA_HPP_
