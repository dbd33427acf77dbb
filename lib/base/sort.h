// Sorting without memory: std::stable_sort takes some at every call.
#ifndef LOGPRESS_BASE_SORT_H_
#define LOGPRESS_BASE_SORT_H_

#include <algorithm>
#include <iterator>

namespace logpress {

// As std::stable_sort, for lists so short that their square does not matter.
template <typename Iterator, typename Before>
void StableSortFew(Iterator begin, Iterator end, const Before& before) {
  for (Iterator at = begin; at != end; ++at)
    std::rotate(std::upper_bound(begin, at, *at, before), at, std::next(at));
}

}  // namespace logpress

#endif  // LOGPRESS_BASE_SORT_H_
