#include "block/candidates.h"

#include "codec/encoder.h"

namespace logpress::block {
namespace {

// What a builder keeps of a block so large is worth giving back.
constexpr size_t kLargeBlock = size_t{4} << 20;

// The rows of a block and its templates without what is in them, apart from the builder.
class Outline {
 public:
  explicit Outline(const ir::BlockView& block)
      : text_(block.text),
        rows_(block.root->values.begin(), block.root->values.end()),
        templates_(block.root->table->templates.size()) {
    table_.templates = templates_;
    root_.kind = ir::Strings::Kind::kTable;
    root_.values = rows_;
    root_.table = &table_;
  }
  Outline(const Outline&) = delete;
  Outline& operator=(const Outline&) = delete;

  ir::BlockView view() const { return {text_, &root_}; }

 private:
  ByteView text_;
  Vector<ir::Slice> rows_;
  Vector<ir::Template> templates_;
  ir::Table table_;
  ir::Strings root_;
};

}  // namespace

void Candidates::Begin(ByteView raw, ByteBuffer* payload, BlockSummary* summary) {
  raw_ = raw;
  payload_ = payload;
  summary_ = summary;
  payload->clear();
  *summary = BlockSummary();
}

bool Candidates::FindStructure(ir::Rows rows) {
  if (builder_ == nullptr) builder_ = std::make_unique<ir::Builder>();
  rows_ = rows;
  structure_ = builder_->Build(raw_, rows);
  return codec::CanEncode(structure_);
}

absl::Status Candidates::PackStructure(BackendId with, int level) {
  trial_.clear();
  with_ = with;
  plain_ = false;
  if (builder_ == nullptr) FindStructure(rows_);
  if (with != BackendId::kMix || raw_.size() < kLargeBlock)
    return backends_.Get(with).Pack(structure_, level, &trial_);
  // Mix divides the rows itself and takes much memory for it; the builder's is free meanwhile.
  const Outline outline(structure_);
  builder_.reset();
  return backends_.Get(with).Pack(outline.view(), level, &trial_);
}

absl::Status Candidates::PackPlain(ByteView bytes, BackendId with, int level) {
  trial_.clear();
  with_ = with;
  plain_ = true;
  return backends_.Get(with).Pack({bytes, nullptr}, level, &trial_);
}

void Candidates::Keep() {
  backend::Backend& backend = backends_.Get(with_);
  backend.ReportTo(nullptr);  // a second time is not told
  const size_t kept = payload_->size();
  if (kept != 0 && (trial_.size() > kept || (trial_.size() == kept && !plain_))) return;
  payload_->swap(trial_);
  summary_->backend = with_;
  const backend::Metadata packed = backend.packed();
  summary_->raw = plain_ || packed.raw;
  summary_->templates = plain_ ? 0 : packed.templates;
  summary_->metadata_size = plain_ ? 0 : backend.metadata_size();
}

void Candidates::Drop() {
  payload_->clear();
  *summary_ = BlockSummary();
}

uint64_t Candidates::DecodeMemory() {
  return backends_.Get(summary_->backend).ReadMemory(raw_.size()) - raw_.size();
}

}  // namespace logpress::block
