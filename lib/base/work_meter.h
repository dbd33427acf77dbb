// How far work has come that takes long, for somebody who watches from another thread.
#ifndef LOGPRESS_BASE_WORK_METER_H_
#define LOGPRESS_BASE_WORK_METER_H_

#include <atomic>
#include <cstdint>

namespace logpress {

// Counts bytes that are dealt with, in any number of threads.
class WorkMeter {
 public:
  void Reset() { bytes_.store(0, std::memory_order_relaxed); }
  void Add(uint64_t bytes) { bytes_.fetch_add(bytes, std::memory_order_relaxed); }
  uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  std::atomic<uint64_t> bytes_{0};
};

// Tells a meter, which may be null, how far one piece of work is, but not at every byte.
class WorkReport {
 public:
  explicit WorkReport(WorkMeter* meter) : meter_(meter) {}
  // `position`: bytes of this piece that are dealt with.
  void At(uint64_t position) {
    if (position - told_ >= kStep) Tell(position);
  }
  // All of them.
  void Done(uint64_t size) { Tell(size); }

 private:
  static constexpr uint64_t kStep = uint64_t{32} << 10;
  void Tell(uint64_t position) {
    if (meter_ != nullptr) meter_->Add(position - told_);
    told_ = position;
  }

  WorkMeter* const meter_;
  uint64_t told_ = 0;
};

}  // namespace logpress

#endif  // LOGPRESS_BASE_WORK_METER_H_
