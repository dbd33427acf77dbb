#include "archive/reader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "archive/format.h"
#include "archive/frame_decoder.h"
#include "base/status.h"

namespace logpress::archive {

bool LooksLikeArchive(ByteView start) { return KindOf(start) == SectionKind::kHeader; }

StreamReader::StreamReader(ByteSource* source, const ReaderOptions& options)
    : options_(options),
      memory_limit_(options.memory_limit != 0 ? options.memory_limit : kDefaultMemoryLimit),
      buffer_(source, options.exact ? 1 : SourceBuffer::kPiece),
      walker_(&buffer_,
              options.recover ? SectionWalker::OnDamage::kSkip : SectionWalker::OnDamage::kStop,
              this),
      queue_(options.threads, options.executor, memory_limit_, options.dictionary,
             [this](const DecodeQueue::Result& result) { return Deliver(result); }) {}

absl::Status StreamReader::ReadAll(ByteSink* sink) {
  for (;;) {
    const absl::StatusOr<bool> more = Step(sink);
    if (!more.ok() || !*more) return Finish(more.status());
  }
}

absl::StatusOr<bool> StreamReader::Step(ByteSink* sink) {
  sink_ = sink;
  if (job_ == nullptr) {
    Section section;
    LOGPRESS_ASSIGN_OR_RETURN(const bool more, walker_.Next(&section));
    if (!more) return false;
    if (section.kind == SectionKind::kHeader) ++totals_.archives;
    if (section.kind != SectionKind::kFrame) return true;
    LOGPRESS_RETURN_IF_ERROR(CheckMemoryNeed(section.frame, section.offset, memory_limit_));
    LOGPRESS_RETURN_IF_ERROR(delivered_ = queue_.Begin(section.frame, section.offset, &job_));
  }
  LOGPRESS_RETURN_IF_ERROR(ReadFrame());
  return true;
}

// Reads the payload of job_ and sends that on its way.
absl::Status StreamReader::ReadFrame() {
  const absl::StatusOr<bool> whole = walker_.ReadPayload(&job_->payload);
  if (absl::IsUnavailable(whole.status())) return whole.status();
  const std::unique_ptr<DecodeQueue::Job> dropped =
      whole.ok() && *whole ? nullptr : std::move(job_);
  LOGPRESS_RETURN_IF_ERROR(whole.status());
  return dropped != nullptr ? absl::OkStatus() : delivered_ = queue_.Decode(std::move(job_));
}

absl::Status StreamReader::Finish(const absl::Status& stepped) {
  // What was read before a bad place is delivered before that place is told; and what cannot be
  // delivered belongs to an earlier place and goes first.
  if (delivered_.ok()) delivered_ = queue_.Drain();
  totals_.packed_bytes = buffer_.offset();
  totals_.all_losses_known = walker_.all_losses_known();
  return Conclude(delivered_.ok() ? stepped : delivered_);
}

void StreamReader::Joined(uint64_t begin, uint64_t offset) {
  if (options_.joined) options_.joined(begin, offset);
}

// What comes next in the output, from the queue.
absl::Status StreamReader::Deliver(const DecodeQueue::Result& result) {
  if (result.header == nullptr) {
    Tell(*result.damage);
    return absl::OkStatus();
  }
  if (!result.status.ok()) {
    if (!options_.recover || !absl::IsDataLoss(result.status)) return result.status;
    Damage damage = FrameDamage(*result.header, result.offset, "");
    const absl::string_view message = result.status.message();
    damage.message.assign(message.data(), message.size());
    Tell(damage);
    return absl::OkStatus();
  }
  if (sink_ != nullptr) LOGPRESS_RETURN_IF_ERROR(sink_->Write(result.raw));
  totals_.raw_bytes += result.raw.size();
  totals_.lines += result.header->lines;
  ++totals_.blocks;
  totals_.packed_bytes = buffer_.offset();
  if (options_.progress) options_.progress(totals_);
  return absl::OkStatus();
}

void StreamReader::Tell(const Damage& damage) {
  ++totals_.damages;
  totals_.lost_packed_bytes += damage.packed_bytes;
  if (damage.lines_known) totals_.lost_lines += damage.lines;
  if (options_.damaged) options_.damaged(damage);
}

// The last word: what was wrong and how much is all right.
absl::Status StreamReader::Conclude(absl::Status status) {
  const auto count = [](uint64_t number, const char* what) {
    return absl::StrCat(number, " ", what, number == 1 ? "" : "s");
  };
  const std::string good =
      absl::StrCat(count(totals_.lines, "line"), " (", count(totals_.raw_bytes, "byte"), ")");
  if (absl::IsDataLoss(status)) {
    totals_.damages = 1;
    return absl::DataLossError(absl::StrCat(status.message(), "; intact before it: ", good));
  }
  if (!status.ok()) return status;
  if (!walker_.found()) return absl::InvalidArgumentError("there is no logpress archive in it");
  if (totals_.damages == 0) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("damaged in ", count(totals_.damages, "place"), ": lost ",
                                          count(totals_.lost_packed_bytes, "byte"),
                                          " of the archive and ",
                                          totals_.all_losses_known ? "" : "at least ",
                                          count(totals_.lost_lines, "line"), "; recovered ", good));
}

}  // namespace logpress::archive
