#include "cli/unpack.h"

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

constexpr size_t kPackedBuffer = size_t{128} << 10;
constexpr uint64_t kDefaultMemory = uint64_t{1} << 30;
// zlib and bzip2 count in 32 bits.
constexpr size_t kMaxPiece = size_t{1} << 30;

// What the four have in common: packed bytes are fetched as they are needed, a packed file is one
// member or several, and between two members nothing is pending.
class Unpacker : public ByteSource {
 public:
  Unpacker(ByteSource* packed, Packer packer, std::string name)
      : packed_(packed),
        packer_(PackerName(packer)),
        name_(std::move(name)),
        buffer_(kPackedBuffer) {}

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    size = std::min(size, kMaxPiece);
    for (;;) {
      if (begin_ == end_ && !at_end_) {
        const absl::StatusOr<size_t> got = packed_->Read(buffer_.data(), buffer_.size());
        if (!got.ok()) return got.status();
        begin_ = 0;
        end_ = *got;
        at_end_ = *got == 0;
      }
      if (at_end_ && !in_member_) {
        if (!any_member_) return Damaged("is empty");
        return size_t{0};
      }
      absl::StatusOr<size_t> made = Step(out, size);
      if (!made.ok() || *made > 0) return made;
      // Nothing more comes in and nothing comes out.
      if (at_end_ && in_member_) return Damaged("ends too soon");
    }
  }

 protected:
  // Unpacks some of [begin_, end_) into `out`, moves begin_ and says how many bytes were made.
  virtual absl::StatusOr<size_t> Step(char* out, size_t size) = 0;

  absl::Status Damaged(std::string_view what) const {
    return absl::DataLossError(Cat(name_, ": ", what, ", so it is no whole ", packer_,
                                   " file; look at it with ", packer_,
                                   " -t, and restore it from a copy"));
  }
  absl::Status TooLarge() const {
    return absl::ResourceExhaustedError(
        Cat(name_, ": unpacking takes more memory than the limit; raise --memory-limit"));
  }

  char* next() { return buffer_.data() + begin_; }
  size_t available() const { return end_ - begin_; }

  size_t begin_ = 0;
  size_t end_ = 0;
  bool at_end_ = false;     // of the packed bytes
  bool in_member_ = false;  // some of a member was read, and not its end
  bool any_member_ = false;

 private:
  ByteSource* packed_;
  std::string_view packer_;
  std::string name_;
  std::vector<char> buffer_;
};

class GzipUnpacker : public Unpacker {
 public:
  using Unpacker::Unpacker;
  ~GzipUnpacker() override {
    if (ready_) inflateEnd(&stream_);
  }

 protected:
  absl::StatusOr<size_t> Step(char* out, size_t size) override {
    if (!in_member_) {
      // Tapes pad with zeros, and gzip skips them.
      while (any_member_ && available() > 0 && *next() == 0) ++begin_;
      if (available() == 0) return size_t{0};
      constexpr int kGzipOnly = 15 + 16;
      const int result = ready_ ? inflateReset(&stream_) : inflateInit2(&stream_, kGzipOnly);
      if (result != Z_OK) return TooLarge();
      ready_ = in_member_ = any_member_ = true;
    }
    stream_.next_in = reinterpret_cast<Bytef*>(next());
    stream_.avail_in = static_cast<uInt>(available());
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(size);
    const int result = inflate(&stream_, Z_NO_FLUSH);
    begin_ = end_ - stream_.avail_in;
    if (result == Z_STREAM_END) in_member_ = false;
    if (result == Z_MEM_ERROR) return TooLarge();
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
      return Damaged("is damaged");
    return size - stream_.avail_out;
  }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

class Bzip2Unpacker : public Unpacker {
 public:
  using Unpacker::Unpacker;
  ~Bzip2Unpacker() override {
    if (in_member_) BZ2_bzDecompressEnd(&stream_);
  }

