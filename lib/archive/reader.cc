#include "archive/reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "archive/decode_queue.h"
#include "archive/format.h"
#include "archive/frame_decoder.h"
#include "archive/source_buffer.h"
#include "base/checksum.h"
#include "base/memory.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

Damage FrameDamage(const FrameHeader& header, uint64_t offset, std::string message) {
  Damage damage;
  damage.offset = offset;
  damage.packed_bytes = header.frame_size();
  damage.lines_known = true;
  damage.lines = header.lines;
  damage.raw_bytes = header.raw_size;
  damage.message = std::move(message);
  return damage;
}

}  // namespace

bool LooksLikeArchive(ByteView start) { return KindOf(start) == SectionKind::kHeader; }

class StreamReader::Impl : public InMemory {
 public:
  Impl(ByteSource* source, const ReaderOptions& options)
      : buffer_(source),
        options_(options),
        memory_limit_(options.memory_limit != 0 ? options.memory_limit : kDefaultMemoryLimit),
        queue_(options.threads, options.executor, memory_limit_,
               [this](const DecodeQueue::Result& result) { return Deliver(result); }) {}

  absl::Status ReadAll(ByteSink* sink) {
    sink_ = sink;
    const absl::Status scanned = Scan();
    // What was read before a bad place is delivered before that place is told; and what cannot be
    // delivered belongs to an earlier place and goes first.
    if (status_.ok()) status_ = queue_.Drain();
    if (status_.ok()) status_ = scanned;
    totals_.packed_bytes = buffer_.offset();
    return Conclude();
  }

  const ReaderTotals& totals() const { return totals_; }

 private:
  // Walks the sections, up to the end of the source or the first error.
  absl::Status Scan() {
    for (;;) {
      LOGPRESS_ASSIGN_OR_RETURN(const ByteView bytes, buffer_.Peek(kMaxHeaderSize));
      if (bytes.empty()) return EndOfSource();
      if (buffer_.offset() == 0 && !options_.recover && KindOf(bytes) != SectionKind::kHeader)
        return absl::InvalidArgumentError("this is not a logpress archive");
      switch (KindOf(bytes)) {
        case SectionKind::kHeader:
          LOGPRESS_RETURN_IF_ERROR(ReadHeader(bytes));
          break;
        case SectionKind::kFrame:
          LOGPRESS_RETURN_IF_ERROR(ReadFrame(bytes));
          break;
        case SectionKind::kIndex:
          LOGPRESS_RETURN_IF_ERROR(ReadIndex(bytes));
          break;
        case SectionKind::kFooter:
          LOGPRESS_RETURN_IF_ERROR(ReadFooter(bytes));
          break;
        case SectionKind::kNone:
          LOGPRESS_RETURN_IF_ERROR(SkipDamaged(
              inside_ ? "there is no frame" : "there is something else behind the archive"));
          break;
      }
    }
  }

  absl::Status EndOfSource() {
    if (totals_.archives == 0 && !found_)
      return absl::InvalidArgumentError("this is not a logpress archive: it is empty");
    if (!inside_) return absl::OkStatus();
    return Report(absl::StrCat("the archive that begins at byte ", archive_start_,
                               " is torn: it ends without its footer"));
  }

  absl::Status ReadHeader(ByteView bytes) {
    ArchiveHeader header;
    const ParseResult result = ParseArchiveHeader(bytes, &header);
    if (result != ParseResult::kOk) return SkipDamaged(Broken(result, "archive header"));
    if (header.version != kFormatVersion) {
      const std::string message =
          absl::StrCat("it has format version ", header.version, " and this program reads version ",
                       kFormatVersion, "; use a newer program");
      if (options_.recover) return SkipDamaged(message);
      return absl::UnimplementedError(
          absl::StrCat("the archive at byte ", buffer_.offset(), ": ", message));
    }
    if (inside_) {
      LOGPRESS_RETURN_IF_ERROR(Report(absl::StrCat(
          "the archive that begins at byte ", archive_start_, " has no footer; another begins")));
    }
    archive_start_ = buffer_.offset();
    inside_ = true;
    intact_ = true;
    index_size_ = 0;
    found_ = true;
    ++totals_.archives;
    buffer_.Consume(header.size);
    return absl::OkStatus();
  }

