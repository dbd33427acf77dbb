#include <memory>

#include "absl/strings/str_cat.h"
#include "backend/byte_packer.h"
#include "backend/mix/stream_model.h"
#include "backend/mix/work.h"

namespace logpress::backend {
namespace {

// Packs streams of strings, which take what a model says of each byte.
class TextPacker : public BytePacker {
 public:
  absl::Status Pack(ByteView bytes, int /*level*/, ByteBuffer* out) override {
    const size_t start = out->size();
    mix::Encoder coder(out);
    mix::StreamModel().Code(coder, bytes, bytes.size(), nullptr);
    coder.Finish();
    // What repeats itself without end may take more work than a reader does for so few bytes.
    if (coder.decisions() > mix::MaxDecisions(bytes.size(), out->size() - start)) {
      out->resize(start);
      out->append(bytes);
    }
    return absl::OkStatus();
  }

  absl::Status Unpack(ByteView packed, uint64_t size, ByteBuffer* out) override {
    mix::Decoder coder(packed);
    coder.SetMaxDecisions(mix::MaxDecisions(size, packed.size()));
    if (mix::StreamModel().Code(coder, {}, size, out)) return absl::OkStatus();
    return absl::DataLossError(
        absl::StrCat("text: ", size, " bytes take more work than ", packed.size(), " may ask for"));
  }

  uint64_t PackMemory(uint64_t size, int /*level*/) const override {
    return mix::StreamModel::Memory(size);
  }
  uint64_t UnpackMemory(uint64_t size) const override { return mix::StreamModel::Memory(size); }
};

}  // namespace

std::unique_ptr<BytePacker> NewTextPacker() { return std::make_unique<TextPacker>(); }

}  // namespace logpress::backend
