// When a writer that must not be far behind has to be flushed.
#ifndef LOGPRESS_ARCHIVE_FLUSH_TIMER_H_
#define LOGPRESS_ARCHIVE_FLUSH_TIMER_H_

#include <chrono>
#include <cstdint>
#include <optional>

namespace logpress::archive {

// Counts from the oldest bytes that are with the writer and not with its sink. One thread at a
// time.
class FlushTimer {
 public:
  using Clock = std::chrono::steady_clock;

  // An interval of 0 is never over.
  explicit FlushTimer(std::chrono::milliseconds interval) : interval_(interval) {}

  // Bytes were appended; since the call before, the writer's count of written blocks became
  // `blocks`. A block that was just written was full, and what is left came after it.
  void Appended(uint64_t blocks) {
    if (!pending_ || blocks != blocks_) oldest_ = Clock::now();
    pending_ = true;
    blocks_ = blocks;
  }
  // Nothing is pending any more.
  void Flushed() { pending_ = false; }

  // Milliseconds until the writer is to be flushed, 0 if now; nothing when nothing is pending or
  // the interval is 0.
  std::optional<uint64_t> Wait() const {
    if (interval_.count() == 0 || !pending_) return std::nullopt;
    const auto passed =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - oldest_);
    return passed >= interval_ ? 0 : static_cast<uint64_t>((interval_ - passed).count());
  }

 private:
  const std::chrono::milliseconds interval_;
  bool pending_ = false;
  Clock::time_point oldest_;  // when they came, if any are pending
  uint64_t blocks_ = 0;
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_FLUSH_TIMER_H_
