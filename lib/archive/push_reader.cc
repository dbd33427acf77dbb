#include "archive/push_reader.h"

#include <algorithm>
#include <cstring>

namespace logpress::archive {

absl::StatusOr<size_t> PushReader::Source::Read(char* buffer, size_t size) {
  if (rest.empty() && !ended) return absl::UnavailableError("");
  const size_t given = rest.copy(buffer, size);
  rest.remove_prefix(given);
  return given;
}

absl::StatusOr<PushReader::State> PushReader::Read(ByteView* packed, char* raw, size_t capacity,
                                                   size_t* written) {
  source_.rest = *packed;
  absl::StatusOr<State> state = Run(packed->empty(), raw, capacity, written);
  *packed = source_.rest;
  source_.rest = ByteView();
  return state;
}

absl::StatusOr<PushReader::State> PushReader::Finish(char* raw, size_t capacity, size_t* written) {
  source_.ended = true;
  at_end_of_archive_ = false;
  return Run(/*flush=*/false, raw, capacity, written);
}

absl::StatusOr<PushReader::State> PushReader::Run(bool flush, char* raw, size_t capacity,
                                                  size_t* written) {
  *written = 0;
  starved_ = false;
  for (;;) {
    const size_t given = std::min(capacity - *written, output_.size() - taken_);
    if (given > 0) std::memcpy(raw + *written, output_.data() + taken_, given);
    *written += given;
    taken_ += given;
    if (taken_ < output_.size()) return State::kMore;
    output_.clear();
    taken_ = 0;
    if (over_) {
      if (last_word_.ok()) return State::kEnd;
      // An error comes alone, for whoever looks at the bytes only when there is none.
      if (*written > 0) return State::kMore;
      return last_word_;
    }
    if (at_end_of_archive_) {
      at_end_of_archive_ = false;
      return State::kEndOfArchive;
    }
    if (starved_ && !flush) return State::kMore;
    if (starved_) {
      // The blocks in flight, and then it is the same again.
      flush = false;
      if (absl::Status status = reader_.Flush(); !status.ok()) End(status);
      continue;
    }
    Step();
  }
}

// Reads a section, or as much of one as there is.
void PushReader::Step() {
  const bool was_inside = reader_.inside();
  const absl::StatusOr<bool> more = reader_.Step(&sink_);
  if (absl::IsUnavailable(more.status())) {
    starved_ = true;
  } else if (!more.ok() || !*more) {
    End(more.status());
  } else if (was_inside && !reader_.inside() && !source_.ended) {
    at_end_of_archive_ = true;
    if (absl::Status status = reader_.Flush(); !status.ok()) End(status);
  }
}

void PushReader::End(const absl::Status& status) {
  over_ = true;
  last_word_ = reader_.Finish(status);
}

}  // namespace logpress::archive
