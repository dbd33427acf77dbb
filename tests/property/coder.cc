#include "property/coder.h"

#include <string>
#include <utility>

#include "backend/backend.h"

namespace logpress::testing {
namespace {

class BlockCoder : public Coder {
 public:
  explicit BlockCoder(const block::BlockOptions& options) : encoder_(options) {}

  absl::Status Encode(ByteView raw, Packed* packed) override {
    packed->raw_size = raw.size();
    return encoder_.Encode(raw, &packed->payload, &packed->summary);
  }

  absl::Status Decode(const Packed& packed, ByteBuffer* raw) override {
    return decoder_.Decode(packed.summary.backend, packed.payload, packed.raw_size,
                           /*memory_limit=*/0, raw);
  }

 private:
  block::BlockEncoder encoder_;
  block::BlockDecoder decoder_;
};

class BrokenCoder : public Coder {
 public:
  BrokenCoder(std::unique_ptr<Coder> inner, std::function<std::string(ByteView)> damage)
      : inner_(std::move(inner)), damage_(std::move(damage)) {}

  absl::Status Encode(ByteView raw, Packed* packed) override {
    return inner_->Encode(damage_(raw), packed);
  }
  absl::Status Decode(const Packed& packed, ByteBuffer* raw) override {
    return inner_->Decode(packed, raw);
  }

 private:
  std::unique_ptr<Coder> inner_;
  std::function<std::string(ByteView)> damage_;
};

}  // namespace

std::unique_ptr<Coder> MakeBlockCoder(const block::BlockOptions& options) {
  return std::make_unique<BlockCoder>(options);
}

std::unique_ptr<Coder> MakeBrokenCoder(std::unique_ptr<Coder> inner,
                                       std::function<std::string(ByteView)> damage) {
  return std::make_unique<BrokenCoder>(std::move(inner), std::move(damage));
}

std::string Describe(const block::BlockOptions& options) {
  const bool of_level = options.backend == block::BackendId::kAuto;
  return "level " + std::to_string(options.level) + ", backend " +
         std::string(of_level ? "auto" : backend::NameOf(options.backend));
}

}  // namespace logpress::testing
