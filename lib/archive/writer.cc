#include "archive/writer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "archive/format.h"
#include "archive/index.h"
#include "archive/time_fields.h"
#include "base/checksum.h"
#include "base/memory.h"
#include "base/status.h"
#include "base/thread_pool.h"

namespace logpress::archive {
namespace {

constexpr char kNoMemory[] =
    "out of memory while compressing; use fewer threads or a smaller block size";

using Encoders = Vector<std::unique_ptr<block::BlockEncoder>>;

// One block on its way from raw bytes to a frame. Reused block after block for its buffers.
class EncodeJob : public ThreadPool::Task, public InMemory {
 public:
  EncodeJob(const block::BlockOptions& options, Encoders* encoders)
      : options_(options), encoders_(encoders) {}

  // In:
  ByteBuffer raw;
  bool starts_mid_line = false;
  // Out:
  FrameHeader header;  // but for its place among others
  ByteBuffer payload;

 private:
  absl::Status Run(size_t worker) override {
    // Without memory for all it is freed: whatever it holds helps those who still work.
    std::unique_ptr<block::BlockEncoder> encoder = std::move((*encoders_)[worker]);
    if (encoder == nullptr) encoder = std::make_unique<block::BlockEncoder>(options_);
    LOGPRESS_RETURN_IF_ERROR(Encode(encoder.get()));
    (*encoders_)[worker] = std::move(encoder);
    return absl::OkStatus();
  }

  absl::Status Encode(block::BlockEncoder* encoder) {
    block::BlockSummary summary;
    LOGPRESS_RETURN_IF_ERROR(encoder->Encode(raw, &payload, &summary));
    header.backend = summary.backend;
    header.raw = summary.raw;
    header.starts_mid_line = starts_mid_line;
    header.holds_nul = raw.find('\0') != ByteBuffer::npos;
    header.payload_size = payload.size();
    header.raw_size = raw.size();
    // The encoder counts the end of a line that began in an earlier block as a line too.
    header.lines = summary.lines - (starts_mid_line ? 1 : 0);
    header.templates = summary.templates;
    header.decode_memory = summary.decode_memory;
    header.payload_check = Checksum32(payload);
    header.raw_checksum = Checksum64(raw);
    header.metadata_size = summary.metadata_size;
    if (summary.metadata_size > 0)
      header.metadata_check = Checksum32({payload.data(), summary.metadata_size});
    const Vector<time::TimePlace> places = time::FindTimePlaces(raw);
    time::LineClock clock(places);
    header.times = time::SpanOfLines(raw, starts_mid_line, &clock);
    time_places_.clear();
    PutTimePlaces(places, &time_places_);
    header.time_places = time_places_;
    return absl::OkStatus();
  }

  const block::BlockOptions options_;
  Encoders* const encoders_;
  ByteBuffer time_places_;
};

absl::Status Check(const WriterOptions& options) {
  if (options.level < 1 || options.level > 9) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no level ", options.level, "; use 1 to 9"));
  }
  if (options.block_size != 0 &&
      (options.block_size < kMinBlockSize || options.block_size > block::kMaxBlockSize)) {
    return absl::InvalidArgumentError(absl::StrCat("a block size of ", options.block_size,
                                                   " bytes is not possible; use ", kMinBlockSize,
                                                   " to ", block::kMaxBlockSize));
  }
  return absl::OkStatus();
}

// How much to reserve for a block of which `need` bytes are known: past the first pieces all of a
// common block at once, since what is not written to takes no memory and what is moved is paid
// twice.
size_t GrownCapacity(size_t need) {
  constexpr size_t kFewPieces = size_t{1} << 20;
  constexpr size_t kCommonBlock = size_t{32} << 20;
  return need > kFewPieces && need <= kCommonBlock ? kCommonBlock : 2 * need;
}

}  // namespace

uint64_t DefaultBlockSize(int level) {
  // What learns much of a log packs better in larger blocks. With 30 MiB a thread still takes less
  // than 256 MiB, and two threads are kept busy by 64 MB of log.
  return uint64_t{level >= 8 ? 30u : level >= 2 ? 24u : 16u} << 20;
}

