#include "cli/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "absl/status/status.h"
#include "base/status.h"
#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

using std::chrono::milliseconds;

// Work that ends sooner shows no line: it would only flicker.
constexpr milliseconds kFirst{1000};
constexpr milliseconds kInterval{200};

size_t TerminalColumns() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

void WriteToTerminal(std::string_view text) {
  // A terminal that is gone is no reason to stop working.
  const ssize_t ignored = write(STDERR_FILENO, text.data(), text.size());
  (void)ignored;
}

// The first columns of a name say least: paths differ at their ends.
std::string Shorten(std::string_view name, size_t columns) {
  if (name.size() <= columns) return std::string(name);
  if (columns < 4) return "";
  size_t from = name.size() - (columns - 3);
  // Not in the middle of a UTF-8 character.
  while (from < name.size() && (static_cast<unsigned char>(name[from]) & 0xc0) == 0x80) ++from;
  return Cat("...", name.substr(from));
}

}  // namespace

WorkDone Ahead(WorkDone done, uint64_t worked, double seconds) {
  if (worked <= done.raw) return done;
  // What is not packed yet will be packed as the rest was.
  if (done.raw > 0) {
    done.packed =
        static_cast<uint64_t>(static_cast<double>(done.packed) * static_cast<double>(worked) /
                              static_cast<double>(done.raw));
  }
  done.input = worked;
  done.raw = worked;
  done.seconds = seconds;
  return done;
}

std::string ProgressLine(std::string_view name, const WorkDone& done, uint64_t total, double waited,
                         size_t columns) {
  std::string line = HumanSize(done.input);
  // A file that grows while it is read has no end that could be told.
  const bool known = total > 0 && done.input <= total;
  if (known) {
    line += Formatted(
        " of %s, %d %%", HumanSize(total),
        static_cast<int>(100.0 * static_cast<double>(done.input) / static_cast<double>(total)));
  }
  if (done.packed > 0) Append(&line, ", ratio ", Ratio(done.raw, done.packed));
  if (done.raw > 0 && done.seconds > 0) {
    const double speed = static_cast<double>(done.raw) / done.seconds;
    Append(&line, ", ", HumanSize(static_cast<uint64_t>(speed)), "/s");
  } else {
    // A first block can take long: the line shows that something happens.
    Append(&line, ", ", HumanDuration(waited), " so far");
  }
  if (known && done.input > 0 && done.input < total) {
    const double share = static_cast<double>(total - done.input) / static_cast<double>(done.input);
    Append(&line, ", ", HumanDuration(std::max(share * done.seconds - waited, 1.0)), " left");
  }
  if (line.size() + 6 < columns) {
    line = Cat(Shorten(name, columns - line.size() - 3), ": ", line);
  }
  // The last column stays free: some terminals break the line there.
  return line.substr(0, std::max<size_t>(columns, 2) - 1);
}

void Progress::Begin(std::string_view name, uint64_t total) {
  if (!enabled_) return;
  End();
  name_ = name;
  total_ = total;
  done_ = WorkDone();
  meter_.Reset();
  start_ = std::chrono::steady_clock::now();
  running_ = true;
  // Where there is no thread or no memory for it, the work is done without a line.
  try {
    drawer_ = std::thread([this] {
      CatchOutOfMemory("", [this] {
        DrawUntilEnd();
        return absl::OkStatus();
      }).IgnoreError();
    });
  } catch (const std::exception&) {
    running_ = false;
  }
}

void Progress::Update(WorkDone done) {
  if (!enabled_) return;
  const std::lock_guard lock(mutex_);
  done_ = done;
  done_.seconds = SecondsSinceBegin();
}

void Progress::Clear() {
  if (!enabled_) return;
  const std::lock_guard lock(mutex_);
  Erase();
}

void Progress::End() {
  if (!enabled_ || !drawer_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    running_ = false;
  }
  ended_.notify_all();
  drawer_.join();
  Erase();
}

void Progress::DrawUntilEnd() {
  std::unique_lock lock(mutex_);
  milliseconds wait = kFirst;
  while (!ended_.wait_for(lock, wait, [this] { return !running_; })) {
    const double seconds = SecondsSinceBegin();
    const WorkDone done = Ahead(done_, meter_.bytes(), seconds);
    WriteToTerminal(Cat(
        "\r\x1b[K", ProgressLine(name_, done, total_, seconds - done.seconds, TerminalColumns())));
    visible_ = true;
    wait = kInterval;
  }
}

double Progress::SecondsSinceBegin() const {
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
  return passed.count();
}

void Progress::Erase() {
  if (visible_) WriteToTerminal("\r\x1b[K");
  visible_ = false;
}

}  // namespace logpress::cli
