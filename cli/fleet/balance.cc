#include "cli/fleet/balance.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <utility>

#include "base/status.h"

namespace logpress::cli::fleet {
namespace {

// A piece that is smaller than this share of a task is not worth a cut.
constexpr uint64_t kSmallestShare = 20;

// What a task has so far. Who has no more bytes is asked by files: they cost time, too.
struct Load {
  uint64_t bytes = 0;
  uint64_t files = 0;
  uint32_t task = 0;

  bool operator>(const Load& other) const {
    return std::tie(bytes, files, task) > std::tie(other.bytes, other.files, other.task);
  }
};

class Balancer {
 public:
  Balancer(const std::vector<FileToBalance>& files, uint32_t tasks, uint64_t shard,
           const LineBorder& border)
      : files_(files), shard_(shard), border_(border), loads_(tasks) {
    for (uint32_t task = 0; task < tasks; ++task) loads_[task].task = task;
  }

  absl::StatusOr<std::vector<Part>> Run() {
    PlaceWhole();
    LOGPRESS_RETURN_IF_ERROR(PourLarge());
    std::sort(parts_.begin(), parts_.end(), [](const Part& a, const Part& b) {
      return std::tie(a.file, a.begin) < std::tie(b.file, b.begin);
    });
    for (size_t i = 0; i < parts_.size(); ++i) parts_[i].number = i;
    return std::move(parts_);
  }

 private:
  bool IsLarge(uint32_t file) const { return files_[file].divisible && files_[file].size > shard_; }

  void PlaceWhole() {
    std::vector<uint32_t> whole;
    for (uint32_t file = 0; file < files_.size(); ++file)
      if (!IsLarge(file)) whole.push_back(file);
    std::stable_sort(whole.begin(), whole.end(),
                     [&](uint32_t a, uint32_t b) { return files_[a].size > files_[b].size; });
    std::priority_queue<Load, std::vector<Load>, std::greater<>> least(loads_.begin(),
                                                                       loads_.end());
    for (const uint32_t file : whole) {
      Load load = least.top();
      least.pop();
      Take(&load, file, 0, files_[file].size);
      least.push(load);
      loads_[load.task] = load;
    }
  }

  void Take(Load* load, uint32_t file, uint64_t begin, uint64_t end) {
    load->bytes += end - begin;
    ++load->files;
    parts_.push_back({0, load->task, file, begin, end});
  }

  absl::Status PourLarge() {
    uint64_t rest = 0;
    for (uint32_t file = 0; file < files_.size(); ++file)
      if (IsLarge(file)) rest += files_[file].size;
    if (rest == 0) return absl::OkStatus();
    std::sort(loads_.begin(), loads_.end(), [](const Load& a, const Load& b) { return b > a; });
    std::vector<Load>::iterator load = loads_.begin();
    auto end = EndOfPoured(rest);
    uint64_t level = LevelOf(load, end, rest);
    for (uint32_t file = 0; file < files_.size(); ++file) {
      if (!IsLarge(file)) continue;
      const uint64_t size = files_[file].size;
      for (uint64_t at = 0; at < size;) {
        if (load + 1 != end && load->bytes + level / kSmallestShare >= level)
          level = LevelOf(++load, end, rest);
        uint64_t stop = size;
        const uint64_t room = level - std::min(level, load->bytes);
        if (load + 1 != end && size - at > room + level / kSmallestShare) {
          LOGPRESS_ASSIGN_OR_RETURN(stop, border_(file, at + std::max<uint64_t>(room, 1)));
          stop = std::min(stop, size);
        }
        rest -= stop - at;
        Take(&*load, file, std::exchange(at, stop), stop);
      }
    }
    return absl::OkStatus();
  }

  // How much each of [begin, end), sorted by what they have, has in the end, if all of them get of
  // the `rest`.
  static uint64_t LevelOf(std::vector<Load>::iterator begin, std::vector<Load>::iterator end,
                          uint64_t rest) {
    uint64_t sum = rest;
    for (auto load = begin; load != end; ++load) sum += load->bytes;
    const auto count = static_cast<uint64_t>(end - begin);
    return (sum + count - 1) / count;
  }

  // Of the loads, sorted, the first ones get of the `rest`: those to whom that makes a difference.
  std::vector<Load>::iterator EndOfPoured(uint64_t rest) {
    uint64_t sum = rest;
    auto end = loads_.begin();
    do {
      sum += end->bytes;
      ++end;
      if (end == loads_.end()) break;
      const uint64_t level = sum / static_cast<uint64_t>(end - loads_.begin());
      if (end->bytes + level / kSmallestShare >= level) break;
    } while (true);
    return end;
  }

  const std::vector<FileToBalance>& files_;
  const uint64_t shard_;
  const LineBorder& border_;
  std::vector<Load> loads_;
  std::vector<Part> parts_;
};

}  // namespace

absl::StatusOr<std::vector<Part>> Balance(const std::vector<FileToBalance>& files, uint32_t tasks,
                                          uint64_t shard, const LineBorder& border) {
  return Balancer(files, tasks, shard, border).Run();
}

std::vector<uint64_t> LoadOfTasks(const std::vector<Part>& parts, uint32_t tasks) {
  std::vector<uint64_t> loads(tasks);
  for (const Part& part : parts) loads[part.task] += part.size();
  return loads;
}

}  // namespace logpress::cli::fleet
