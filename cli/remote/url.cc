#include "cli/format.h"
#include "cli/remote/remote_file.h"

namespace logpress::cli {

bool IsUrl(std::string_view path) {
  return path.starts_with("http://") || path.starts_with("https://");
}

std::string UrlName(std::string_view url) { return Printable(url.substr(0, url.find('?'))); }

}  // namespace logpress::cli
