#include "search/line_scanner.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "archive/reader.h"
#include "base/newlines.h"
#include "base/status.h"

namespace logpress::search {
namespace {

constexpr size_t kNone = ByteView::npos;

// Behind the line that begins at `at`.
size_t LineEnd(ByteView bytes, size_t at) {
  const size_t newline = bytes.find('\n', at);
  return newline == kNone ? bytes.size() : newline + 1;
}

size_t LineBegin(ByteView bytes, size_t at) {
  const size_t newline = at == 0 ? kNone : bytes.rfind('\n', at - 1);
  return newline == kNone ? 0 : newline + 1;
}

}  // namespace

LineScanner::LineScanner(const Pattern& pattern, const ScanOptions& options, LineTaker* taker)
    : pattern_(pattern), options_(options), taker_(taker) {}

absl::StatusOr<bool> LineScanner::Lines(uint64_t number, uint64_t offset, ByteView bytes) {
  if (over()) return false;
  if (options_.binary == Binary::kText) {
    decided_ = offset + bytes.size();
  } else if (!binary_) {
    // What was not handed on holds no NUL.
    const size_t nul = bytes.find('\0');
    const uint64_t seen = offset + (nul == kNone ? bytes.size() : nul);
    decided_ = std::max(decided_, seen / kBinaryPiece * kBinaryPiece);
    LOGPRESS_RETURN_IF_ERROR(DeliverHeld(decided_));
    if (nul != kNone) {
      const size_t begin = LineBegin(bytes, nul);
      Run run{number, offset, bytes.substr(0, begin)};
      if (!over()) LOGPRESS_RETURN_IF_ERROR(ScanText(&run));
      if (over()) return false;
      BecomeBinary();
      bytes.remove_prefix(begin);
    }
  }
  if (over()) return false;
  if (binary_) {
    ScanBinary(bytes);
  } else {
    Run run{number, offset, bytes};
    LOGPRESS_RETURN_IF_ERROR(ScanText(&run));
  }
  return !over();
}

absl::StatusOr<bool> LineScanner::Matched(uint64_t lines) {
  result_.selected += std::min(lines, options_.max_count - result_.selected);
  return !over();
}

// Where the first selected line at or behind `at` begins.
size_t LineScanner::NextSelected(Run* run, size_t at) const {
  if (!options_.invert) return pattern_.FindLine(run->bytes, at);
  while (at < run->bytes.size()) {
    if (!run->hit_known || run->hit < at) {
      run->hit = pattern_.FindLine(run->bytes, at);
      run->hit_known = true;
    }
    if (run->hit != at) return at;
    at = LineEnd(run->bytes, at);
  }
  return kNone;
}

absl::Status LineScanner::ScanText(Run* run) {
  for (size_t at = 0; at < run->bytes.size() && !over();) {
    const size_t found = enough() ? kNone : NextSelected(run, at);
    const size_t begin = std::min(found, run->bytes.size());
    if (after_left_ > 0) LOGPRESS_RETURN_IF_ERROR(ShowAfter(run, &at, begin));
    if (found == kNone) break;
    ++result_.selected;
    const size_t end = LineEnd(run->bytes, begin);
    selected_to_ = run->offset + end;
    if (options_.wants_lines()) {
      LOGPRESS_RETURN_IF_ERROR(ShowBefore(run, begin));
      LOGPRESS_RETURN_IF_ERROR(ShowAt(run, begin, end, true, end));
      after_left_ = options_.after;
    }
    at = end;
  }
  if (options_.before > 0 && options_.wants_lines()) KeepBefore(*run);
  return CheckWaiting();
}

// The lines from *at on, up to `end`, that are context of the line before.
absl::Status LineScanner::ShowAfter(Run* run, size_t* at, size_t end) {
  for (; after_left_ > 0 && *at < end; --after_left_) {
    const size_t next = LineEnd(run->bytes, *at);
    LOGPRESS_RETURN_IF_ERROR(ShowAt(run, *at, next, false, next));
    *at = next;
  }
  return absl::OkStatus();
}

// The lines before `at` that are context of the line there, as far as they were not shown.
absl::Status LineScanner::ShowBefore(Run* run, size_t at) {
  const size_t shown_with = LineEnd(run->bytes, at);
  size_t begin = at;
  uint64_t lines = 0;
  while (lines < options_.before && begin > 0 && run->offset + begin > shown_to_) {
    begin = LineBegin(run->bytes, begin - 1);
    ++lines;
  }
  if (begin == 0) {
    const uint64_t more = std::min<uint64_t>(options_.before - lines, before_.size());
    for (size_t i = before_.size() - static_cast<size_t>(more); i < before_.size(); ++i) {
      const Held& held = before_[i];
      LOGPRESS_RETURN_IF_ERROR(
          Show({held.bytes, held.number, held.offset, false}, run->offset + shown_with));
    }
  }
  for (const Held& held : before_) waiting_ -= held.bytes.size();
  before_.clear();
  while (begin < at) {
    const size_t end = LineEnd(run->bytes, begin);
    LOGPRESS_RETURN_IF_ERROR(ShowAt(run, begin, end, false, shown_with));
    begin = end;
  }
  return absl::OkStatus();
}

// Keeps the last lines of the run, which may be context of lines of the next one.
void LineScanner::KeepBefore(const Run& run) {
  size_t begin = run.bytes.size();
  uint64_t lines = 0;
  while (lines < options_.before && begin > 0 && run.offset + begin > shown_to_) {
    begin = LineBegin(run.bytes, begin - 1);
    ++lines;
  }
  uint64_t number = run.number + CountNewlines(run.bytes.substr(run.counted, begin - run.counted));
  if (begin < run.counted)
    number = run.number - CountNewlines(run.bytes.substr(begin, run.counted - begin));
  while (begin < run.bytes.size()) {
    const size_t end = LineEnd(run.bytes, begin);
    before_.push_back(
        {ByteBuffer(run.bytes.substr(begin, end - begin)), number++, run.offset + begin, false, 0});
    waiting_ += end - begin;
    begin = end;
  }
  while (before_.size() > options_.before) {
    waiting_ -= before_.front().bytes.size();
    before_.pop_front();
  }
}

absl::Status LineScanner::ShowAt(Run* run, size_t begin, size_t end, bool selected,
                                 size_t shown_with) {
  run->number += CountNewlines(run->bytes.substr(run->counted, begin - run->counted));
  run->counted = begin;
  return Show({run->bytes.substr(begin, end - begin), run->number, run->offset + begin, selected},
              run->offset + shown_with);
}

absl::Status LineScanner::Show(const FoundLine& line, uint64_t shown_with) {
  shown_to_ = line.offset + line.bytes.size();
  if (shown_with <= decided_) return Deliver(line);
  held_.push_back({ByteBuffer(line.bytes), line.number, line.offset, line.selected, shown_with});
  waiting_ += line.bytes.size();
  return CheckWaiting();
}

absl::Status LineScanner::Deliver(const FoundLine& line) {
  if (stopped_) return absl::OkStatus();
  LOGPRESS_ASSIGN_OR_RETURN(const bool more, taker_->Take(line));
  stopped_ = !more;
  return absl::OkStatus();
}

// Those of the lines that wait which are shown with lines that end at or before `end`.
absl::Status LineScanner::DeliverHeld(uint64_t end) {
  while (!held_.empty() && held_.front().shown_with <= end) {
    const Held& held = held_.front();
    LOGPRESS_RETURN_IF_ERROR(Deliver({held.bytes, held.number, held.offset, held.selected}));
    waiting_ -= held.bytes.size();
    held_.pop_front();
  }
  return absl::OkStatus();
}

absl::Status LineScanner::CheckWaiting() const {
  const uint64_t limit =
      options_.memory_limit == 0 ? archive::kDefaultMemoryLimit : options_.memory_limit;
  if (waiting_ <= limit) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat("lines that wait for others are more than the memory limit of ", limit,
                   " bytes; ask for less context, or raise the memory limit"));
}

