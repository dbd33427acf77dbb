#include "cli/remote/curl_library.h"

#include <dlfcn.h>

namespace logpress::cli {
namespace {

// Null when one is missing.
template <typename Function>
bool Find(void* library, const char* name, Function* function) {
  *function = reinterpret_cast<Function>(dlsym(library, name));
  return *function != nullptr;
}

bool Load(CurlLibrary* curl) {
  for (const char* const name : {"libcurl.so.4", "libcurl-gnutls.so.4"}) {
    void* const library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) continue;
    decltype(&curl_global_init) global_init = nullptr;
    return Find(library, "curl_global_init", &global_init) &&
           Find(library, "curl_easy_init", &curl->easy_init) &&
           Find(library, "curl_easy_cleanup", &curl->easy_cleanup) &&
           Find(library, "curl_easy_setopt", &curl->easy_setopt) &&
           Find(library, "curl_easy_perform", &curl->easy_perform) &&
           Find(library, "curl_easy_getinfo", &curl->easy_getinfo) &&
           Find(library, "curl_easy_strerror", &curl->easy_strerror) &&
           Find(library, "curl_slist_append", &curl->slist_append) &&
           Find(library, "curl_slist_free_all", &curl->slist_free_all) &&
           global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  }
  return false;
}

}  // namespace

absl::StatusOr<const CurlLibrary*> LoadCurl() {
  static CurlLibrary curl;
  static const bool loaded = Load(&curl);
  if (loaded) return &curl;
  return absl::UnimplementedError("libcurl.so.4 is needed to read it; install libcurl4");
}

}  // namespace logpress::cli
