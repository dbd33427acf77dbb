// Walks through lines.

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "api/handle.h"
#include "api/reader.h"
#include "archive/line_cursor.h"
#include "base/status.h"

struct logpress_lines : logpress::api::Handle {
  std::optional<logpress::archive::LineCursor> cursor;
};

namespace {

using logpress::api::Guard;
using logpress::archive::Line;
using logpress::archive::LineCursor;
using logpress::archive::LineSelection;

void Fill(const Line& found, logpress_line* line) {
  line->data = found.bytes.data();
  line->size = found.bytes.size();
  line->number = found.number;
  line->time_kind = static_cast<int>(found.time.kind);
  line->time = found.time.begin;
}

logpress_code Step(logpress_lines* lines, absl::StatusOr<bool> (LineCursor::*step)(Line*),
                   logpress_line* line) {
  if (lines == nullptr || line == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  if (lines->start != LOGPRESS_OK) return lines->start;
  bool end = false;
  const logpress_code code = Guard(lines, [&]() -> absl::Status {
    Line found;
    LOGPRESS_ASSIGN_OR_RETURN(const bool any, ((*lines->cursor).*step)(&found));
    end = !any;
    if (end) return absl::OkStatus();
    Fill(found, line);
    return absl::OkStatus();
  });
  return code == LOGPRESS_OK && end ? LOGPRESS_END : code;
}

// A walk through what `select(reader, &selection)` selects.
template <typename Select>
logpress_code Walk(logpress_reader* reader, logpress_lines** lines, const Select& select) {
  return MakeHandle(lines, PrepareFrom(reader), [&](logpress_lines* made) -> absl::Status {
    logpress::archive::LineSelection selection;
    selection.check_all = reader->check_all;
    LOGPRESS_RETURN_IF_ERROR(select(reader->index->lines(), &selection));
    made->cursor.emplace(&*reader->blocks, selection);
    return absl::OkStatus();
  });
}

}  // namespace

extern "C" {

logpress_code logpress_reader_lines(logpress_reader* reader, uint64_t first, uint64_t count,
                                    logpress_lines** lines) {
  return Walk(reader, lines, [&](uint64_t all, LineSelection* selection) {
    if (first > all) {
      return absl::OutOfRangeError(
          absl::StrCat("there is no line ", first, "; the archive has ", all, " lines"));
    }
    selection->first = first;
    selection->end = first + std::min(count, all - first);
    return absl::OkStatus();
  });
}

logpress_code logpress_reader_lines_between(logpress_reader* reader, int64_t from, int64_t to,
                                            logpress_lines** lines) {
  return Walk(reader, lines, [&](uint64_t, LineSelection* selection) {
    selection->between.emplace(from, to);
    return absl::OkStatus();
  });
}

logpress_code logpress_lines_next(logpress_lines* lines, logpress_line* line) {
  return Step(lines, &LineCursor::Next, line);
}

logpress_code logpress_lines_next_many(logpress_lines* lines, logpress_line* found, size_t count,
                                       size_t* filled) {
  if (filled == nullptr || count == 0) return LOGPRESS_INVALID_ARGUMENT;
  *filled = 0;
  const logpress_code code = logpress_lines_next(lines, found);
  if (code != LOGPRESS_OK) return code;
  *filled = 1;
  // What is filled is filled: should memory end here, the next call says so.
  static_cast<void>(Guard(lines, [&]() -> absl::Status {
    Line next;
    for (const logpress_line* last = found; *filled < count; last = &found[(*filled)++]) {
      if (!lines->cursor->NextBehind(last->data + last->size, &next)) break;
      Fill(next, &found[*filled]);
    }
    return absl::OkStatus();
  }));
  return LOGPRESS_OK;
}

logpress_code logpress_lines_previous(logpress_lines* lines, logpress_line* line) {
  return Step(lines, &LineCursor::Previous, line);
}

void logpress_lines_to_first(logpress_lines* lines) {
  if (lines != nullptr && lines->cursor) lines->cursor->ToFirst();
}

void logpress_lines_to_last(logpress_lines* lines) {
  if (lines != nullptr && lines->cursor) lines->cursor->ToLast();
}

const char* logpress_lines_message(const logpress_lines* lines) {
  return lines == nullptr ? "" : lines->error.message();
}

void logpress_lines_free(logpress_lines* lines) { delete lines; }

}  // extern "C"
