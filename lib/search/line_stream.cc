#include "search/line_stream.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "archive/reader.h"
#include "base/newlines.h"
#include "base/status.h"

namespace logpress::search {
namespace {

// Bytes in which the places of timestamps are looked for.
constexpr size_t kTimeSample = size_t{1} << 20;

// Behind the line that begins at `at`.
size_t LineEnd(ByteView bytes, size_t at) {
  const size_t newline = bytes.find('\n', at);
  return newline == ByteView::npos ? bytes.size() : newline + 1;
}

}  // namespace

LineStream::LineStream(const archive::LineSelection& selection, uint64_t memory_limit,
                       LineConsumer* consumer)
    : selection_(selection),
      memory_limit_(memory_limit == 0 ? archive::kDefaultMemoryLimit : memory_limit),
      consumer_(consumer),
      done_(selection.first >= selection.end) {}

absl::Status LineStream::Write(ByteView bytes) {
  // Lines that came whole are handed on where they are.
  const bool sampling = selection_.between.has_value();
  if (!pending_.empty() || sampling) {
    const size_t newline = bytes.find('\n');
    const size_t taken = sampling || newline == ByteView::npos ? bytes.size() : newline + 1;
    pending_.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    const size_t whole = pending_.rfind('\n') + 1;  // npos + 1 is 0
    if (whole > 0 && (!sampling || pending_.size() >= kTimeSample)) {
      LOGPRESS_RETURN_IF_ERROR(TakeAll(ByteView(pending_).substr(0, whole)));
      pending_.erase(0, whole);
    }
  }
  const size_t whole = bytes.rfind('\n') + 1;
  if (whole > 0) LOGPRESS_RETURN_IF_ERROR(TakeAll(bytes.substr(0, whole)));
  pending_.append(bytes.substr(whole));
  if (pending_.size() > memory_limit_ && !done_) {
    return absl::ResourceExhaustedError(
        absl::StrCat("line ", number_ + 1, " is longer than the memory limit of ", memory_limit_,
                     " bytes; raise it with --memory-limit=SIZE"));
  }
  return done_ ? absl::CancelledError("no more lines are wanted") : absl::OkStatus();
}

absl::Status LineStream::Finish() {
  if (!done_ && !pending_.empty()) LOGPRESS_RETURN_IF_ERROR(TakeAll(pending_));
  pending_.clear();
  return absl::OkStatus();
}

// The lines of the log that come next.
absl::Status LineStream::TakeAll(ByteView lines) {
  if (done_) return absl::OkStatus();
  if (selection_.between) {
    clock_ = time::LineClock(time::FindTimePlaces(lines));
    if (time_.kind == time::TimeKind::kNone) FindFirstTime(lines);
  }
  const bool all = selection_.first == 0 && selection_.end == ~uint64_t{0} && !selection_.between;
  if (!all) return TakeSome(lines);
  const uint64_t number = number_;
  number_ += CountNewlines(lines) + (lines.back() == '\n' ? 0 : 1);
  return HandOn(number, lines);
}

// Lines before the first that has a time belong to that.
void LineStream::FindFirstTime(ByteView lines) {
  const char* const all_end = lines.data() + lines.size();
  for (size_t at = 0; at < lines.size() && time_.kind == time::TimeKind::kNone;) {
    const size_t end = LineEnd(lines, at);
    time_ = clock_.TimeOf(lines.data() + at, lines.data() + end, all_end);
    at = end;
  }
}

bool LineStream::Selected(ByteView line, const char* readable_end) {
  if (selection_.between) {
    const time::LineTime own = clock_.TimeOf(line.data(), line.data() + line.size(), readable_end);
    if (own.kind != time::TimeKind::kNone) time_ = own;
  }
  return number_ >= selection_.first && number_ < selection_.end &&
         (!selection_.between || selection_.between->Meets(time_));
}

// Hands on those of the selection, as many as stand together at once.
absl::Status LineStream::TakeSome(ByteView lines) {
  size_t begin = 0;
  uint64_t number = number_;
  size_t at = 0;
  while (at < lines.size() && number_ < selection_.end) {
    const size_t end = LineEnd(lines, at);
    const bool selected = Selected(lines.substr(at, end - at), lines.data() + lines.size());
    ++number_;
    if (!selected) {
      LOGPRESS_RETURN_IF_ERROR(HandOn(number, lines.substr(begin, at - begin)));
      if (done_) return absl::OkStatus();
      offset_ += end - at;
      begin = end;
      number = number_;
    }
    at = end;
  }
  LOGPRESS_RETURN_IF_ERROR(HandOn(number, lines.substr(begin, at - begin)));
  done_ = done_ || number_ >= selection_.end;
  return absl::OkStatus();
}

absl::Status LineStream::HandOn(uint64_t number, ByteView lines) {
  if (lines.empty()) return absl::OkStatus();
  LOGPRESS_ASSIGN_OR_RETURN(const bool more, consumer_->Lines(number, offset_, lines));
  offset_ += lines.size();
  done_ = !more;
  return absl::OkStatus();
}

}  // namespace logpress::search
