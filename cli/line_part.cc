#include "cli/line_part.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "archive/line_cursor.h"
#include "archive/reader.h"
#include "base/status.h"
#include "cli/library.h"
#include "cli/text.h"
#include "logpress/time.h"

namespace logpress::cli {
namespace {

// Bytes that are written at once.
constexpr size_t kWriteSize = size_t{256} << 10;

absl::Status Wrong(std::string_view what) { return absl::InvalidArgumentError(Cat(what)); }

template <typename Number>
bool ReadWhole(std::string_view text, Number* number) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, *number);
  return error == std::errc() && stop == end;
}

}  // namespace

std::optional<time::TimeRange> LinePart::between() const {
  if (!from && !to) return std::nullopt;
  return time::TimeRange(from.value_or(std::numeric_limits<int64_t>::min()),
                         to.value_or(std::numeric_limits<int64_t>::max()));
}

absl::Status ParseLines(std::string_view text, LinePart* part) {
  const size_t dash = text.find('-');
  const std::string_view last = dash == std::string_view::npos ? text : text.substr(dash + 1);
  uint64_t first = 0;
  uint64_t end = ~uint64_t{0};
  const bool sound = ReadWhole(text.substr(0, dash), &first) &&
                     (last.empty() || ReadWhole(last, &end)) && first >= 1 && first <= end;
  if (!sound) return Wrong("no range of lines; give A-B, A- or A, counted from 1");
  part->first = first - 1;
  part->end = end;
  return absl::OkStatus();
}

absl::StatusOr<int64_t> ParseInstant(std::string_view text) {
  constexpr int64_t kMicros = 1'000'000;
  int64_t seconds = 0;
  if (text.starts_with('@') && ReadWhole(text.substr(1), &seconds) &&
      std::abs(seconds) < std::numeric_limits<int64_t>::max() / kMicros) {
    return seconds * kMicros;
  }
  // As the begin of a log's line; a place counts only where two lines have it.
  const std::string line = Cat(text, "\n");
  const std::string twice = line + line;
  logpress_time time{};
  const logpress_code code = logpress_times_of_lines(twice.data(), twice.size(), 0, &time, nullptr);
  if (code == LOGPRESS_OUT_OF_MEMORY) return StatusOf(code, logpress_last_message());
  if (time.kind == LOGPRESS_TIME_INSTANT) return time.begin;
  return Wrong(
      "no date with or without a time; give it as logs print it, such as 2024-05-31 or "
      "2024-05-31T23:59:00+02:00, or as @ and seconds since 1970");
}

absl::Status WritePart(archive::BlockCache* blocks, const LinePart& part, ByteSink* sink) {
  archive::LineSelection selection = part.selection();
  selection.end = std::min(part.end, blocks->index()->lines());
  selection.first = std::min(part.first, selection.end);
  const uint64_t count = part.head.value_or(part.tail.value_or(~uint64_t{0}));
  if (!selection.between && count < selection.end - selection.first) {
    // Then the cursor knows where to begin, and a block is not decoded beyond the end.
    if (part.head) selection.end = selection.first + count;
    if (part.tail) selection.first = selection.end - count;
  }
  archive::LineCursor cursor(blocks, selection);
  archive::Line line;
  if (selection.between && part.tail) {
    cursor.ToLast();
    for (uint64_t back = 0; back < count; ++back) {
      LOGPRESS_ASSIGN_OR_RETURN(const bool any, cursor.Previous(&line));
      if (!any) break;
    }
  }
  ByteBuffer out;
  for (uint64_t written = 0; written < count; ++written) {
    const absl::StatusOr<bool> any = cursor.Next(&line);
    if (any.ok() && *any) out.append(line.bytes);
    const bool over = !any.ok() || !*any;
    // What stands before a damaged place is written all the same.
    if (over || out.size() >= kWriteSize) {
      LOGPRESS_RETURN_IF_ERROR(sink->Write(out));
      out.clear();
    }
    if (over) return any.status();
  }
  return sink->Write(out);
}

PartFilter::PartFilter(const LinePart& part, uint64_t memory_limit, ByteSink* sink)
    : head_(part.head),
      tail_count_(part.tail),
      memory_limit_(memory_limit == 0 ? archive::kDefaultMemoryLimit : memory_limit),
      sink_(sink),
      lines_(part.selection(), memory_limit, this) {}

absl::Status PartFilter::Write(ByteView bytes) {
  absl::Status status = lines_.Write(bytes);
  // Somebody may be waiting for what a pipe gave so far.
  LOGPRESS_RETURN_IF_ERROR(WriteOut());
  return status;
}

absl::Status PartFilter::Finish() {
  LOGPRESS_RETURN_IF_ERROR(lines_.Finish());
  for (const ByteBuffer& line : tail_) {
    out_.append(line);
    if (out_.size() >= kWriteSize) LOGPRESS_RETURN_IF_ERROR(WriteOut());
  }
  return WriteOut();
}

absl::StatusOr<bool> PartFilter::Lines(uint64_t /*number*/, uint64_t /*offset*/, ByteView bytes) {
  while (!bytes.empty() && !(head_ && emitted_ >= *head_)) {
    const size_t newline = bytes.find('\n');
    const size_t size = newline == ByteView::npos ? bytes.size() : newline + 1;
    LOGPRESS_RETURN_IF_ERROR(Emit(bytes.substr(0, size)));
    bytes.remove_prefix(size);
  }
  return !head_ || emitted_ < *head_;
}

absl::Status PartFilter::Emit(ByteView line) {
  ++emitted_;
  if (!tail_count_) {
    out_.append(line);
    return out_.size() < kWriteSize ? absl::OkStatus() : WriteOut();
  }
  tail_.emplace_back(line);
  tail_bytes_ += line.size();
  if (tail_.size() > *tail_count_) {
    tail_bytes_ -= tail_.front().size();
    tail_.pop_front();
  }
  if (tail_bytes_ <= memory_limit_) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      Cat("the last ", *tail_count_, " lines are more than the memory limit of ", memory_limit_,
          " bytes; raise it with --memory-limit=SIZE"));
}

absl::Status PartFilter::WriteOut() {
  if (out_.empty()) return absl::OkStatus();
  absl::Status status = sink_->Write(out_);
  out_.clear();
  return status;
}

}  // namespace logpress::cli
