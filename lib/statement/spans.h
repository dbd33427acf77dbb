// Values that are known by their form alone and may hold delimiters: addresses and paths.
#ifndef LOGPRESS_STATEMENT_SPANS_H_
#define LOGPRESS_STATEMENT_SPANS_H_

#include <cstddef>

#include "base/bytes.h"

namespace logpress::statement {

// The end of such a value that begins at content[begin], or `begin` if none does:
//   00:1b:44:11:3a:b7, fe80::1%eth0      hardware and IPv6 addresses
//   /var/log/a, hdfs://host:9000/a?b=c   paths and URLs with what hangs on them
//   C:\Windows\a                         the same of Windows
//   node.example.org:8080, App.java:12   names with a port or a line
size_t EndOfSpan(ByteView content, size_t begin);

// Whether all of `value` is a hardware or IPv6 address.
bool IsAddress(ByteView value);

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_SPANS_H_
