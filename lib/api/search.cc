// Searching an archive.

#include "search/search.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "api/callbacks.h"
#include "api/handle.h"
#include "api/reader.h"
#include "base/status.h"

namespace {

using logpress::api::CallbackError;
using logpress::api::SetField;
using logpress::api::SizeIsSet;
using logpress::search::FoundLine;
using logpress::search::Pattern;
using logpress::search::SearchOptions;
using logpress::search::SearchResult;

class CallbackTaker : public logpress::search::LineTaker {
 public:
  CallbackTaker(logpress_found_function found, void* opaque) : found_(found), opaque_(opaque) {}
  absl::StatusOr<bool> Take(const FoundLine& line) override {
    const logpress_found found = {line.bytes.data(), line.bytes.size(), line.number, line.offset,
                                  line.selected ? 1 : 0};
    const int result = logpress::api::CallOut([&] { return found_(opaque_, &found); });
    if (result == LOGPRESS_OK || result == LOGPRESS_END) return result == LOGPRESS_OK;
    return CallbackError("taking a line", result);
  }

 private:
  const logpress_found_function found_;
  void* const opaque_;
};

// What a caller, who may have been compiled with another version, has set.
absl::Status ReadOptions(const logpress_search_options* given, logpress_search_options* options) {
  if (given == nullptr) return absl::OkStatus();
  if (!SizeIsSet(given))
    return absl::InvalidArgumentError("search options: struct_size is not set; set it to sizeof");
  const size_t known = std::min(given->struct_size, sizeof(*options));
  std::memcpy(options, given, known);
  const char* const rest = reinterpret_cast<const char*>(given) + known;
  if (std::any_of(rest, rest + (given->struct_size - known), [](char c) { return c != 0; })) {
    return absl::InvalidArgumentError(
        "search options: a field is set that this version of the library does not know");
  }
  if (options->syntax < 0 || options->syntax > LOGPRESS_SYNTAX_FIXED)
    return absl::InvalidArgumentError("search options: use one of logpress_syntax");
  return absl::OkStatus();
}

absl::StatusOr<Pattern> Compile(const char* const* patterns, const size_t* sizes, size_t count,
                                const logpress_search_options& options) {
  std::vector<std::string> all;
  for (size_t i = 0; i < count; ++i) {
    if (patterns == nullptr || patterns[i] == nullptr)
      return absl::InvalidArgumentError("a pattern is NULL");
    all.emplace_back(patterns[i], sizes == nullptr ? std::strlen(patterns[i]) : sizes[i]);
  }
  constexpr logpress::search::Syntax kSyntaxes[] = {logpress::search::Syntax::kExtended,
                                                    logpress::search::Syntax::kBasic,
                                                    logpress::search::Syntax::kFixed};
  return Pattern::Compile(all, {.syntax = kSyntaxes[options.syntax],
                                .ignore_case = options.ignore_case != 0,
                                .whole_words = options.whole_words != 0,
                                .whole_lines = options.whole_lines != 0});
}

SearchOptions Converted(const logpress_reader& reader, const logpress_search_options& options,
                        bool count_only) {
  SearchOptions search;
  search.scan.invert = options.invert != 0;
  if (options.max_count != 0) search.scan.max_count = options.max_count;
  search.scan.before = options.before;
  search.scan.after = options.after;
  search.scan.count_only = count_only;
  search.scan.binary = logpress::search::Binary::kText;
  search.scan.memory_limit = reader.index->memory_limit();
  search.offsets = options.offsets != 0;
  search.threads = reader.threads;
  search.executor = reader.executor;
  search.selection.first = options.first_line;
  if (options.lines != 0 && options.lines < ~uint64_t{0} - options.first_line)
    search.selection.end = options.first_line + options.lines;
  if (options.between != 0) search.selection.between.emplace(options.from, options.to);
  search.selection.check_all = reader.check_all;
  return search;
}

void Fill(const SearchResult& result, logpress_search_stats* stats) {
  SetField(stats, &logpress_search_stats::selected, result.scan.selected);
  SetField(stats, &logpress_search_stats::blocks, result.stats.blocks);
  SetField(stats, &logpress_search_stats::blocks_skipped, result.stats.blocks_skipped);
  SetField(stats, &logpress_search_stats::lines, result.stats.lines);
  SetField(stats, &logpress_search_stats::lines_looked_at, result.stats.lines_handed_on);
}

}  // namespace

extern "C" logpress_code logpress_search(logpress_reader* reader, const char* const* patterns,
                                         const size_t* sizes, size_t count,
                                         const logpress_search_options* options,
                                         logpress_found_function found, void* opaque,
                                         logpress_search_stats* stats) {
  if (reader == nullptr || (stats != nullptr && !SizeIsSet(stats)))
    return LOGPRESS_INVALID_ARGUMENT;
  SearchResult result;
  if (stats != nullptr) Fill(result, stats);
  if (reader->start != LOGPRESS_OK) return reader->start;
  const logpress_code code = logpress::api::Guard(reader, [&]() -> absl::Status {
    logpress_search_options all = {};
    LOGPRESS_RETURN_IF_ERROR(ReadOptions(options, &all));
    LOGPRESS_ASSIGN_OR_RETURN(const Pattern pattern, Compile(patterns, sizes, count, all));
    CallbackTaker taker(found, opaque);
    return SearchArchive(reader->index.get(), pattern, Converted(*reader, all, found == nullptr),
                         &taker, &result);
  });
  if (stats != nullptr) Fill(result, stats);
  return code;
}