 protected:
  absl::StatusOr<size_t> Step(char* out, size_t size) override {
    if (!in_member_) {
      if (available() == 0) return size_t{0};
      stream_ = {};
      if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) return TooLarge();
      in_member_ = any_member_ = true;
    }
    stream_.next_in = next();
    stream_.avail_in = static_cast<unsigned>(available());
    stream_.next_out = out;
    stream_.avail_out = static_cast<unsigned>(size);
    const int result = BZ2_bzDecompress(&stream_);
    begin_ = end_ - stream_.avail_in;
    if (result == BZ_STREAM_END) {
      BZ2_bzDecompressEnd(&stream_);
      in_member_ = false;
    } else if (result == BZ_MEM_ERROR) {
      return TooLarge();
    } else if (result != BZ_OK) {
      return Damaged("is damaged");
    }
    return size - stream_.avail_out;
  }

 private:
  bz_stream stream_{};
};

class ZstdUnpacker : public Unpacker {
 public:
  ZstdUnpacker(ByteSource* packed, Packer packer, std::string name, uint64_t memory_limit)
      : Unpacker(packed, packer, std::move(name)), stream_(ZSTD_createDStream(), ZSTD_freeDStream) {
    int log = 10;
    while (log < 31 && (uint64_t{2} << log) <= memory_limit) ++log;
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, log);
  }

 protected:
  absl::StatusOr<size_t> Step(char* out, size_t size) override {
    if (available() > 0) in_member_ = any_member_ = true;
    ZSTD_inBuffer in = {next(), available(), 0};
    ZSTD_outBuffer made = {out, size, 0};
    const size_t left = ZSTD_decompressStream(stream_.get(), &made, &in);
    begin_ += in.pos;
    if (ZSTD_isError(left) != 0) {
      const ZSTD_ErrorCode code = ZSTD_getErrorCode(left);
      if (code == ZSTD_error_frameParameter_windowTooLarge || code == ZSTD_error_memory_allocation)
        return TooLarge();
      return Damaged("is damaged");
    }
    if (left == 0) in_member_ = false;
    return made.pos;
  }

 private:
  std::unique_ptr<ZSTD_DStream, size_t (*)(ZSTD_DStream*)> stream_;
};

class XzUnpacker : public Unpacker {
 public:
  XzUnpacker(ByteSource* packed, Packer packer, std::string name, uint64_t memory_limit)
      : Unpacker(packed, packer, std::move(name)) {
    // Streams one after the other, and the padding between them, are liblzma's business here.
    ready_ = lzma_stream_decoder(&stream_, memory_limit, LZMA_CONCATENATED) == LZMA_OK;
  }
  ~XzUnpacker() override { lzma_end(&stream_); }

 protected:
  absl::StatusOr<size_t> Step(char* out, size_t size) override {
    if (!ready_) return TooLarge();
    in_member_ = any_member_ = true;
    stream_.next_in = reinterpret_cast<const uint8_t*>(next());
    stream_.avail_in = available();
    stream_.next_out = reinterpret_cast<uint8_t*>(out);
    stream_.avail_out = size;
    const lzma_ret result = lzma_code(&stream_, at_end_ ? LZMA_FINISH : LZMA_RUN);
    begin_ = end_ - stream_.avail_in;
    if (result == LZMA_STREAM_END) in_member_ = false;
    if (result == LZMA_MEMLIMIT_ERROR || result == LZMA_MEM_ERROR) return TooLarge();
    if (result != LZMA_OK && result != LZMA_STREAM_END && result != LZMA_BUF_ERROR)
      return Damaged("is damaged");
    return size - stream_.avail_out;
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ready_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> Unpack(ByteSource* packed, Packer packer, const std::string& name,
                                   uint64_t memory_limit) {
  if (memory_limit == 0) memory_limit = kDefaultMemory;
  switch (packer) {
    case Packer::kNone:
      break;
    case Packer::kGzip:
      return std::make_unique<GzipUnpacker>(packed, packer, name);
    case Packer::kBzip2:
      return std::make_unique<Bzip2Unpacker>(packed, packer, name);
    case Packer::kZstd:
      return std::make_unique<ZstdUnpacker>(packed, packer, name, memory_limit);
    case Packer::kXz:
      return std::make_unique<XzUnpacker>(packed, packer, name, memory_limit);
  }
  return nullptr;
}

}  // namespace logpress::cli
