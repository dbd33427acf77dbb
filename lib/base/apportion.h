// Divides a whole into whole shares.
#ifndef LOGPRESS_BASE_APPORTION_H_
#define LOGPRESS_BASE_APPORTION_H_

#include <cstdint>
#include <span>

namespace logpress {

// Replaces `shares`, of which the sum must be below 2^64, by numbers in the same proportions that
// add up to `total` exactly: each is rounded down, and what is left over goes one by one to those
// that lost most (the method of the largest remainder; of equals the first). When all shares are 0
// they stay so.
void Apportion(uint64_t total, std::span<uint64_t> shares);

}  // namespace logpress

#endif  // LOGPRESS_BASE_APPORTION_H_
