#include "cli/archiving/describe.h"

#include <limits>
#include <string_view>
#include <vector>

#include "cli/format.h"
#include "cli/text.h"
#include "cli/values.h"

namespace logpress::cli::archiving {
namespace {

std::string List(const std::vector<std::string>& words) {
  std::string list;
  for (size_t i = 0; i < words.size(); ++i)
    Append(&list, i == 0 ? "" : i + 1 == words.size() ? " and " : ", ", Printable(words[i]));
  return list;
}

std::string WhatItPacks(const Policy& policy) {
  std::string text = "packs ";
  Append(&text, policy.include.empty() ? "what looks rotated" : List(policy.include), " in ",
         List(policy.paths), policy.recursive ? " and the folders below" : "");
  if (!policy.exclude.empty()) Append(&text, ", but not ", List(policy.exclude));
  if (policy.older_than > 0)
    Append(&text, ", last changed ", TimeText(policy.older_than), " ago or longer");
  if (policy.min_size > 1) Append(&text, ", of at least ", HumanSize(policy.min_size));
  if (policy.max_size < std::numeric_limits<uint64_t>::max())
    Append(&text, ", of at most ", HumanSize(policy.max_size));
  if (policy.repack) text += ", also from gzip, zstd, xz and bzip2";
  if (policy.ignore_open) text += ", also while a program has it open for writing";
  return text + (policy.keep ? "; keeps the logs" : "; removes each log when its archive is safe");
}

}  // namespace

std::string DescribePolicy(const Policy& policy) {
  std::string text;
  const auto line = [&](std::string_view what) {
    Append(&text, Printable(policy.name), ": ", what, "\n");
  };
  line(WhatItPacks(policy));
  if (policy.delete_after)
    line(Cat("deletes archives older than ", TimeText(*policy.delete_after)));
  if (policy.max_total)
    line(Cat("deletes the oldest archives until all take no more than ",
             HumanSize(*policy.max_total)));
  if (!policy.delete_after && !policy.max_total) line("deletes no archive");
  return text;
}

}  // namespace logpress::cli::archiving