  absl::Status ReadFrame(ByteView bytes) {
    FrameHeader header;
    const ParseResult result = ParseFrameHeader(bytes, &header);
    if (result != ParseResult::kOk) return SkipDamaged(Broken(result, "frame header"));
    LOGPRESS_RETURN_IF_ERROR(EnterArchive());
    const uint64_t offset = buffer_.offset();
    LOGPRESS_RETURN_IF_ERROR(CheckMemoryNeed(header, offset, memory_limit_));
    std::unique_ptr<DecodeQueue::Job> job;
    LOGPRESS_RETURN_IF_ERROR(status_ = queue_.Begin(header, offset, &job));
    buffer_.Consume(header.size);
    LOGPRESS_RETURN_IF_ERROR(buffer_.Read(header.payload_size, &job->payload));
    if (job->payload.size() < header.payload_size)
      return SkipFrame(*job, "it is cut off: the file ends inside it");
    // Without recovery the decoding thread finds this as well, and nothing is read after it.
    if (options_.recover && Checksum32(job->payload) != header.payload_check)
      return SkipFrame(*job, "its payload does not match its checksum");
    return status_ = queue_.Decode(std::move(job));
  }

  absl::Status ReadIndex(ByteView bytes) {
    IndexHeader header;
    const ParseResult result = ParseIndexHeader(bytes, &header);
    if (result != ParseResult::kOk) return SkipDamaged(Broken(result, "index header"));
    LOGPRESS_RETURN_IF_ERROR(EnterArchive());
    const uint64_t offset = buffer_.offset();
    index_size_ = header.size + header.payload_size;
    buffer_.Consume(header.size);
    // The rows are for random access; here only their check matters, and they take no memory.
    RunningChecksum32 check;
    uint64_t left = header.payload_size;
    while (left > 0) {
      LOGPRESS_ASSIGN_OR_RETURN(const ByteView ready, buffer_.Peek(1));
      if (ready.empty()) return absl::OkStatus();  // EndOfSource() misses the footer
      const size_t size = static_cast<size_t>(std::min<uint64_t>(left, ready.size()));
      check.Add(ready.substr(0, size));
      buffer_.Consume(size);
      left -= size;
    }
    if (check.value() == header.payload_check) return absl::OkStatus();
    return Report(absl::StrCat("the index at byte ", offset,
                               " does not match its checksum; no line is lost by that"));
  }

  absl::Status ReadFooter(ByteView bytes) {
    Footer footer;
    const ParseResult result = ParseFooter(bytes, &footer);
    if (result != ParseResult::kOk) return SkipDamaged(Broken(result, "footer"));
    LOGPRESS_RETURN_IF_ERROR(EnterArchive());
    const uint64_t offset = buffer_.offset();
    buffer_.Consume(kFooterSize);
    inside_ = false;
    const uint64_t length = buffer_.offset() - archive_start_;
    if (!intact_ || (footer.archive_length == length && footer.index_size == index_size_))
      return absl::OkStatus();
    return Report(absl::StrCat("the footer at byte ", offset, " states an archive of ",
                               footer.archive_length, " bytes with an index of ", footer.index_size,
                               ", and there are ", length, " with ", index_size_,
                               ": parts of it are missing or were added"));
  }

  // A section of an archive was met: fine inside one; behind a damaged header the archive begins
  // here as far as can be known.
  absl::Status EnterArchive() {
    if (inside_) return absl::OkStatus();
    const uint64_t offset = buffer_.offset();
    if (!resynced_) {
      LOGPRESS_RETURN_IF_ERROR(
          Report(absl::StrCat("at byte ", offset, " an archive goes on that did not begin")));
    }
    inside_ = true;
    intact_ = false;
    archive_start_ = offset;
    found_ = true;
    return absl::OkStatus();
  }

  static std::string Broken(ParseResult result, const char* what) {
    return absl::StrCat(
        "the ", what, " there is ",
        result == ParseResult::kTruncated ? "cut off: the file ends inside it" : "damaged");
  }

  // Something at the present place cannot be used. Stops there, or finds the next intact section.
  absl::Status SkipDamaged(const std::string& message) {
    Damage damage;
    damage.offset = buffer_.offset();
    damage.message = absl::StrCat("at byte ", damage.offset, ": ", message);
    if (!options_.recover) return absl::DataLossError(damage.message);
    buffer_.Consume(1);
    LOGPRESS_RETURN_IF_ERROR(FindSection());
    damage.packed_bytes = buffer_.offset() - damage.offset;
    queue_.Note(std::move(damage));
    return absl::OkStatus();
  }

