#include "block/dictionary.h"

#include "absl/strings/str_cat.h"

namespace logpress::block {
namespace {

constexpr char kWrongUrl[] = "logpress/dictionary";

}  // namespace

std::string DictionaryName(uint64_t id) { return absl::StrCat(absl::Hex(id, absl::kZeroPad16)); }

absl::Status WrongDictionary(std::string_view needed, const Dictionary& given) {
  const absl::string_view name(needed.data(), needed.size());
  absl::Status status = absl::FailedPreconditionError(
      given == nullptr ? absl::StrCat("it was packed with the dictionary ", name, "; give that one")
                       : absl::StrCat("it was packed with the dictionary ", name, " and not with ",
                                      DictionaryName(given->id()), "; give that one"));
  status.SetPayload(kWrongUrl, absl::Cord());
  return status;
}

bool IsWrongDictionary(const absl::Status& status) {
  return status.GetPayload(kWrongUrl).has_value();
}

}  // namespace logpress::block
