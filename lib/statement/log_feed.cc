#include "statement/log_feed.h"

#include <span>

#include "archive/frame_decoder.h"
#include "base/status.h"
#include "codec/row_sink.h"
#include "statement/row_renderer.h"
#include "statement/row_table.h"

namespace logpress::statement {
namespace {

// Bytes that are structured together.
constexpr size_t kBlockSize = size_t{8} << 20;
// Bytes of a block in which header and timestamps are looked for.
constexpr size_t kSample = size_t{1} << 20;

}  // namespace

// Gives rows to the collector, the first ones once there are enough lines of them to find a header
// in.
class LogFeed::Sink : public codec::RowSink {
 public:
  // Borrows both.
  Sink(const RowTable& table, PatternCollector* collector)
      : table_(table), renderer_(table), collector_(collector) {}

  const char* Row(uint32_t t, std::span<const int64_t> values) override {
    if (begun_) {
      collector_->Row(t, values);
      return nullptr;
    }
    Keep(t, values);
    // Until there is a header it is looked for in as much as in a log that is not packed: then both
    // have the same one, also where a log begins with lines that have none, such as a stack trace.
    const bool enough = collector_->has_header() && lines_ >= PatternCollector::kSampledLines;
    if (enough || sample_.size() >= kSample || rows_.size() + values_.size() >= kMostCells) Begin();
    return nullptr;
  }
  // After the last row.
  void Finish() {
    if (!begun_) Begin();
    collector_->EndBlock();
  }

 private:
  // Templates and values of rows that are kept.
  static constexpr size_t kMostCells = kSample;

  void Keep(uint32_t t, std::span<const int64_t> values) {
    rows_.push_back(t);
    values_.insert(values_.end(), values.begin(), values.end());
    cells_.resize(renderer_.CellsOf(t));
    renderer_.Pass(t, values, cells_.data());
    renderer_.Render(t, cells_, &sample_);
    lines_ += sample_.ends_with('\n') ? 1 : 0;
  }

  void Begin() {
    begun_ = true;
    collector_->BeginBlock(table_, ByteView{sample_}.substr(0, kSample));
    const int64_t* values = values_.data();
    for (const uint32_t t : rows_) {
      const size_t slots = table_.templates[t].slots;
      collector_->Row(t, std::span(values, slots));
      values += slots;
    }
  }

  const RowTable& table_;
  RowRenderer renderer_;
  PatternCollector* const collector_;
  bool begun_ = false;
  Vector<uint32_t> rows_;  // their templates
  Vector<int64_t> values_;
  Vector<int64_t> cells_;  // of the last
  ByteBuffer sample_;
  size_t lines_ = 0;  // in it
};

absl::Status LogFeed::Write(ByteView bytes) {
  while (!bytes.empty()) {
    const size_t taken = std::min(bytes.size(), kBlockSize - pending_.size());
    pending_.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    if (pending_.size() < kBlockSize) return absl::OkStatus();
    // A line that is longer goes on with the next block.
    const size_t newline = pending_.rfind('\n');
    const size_t size = newline == ByteBuffer::npos ? pending_.size() : newline + 1;
    Structure(ByteView{pending_}.substr(0, size));
    pending_.erase(0, size);
  }
  return absl::OkStatus();
}

absl::Status LogFeed::Finish() {
  Structure(pending_);
  pending_.clear();
  collector_->EndLog();
  return absl::OkStatus();
}

void LogFeed::Structure(ByteView text) {
  if (text.empty()) return;
  const ir::BlockView block = builder_.Build(text);
  const RowTable table = TableOf(block);
  collector_->BeginBlock(table, text.substr(0, kSample));
  BlockRows(block).ForEach(
      [this](uint32_t t, std::span<const int64_t> values) { collector_->Row(t, values); });
  collector_->EndBlock();
}

absl::Status LogFeed::AddArchive(archive::IndexReader* archive) {
  const auto& blocks = archive->blocks();
  decoder_.emplace(archive->dictionary());
  absl::Status status;
  for (size_t i = 0; i < blocks.size() && status.ok(); ++i) {
    const bool goes_on = i + 1 < blocks.size() && blocks[i + 1].starts_mid_line;
    status = AddBlock(archive, i, blocks[i].starts_mid_line || goes_on);
  }
  // What comes next, statements, takes their memory.
  decoder_.reset();
  payload_ = ByteBuffer();
  raw_ = ByteBuffer();
  LOGPRESS_RETURN_IF_ERROR(Finish());
  return status;
}

// `joined`: lines of the block are also in one beside it.
absl::Status LogFeed::AddBlock(archive::IndexReader* archive, size_t i, bool joined) {
  archive::FrameHeader header;
  LOGPRESS_RETURN_IF_ERROR(archive->ReadFrame(i, &header, &payload_));
  const uint64_t offset = archive->blocks()[i].offset;
  const uint64_t limit = archive->memory_limit();
  if (!header.raw && !joined && (pending_.empty() || pending_.ends_with('\n'))) {
    LOGPRESS_ASSIGN_OR_RETURN(const std::unique_ptr<backend::BlockReader> reader,
                              archive::OpenFrame(header, offset, payload_, limit, &*decoder_));
    bool done = false;
    LOGPRESS_RETURN_IF_ERROR(AddRows(reader.get(), header.lines, &done));
    if (done) return absl::OkStatus();
  }
  LOGPRESS_RETURN_IF_ERROR(
      archive::DecodeFrame(header, offset, payload_, limit, &*decoder_, &raw_));
  return Write(raw_);
}

// *done: the rows are lines, or parts of lines, and were taken.
absl::Status LogFeed::AddRows(backend::BlockReader* block, uint64_t lines, bool* done) {
  backend::BlockParts* const parts = block->parts();
  if (parts == nullptr) return absl::OkStatus();
  const codec::RowGroup& last = block->groups().back();
  *done = last.first_row + last.rows >= lines;
  if (!*done) return absl::OkStatus();
  // What came as bytes before.
  Structure(pending_);
  pending_.clear();
  LOGPRESS_RETURN_IF_ERROR(parts->ReadValues());
  const RowTable table = TableOf(parts->tables().table());
  Sink sink(table, collector_);
  absl::Status status;
  for (size_t g = 0; g < block->groups().size() && status.ok(); ++g)
    status = parts->ReadRows(g, &sink);
  sink.Finish();
  return status;
}

}  // namespace logpress::statement