  // The payload of `job`, just read, is cut off or damaged.
  absl::Status SkipFrame(const DecodeQueue::Job& job, const char* message) {
    Damage damage = FrameDamage(job.header(), job.offset(),
                                absl::StrCat("the block at byte ", job.offset(), ": ", message));
    if (!options_.recover) return absl::DataLossError(damage.message);
    LOGPRESS_ASSIGN_OR_RETURN(const ByteView next, buffer_.Peek(kMaxHeaderSize));
    // When a section follows, the payload was changed in place. Otherwise bytes were lost or added,
    // and the next section is looked for inside what was taken for the payload; but only as often
    // as keeps the time linear when somebody nests frames in frames.
    if (IntactSectionSize(next) == 0) {
      if (rescanned_ + job.payload.size() <= 2 * buffer_.pulled()) {
        rescanned_ += job.payload.size();
        buffer_.Unread(job.payload);
      }
      LOGPRESS_RETURN_IF_ERROR(FindSection());
    }
    damage.packed_bytes = buffer_.offset() - damage.offset;
    queue_.Note(std::move(damage));
    return absl::OkStatus();
  }

  // Drops bytes up to the next intact section, or all.
  absl::Status FindSection() {
    intact_ = false;
    resynced_ = true;
    for (;;) {
      LOGPRESS_ASSIGN_OR_RETURN(const ByteView bytes, buffer_.Peek(kMaxHeaderSize));
      if (bytes.empty()) {
        inside_ = false;
        return absl::OkStatus();
      }
      const size_t candidate = bytes.find(kMagicPrefix);
      if (candidate == 0 && IntactSectionSize(bytes) > 0) {
        found_ = true;
        return absl::OkStatus();
      }
      if (candidate == 0) {
        buffer_.Consume(1);
      } else if (candidate != ByteView::npos) {
        buffer_.Consume(candidate);
      } else {
        // The last bytes may begin a magic, unless nothing follows.
        const size_t keep = bytes.size() < kMaxHeaderSize ? 0 : kMagicPrefix.size() - 1;
        buffer_.Consume(bytes.size() - keep);
      }
    }
  }

  // Damage that makes nothing undecodable: an error, or in recovery a note in its place.
  absl::Status Report(std::string message) {
    if (!options_.recover) return absl::DataLossError(message);
    Damage damage;
    damage.offset = buffer_.offset();
    damage.message = std::move(message);
    queue_.Note(std::move(damage));
    return absl::OkStatus();
  }

  // What comes next in the output, from the queue.
  absl::Status Deliver(const DecodeQueue::Result& result) {
    if (result.header == nullptr) {
      Tell(*result.damage);
      return absl::OkStatus();
    }
    if (!result.status.ok()) {
      if (!options_.recover || !absl::IsDataLoss(result.status)) return result.status;
      const absl::string_view message = result.status.message();
      Tell(FrameDamage(*result.header, result.offset, {message.data(), message.size()}));
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

  void Tell(const Damage& damage) {
    ++totals_.damages;
    totals_.lost_packed_bytes += damage.packed_bytes;
    if (damage.lines_known) totals_.lost_lines += damage.lines;
    if (options_.damaged) options_.damaged(damage);
  }

  // The last word: what was wrong and how much is all right.
  absl::Status Conclude() {
    const std::string good = absl::StrCat(totals_.lines, " lines (", totals_.raw_bytes, " bytes)");
    if (absl::IsDataLoss(status_)) {
      totals_.damages = 1;
      return absl::DataLossError(
          absl::StrCat(status_.message(), "; the ", good, " before it are intact"));
    }
    if (!status_.ok()) return status_;
    if (!found_) return absl::InvalidArgumentError("there is no logpress archive in it");
    if (totals_.damages == 0) return absl::OkStatus();
    return absl::DataLossError(
        absl::StrCat("damaged in ", totals_.damages, " places: ", totals_.lost_packed_bytes,
                     " bytes of the archive and at least ", totals_.lost_lines, " lines are lost; ",
                     good, " were recovered"));
  }

  SourceBuffer buffer_;
  const ReaderOptions options_;
  const uint64_t memory_limit_;
  ByteSink* sink_ = nullptr;
  ReaderTotals totals_;
  absl::Status status_;  // of what was delivered; errors of reading come after it

  // Where the walk stands.
  bool found_ = false;     // any intact section was met
  bool inside_ = false;    // between an archive's header and its footer
  bool intact_ = true;     // nothing of this archive was skipped: its lengths must be right
  bool resynced_ = false;  // something was skipped, ever
  uint64_t archive_start_ = 0;
  uint64_t index_size_ = 0;  // of this archive's index section; 0: none yet
  uint64_t rescanned_ = 0;   // payload bytes that were searched for sections

  DecodeQueue queue_;  // last: it calls Deliver
};

StreamReader::StreamReader(ByteSource* source, const ReaderOptions& options)
    : impl_(std::make_unique<Impl>(source, options)) {}
StreamReader::~StreamReader() = default;

absl::Status StreamReader::ReadAll(ByteSink* sink) { return impl_->ReadAll(sink); }
const ReaderTotals& StreamReader::totals() const { return impl_->totals(); }

}  // namespace logpress::archive
