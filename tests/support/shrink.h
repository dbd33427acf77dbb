// From an input that shows a fault to a small one that shows it too.
#ifndef LOGPRESS_TESTS_SUPPORT_SHRINK_H_
#define LOGPRESS_TESTS_SUPPORT_SHRINK_H_

#include <functional>
#include <string>

#include "base/bytes.h"

namespace logpress::testing {

// Removes lines, then bytes, for as long as `fails` holds for what is left, and replaces bytes by
// plainer ones ('a', '0'). Delta debugging (Zeller, Hildebrandt 2002): pieces of half the input
// first, then ever smaller ones. Calls `fails` at most `max_calls` times; `fails(input)` must hold.
std::string Shrink(std::string input, const std::function<bool(ByteView)>& fails,
                   int max_calls = 4000);

// The bytes as a C++ string literal, in pieces of a line each; only the first `max_bytes`.
std::string AsLiteral(ByteView bytes, size_t max_bytes = 2000);

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_SUPPORT_SHRINK_H_
