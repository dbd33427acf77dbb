// Bytes that are looked at before they are taken, from front to back: what a walk over sections
// sees of a pipe or of a file.
#ifndef LOGPRESS_ARCHIVE_BYTE_WINDOW_H_
#define LOGPRESS_ARCHIVE_BYTE_WINDOW_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/bytes.h"
#include "base/io.h"

namespace logpress::archive {

// One thread at a time. An error leaves what was not taken where it was, so that a source that has
// no bytes right now (kUnavailable) may be asked again.
class ByteWindow {
 public:
  virtual ~ByteWindow() = default;
  // The next bytes: at least `size` of them unless they end before. Valid until the next call that
  // is not const.
  virtual absl::StatusOr<ByteView> Peek(size_t size) = 0;
  // Drops `size` bytes of what Peek returned.
  virtual void Consume(size_t size) = 0;
  // Drops the next *size bytes, fewer when they end before, and counts *size down.
  virtual absl::Status Skip(uint64_t* size) = 0;
  // Appends the next bytes to *out until that has `size`, fewer when they end before, and drops
  // them here. Memory is taken as the bytes arrive, so that a wrong `size` alone takes none.
  virtual absl::Status Fill(uint64_t size, ByteBuffer* out) = 0;
  // Puts back what was just read.
  virtual void Unread(ByteView bytes) = 0;
  // False when fewer than `size` bytes are left; true as well when that is not known.
  virtual bool MayHold(uint64_t size) const = 0;
  // Where the next byte stands.
  virtual uint64_t offset() const = 0;
};

// The bytes [begin, end) of a file, which is borrowed. What is skipped is not read.
class FileWindow : public ByteWindow {
 public:
  FileWindow(RandomAccess* file, uint64_t begin, uint64_t end)
      : file_(file), end_(end), offset_(begin), held_from_(begin) {}

  absl::StatusOr<ByteView> Peek(size_t size) override;
  void Consume(size_t size) override { offset_ += size; }
  absl::Status Skip(uint64_t* size) override;
  absl::Status Fill(uint64_t size, ByteBuffer* out) override;
  void Unread(ByteView bytes) override { offset_ -= bytes.size(); }
  bool MayHold(uint64_t size) const override { return size <= end_ - offset_; }
  uint64_t offset() const override { return offset_; }

 private:
  bool Holds(uint64_t offset) const {
    return offset >= held_from_ && offset - held_from_ <= held_.size();
  }

  RandomAccess* const file_;
  const uint64_t end_;
  uint64_t offset_;
  ByteBuffer held_;  // bytes of the file from held_from_ on
  uint64_t held_from_;
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_BYTE_WINDOW_H_