uint64_t LaterBlockSize(int level) {
  // In a log of several blocks a third of their size costs some 3 %, and reading a range of lines
  // takes a third of the bytes: two blocks of a log of 200 MB, which it may lie in, are below a
  // tenth of it.
  return level >= 8 ? DefaultBlockSize(level) : uint64_t{8} << 20;
}

class Writer::Impl : public InMemory {
 public:
  Impl(ByteSink* sink, const WriterOptions& options)
      : sink_(sink),
        options_(options),
        status_(Check(options)),
        pool_(options.threads, options.executor, kNoMemory) {
    encoders_.resize(pool_.workers());
  }

  absl::Status Append(ByteView bytes) {
    return Run([&]() -> absl::Status {
      if (finished_)
        return absl::FailedPreconditionError("Append after Finish: begin another archive");
      while (!bytes.empty()) {
        // A full block is cut only when more bytes come: then, and not when the pieces of Append
        // say so, it is known whether its last line goes on.
        while (pending_.size() >= BlockSize()) LOGPRESS_RETURN_IF_ERROR(CutBlock());
        const size_t size = std::min(bytes.size(), BlockSize() - pending_.size());
        if (const size_t need = pending_.size() + size; need > pending_.capacity())
          pending_.reserve(std::min(BlockSize(), GrownCapacity(need)));
        pending_.append(bytes.substr(0, size));
        bytes.remove_prefix(size);
      }
      return absl::OkStatus();
    });
  }

  absl::Status Expect(uint64_t size) {
    return Run([&] {
      pending_.reserve(static_cast<size_t>(std::min<uint64_t>(BlockSize(), size)));
      return absl::OkStatus();
    });
  }

  absl::Status Flush() {
    return Run([&] { return FlushPending(); });
  }

  absl::Status Finish() {
    return Run([&]() -> absl::Status {
      if (finished_)
        return absl::FailedPreconditionError("Finish after Finish: begin another archive");
      LOGPRESS_RETURN_IF_ERROR(FlushPending());
      finished_ = true;
      return WriteEnd();
    });
  }

  const WriterTotals& totals() const { return totals_; }

  void Reset(ByteSink* sink) {
    for (std::unique_ptr<EncodeJob>& job : in_flight_) {
      pool_.Wait(job.get());
      idle_.push_back(std::move(job));
    }
    in_flight_.clear();
    sink_ = sink;
    status_ = Check(options_);
    finished_ = false;
    first_block_ = true;
    mid_line_ = false;
    pending_.clear();
    index_.Clear();
    link_ = 0;
    totals_ = WriterTotals();
  }

 private:
  // Of the block that is pending.
  size_t BlockSize() const {
    if (options_.block_size != 0) return static_cast<size_t>(options_.block_size);
    return static_cast<size_t>(first_block_ ? DefaultBlockSize(options_.level)
                                            : LaterBlockSize(options_.level));
  }

  // Runs `work` unless there was an error, and keeps what it returns.
  template <typename Work>
  absl::Status Run(const Work& work) {
    if (!status_.ok()) return status_;
    status_ = CatchOutOfMemory(kNoMemory, work);
    return status_;
  }

  absl::Status FlushPending() {
    if (!pending_.empty()) LOGPRESS_RETURN_IF_ERROR(Encode(pending_.size()));
    while (!in_flight_.empty()) LOGPRESS_RETURN_IF_ERROR(RetireFront());
    return absl::OkStatus();
  }

  // Ends the pending block behind its last whole line, or where it is when it has none.
  absl::Status CutBlock() {
    const size_t newline = pending_.rfind('\n');
    return Encode(newline == ByteBuffer::npos ? pending_.size() : newline + 1);
  }