// The first NUL was found.
void LineScanner::BecomeBinary() {
  binary_ = true;
  uint64_t kept_back = 0;
  for (const Held& held : held_) {
    kept_back += held.selected ? 1 : 0;
    waiting_ -= held.bytes.size();
  }
  held_.clear();
  after_left_ = 0;
  if (options_.binary == Binary::kNoMatch) {
    result_.selected = 0;
    stopped_ = true;
  } else if (!options_.count_only && kept_back > 0) {
    result_.binary_matches = true;
    stopped_ = true;
  }
}

// Whole lines of a binary log, in which NUL ends lines too.
void LineScanner::ScanBinary(ByteView bytes) {
  ByteBuffer zapped(bytes);
  std::replace(zapped.begin(), zapped.end(), '\0', '\n');
  Run run{0, 0, zapped};
  for (size_t at = 0; at < zapped.size() && !over();) {
    at = NextSelected(&run, at);
    if (at == kNone) break;
    ++result_.selected;
    // Who shows no lines is told once.
    if (!options_.count_only) result_.binary_matches = stopped_ = true;
    at = LineEnd(zapped, at);
  }
}

absl::Status LineScanner::Release() {
  if (binary_) return absl::OkStatus();
  return DeliverHeld(~uint64_t{0});
}

absl::Status LineScanner::Finish() { return Release(); }

}  // namespace logpress::search
