// libcurl, loaded when the first URL is read: a program that reads files neither waits for it nor
// needs it.
#ifndef LOGPRESS_CLI_REMOTE_CURL_LIBRARY_H_
#define LOGPRESS_CLI_REMOTE_CURL_LIBRARY_H_

#include <curl/curl.h>

#include "absl/status/statusor.h"

// The header makes macros of these that check types.
#undef curl_easy_setopt
#undef curl_easy_getinfo

namespace logpress::cli {

struct CurlLibrary {
  decltype(&curl_easy_init) easy_init;
  decltype(&curl_easy_cleanup) easy_cleanup;
  decltype(&curl_easy_setopt) easy_setopt;
  decltype(&curl_easy_perform) easy_perform;
  decltype(&curl_easy_getinfo) easy_getinfo;
  decltype(&curl_easy_strerror) easy_strerror;
  decltype(&curl_slist_append) slist_append;
  decltype(&curl_slist_free_all) slist_free_all;
};

// kUnimplemented with "what; what to do" where there is none.
absl::StatusOr<const CurlLibrary*> LoadCurl();

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_REMOTE_CURL_LIBRARY_H_