  // Sends the first `size` pending bytes on their way.
  absl::Status Encode(size_t size) {
    // One job more than workers, so that none waits while the front block is written.
    if (in_flight_.size() > pool_.workers()) LOGPRESS_RETURN_IF_ERROR(RetireFront());
    if (idle_.empty()) {
      const block::BlockOptions options = {options_.level, options_.backend, options_.meter,
                                           options_.dictionary};
      idle_.push_back(std::make_unique<EncodeJob>(options, &encoders_));
    }
    std::unique_ptr<EncodeJob> job = std::move(idle_.back());
    idle_.pop_back();
    job->raw.assign(pending_, size);
    std::swap(job->raw, pending_);
    job->raw.resize(size);
    job->starts_mid_line = mid_line_;
    first_block_ = false;
    mid_line_ = job->raw.back() != '\n';
    in_flight_.push_back(std::move(job));
    pool_.Submit(in_flight_.back().get());
    if (pool_.workers() > 1) return absl::OkStatus();
    LOGPRESS_RETURN_IF_ERROR(RetireFront());
    // The block has been packed and its buffer is free: filling a second one would take as much
    // again.
    ByteBuffer& buffer = idle_.back()->raw;
    buffer.assign(pending_);
    std::swap(buffer, pending_);
    return absl::OkStatus();
  }

  // Waits for the oldest block and writes its frame.
  absl::Status RetireFront() {
    std::unique_ptr<EncodeJob> job = std::move(in_flight_.front());
    in_flight_.pop_front();
    pool_.Wait(job.get());
    LOGPRESS_RETURN_IF_ERROR(job->status());
    LOGPRESS_RETURN_IF_ERROR(WriteHeader());
    job->header.number = index_.rows();
    job->header.link = link_;
    header_bytes_.clear();
    AppendFrameHeader(&job->header, &header_bytes_);
    link_ = job->header.check;
    LOGPRESS_RETURN_IF_ERROR(Write(header_bytes_));
    LOGPRESS_RETURN_IF_ERROR(Write(job->payload));
    index_.Add(RowOf(job->header));
    totals_.raw_bytes += job->header.raw_size;
    totals_.lines += job->header.lines;
    totals_.blocks += 1;
    totals_.raw_blocks += job->header.raw ? 1 : 0;
    totals_.memory_need = std::max(totals_.memory_need, job->header.memory_need());
    idle_.push_back(std::move(job));
    if (options_.progress) options_.progress(totals_);
    return absl::OkStatus();
  }

  absl::Status WriteHeader() {
    if (totals_.packed_bytes > 0) return absl::OkStatus();
    ArchiveHeader header;
    header.level = options_.level;
    ByteBuffer bytes;
    AppendArchiveHeader(&header, &bytes);
    return Write(bytes);
  }

  absl::Status WriteEnd() {
    LOGPRESS_RETURN_IF_ERROR(WriteHeader());
    ByteBuffer bytes;
    LOGPRESS_RETURN_IF_ERROR(AppendArchiveEnd(index_, totals_.packed_bytes, &bytes));
    return Write(bytes);
  }

  absl::Status Write(ByteView bytes) {
    totals_.packed_bytes += bytes.size();
    return sink_->Write(bytes);
  }

  ByteSink* sink_;
  const WriterOptions options_;
  absl::Status status_;  // the first error, which every later call returns
  bool finished_ = false;
  bool first_block_ = true;
  bool mid_line_ = false;  // the blocks cut so far end inside a line
  ByteBuffer pending_;     // the block being filled
  IndexBuilder index_;
  uint32_t link_ = 0;  // the check of the last frame's header
  ByteBuffer header_bytes_;
  WriterTotals totals_;
  Encoders encoders_;                            // one a worker, made when it first works
  Deque<std::unique_ptr<EncodeJob>> in_flight_;  // in input order
  Vector<std::unique_ptr<EncodeJob>> idle_;
  ThreadPool pool_;  // last: its threads end before what they work on
};

Writer::Writer(ByteSink* sink, const WriterOptions& options)
    : impl_(std::make_unique<Impl>(sink, options)) {}
Writer::~Writer() = default;

absl::Status Writer::Append(ByteView bytes) { return impl_->Append(bytes); }
absl::Status Writer::Expect(uint64_t size) { return impl_->Expect(size); }
absl::Status Writer::Flush() { return impl_->Flush(); }
absl::Status Writer::Finish() { return impl_->Finish(); }
const WriterTotals& Writer::totals() const { return impl_->totals(); }
void Writer::Reset(ByteSink* sink) { impl_->Reset(sink); }

}  // namespace logpress::archive
