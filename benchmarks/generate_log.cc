// Writes a log of any size to standard output: what the services of a web shop would write to one
// collected file. The same bytes every time, so that a reader can be handed the same log again
// instead of keeping a copy.
//
//   generate_log BYTES [SEED]
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "support/random.h"

namespace logpress {
namespace {

using std::string_view;
using testing::Random;

constexpr size_t kFlushBytes = 1 << 20;

class LogWriter {
 public:
  explicit LogWriter(uint64_t seed) : random_(seed) {
    for (int i = 0; i < 20000; ++i) users_.push_back(1000 + random_.Below(9000000));
    for (int i = 0; i < 3000; ++i) addresses_.push_back(static_cast<uint32_t>(random_.Next()));
    for (int i = 0; i < 5000; ++i) products_.push_back(random_.Below(1000000));
  }

  // Appends the records of the next moment.
  void Append(std::string* out) {
    out_ = out;
    // Microseconds to the next record: traffic swells until noon and sinks again.
    const uint64_t second = now_ / 1000000 % 86400;
    const uint64_t from_noon = second < 43200 ? 43200 - second : second - 43200;
    now_ += 1 + random_.Below(900 + from_noon / 12);
    const uint64_t kind = random_.Below(1000);
    if (kind < 430) {
      Gateway();
    } else if (kind < 640) {
      Shop();
    } else if (kind < 780) {
      Worker();
    } else if (kind < 880) {
      Audit();
    } else if (kind < 960) {
      Database();
    } else if (kind < 997) {
      System();
    } else {
      StackTrace();
    }
  }

 private:
  LogWriter& Text(string_view text) {
    out_->append(text);
    return *this;
  }
  LogWriter& Number(uint64_t value, size_t width = 1) {
    char digits[20];
    const char* const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    const auto size = static_cast<size_t>(end - digits);
    if (size < width) out_->append(width - size, '0');
    out_->append(digits, size);
    return *this;
  }
  LogWriter& Hex(uint64_t value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
      out_->push_back("0123456789abcdef"[value >> shift & 15]);
    return *this;
  }
  LogWriter& Address(uint32_t address) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      Number(address >> shift & 255);
      if (shift > 0) out_->push_back('.');
    }
    return *this;
  }
  // 2024-05-17T08:30:12.123456Z, or with ' ' and ',' and milliseconds, as Java writes it.
  LogWriter& Time(bool java = false) {
    const uint64_t seconds = now_ / 1000000;
    const uint64_t day = seconds / 86400;
    // 2024-01-01 and days after it; the log of a year is long enough.
    constexpr std::array<uint64_t, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint64_t month = 0;
    uint64_t rest = day % 366;
    while (rest >= kDays[month]) rest -= kDays[month++];
    Number(2024 + day / 366).Text("-").Number(month + 1, 2).Text("-").Number(rest + 1, 2);
    Text(java ? " " : "T").Number(seconds / 3600 % 24, 2).Text(":");
    Number(seconds / 60 % 60, 2).Text(":").Number(seconds % 60, 2);
    if (java) return Text(",").Number(now_ / 1000 % 1000, 3);
    return Text(".").Number(now_ % 1000000, 6).Text("Z");
  }
  // Some values are much more common than others.
  template <typename T>
  const T& Popular(const std::vector<T>& from) {
    return from[random_.Below(1 + random_.Below(1 + random_.Below(from.size())))];
  }
  uint64_t Duration() { return 1 + random_.Skewed(14); }

  void Gateway() {
    constexpr std::array<string_view, 8> kRoutes = {
        "GET /api/v2/products/", "GET /api/v2/products/", "GET /api/v2/search?q=",
        "POST /api/v2/cart/",    "GET /static/img/",      "GET /api/v2/users/",
        "DELETE /api/v2/cart/",  "GET /healthz?n="};
    constexpr std::array<string_view, 4> kAgents = {
        "Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15",
        "shop-android/8.4.1 (sdk 34)", "curl/7.88.1"};
    const uint64_t status = random_.OneIn(40)   ? 500 + random_.Below(4)
                            : random_.OneIn(12) ? 404
                                                : 200;
    Address(Popular(addresses_)).Text(" - - [").Time().Text("] \"");
    Text(random_.Pick(kRoutes)).Number(Popular(products_)).Text(" HTTP/1.1\" ");
    Number(status).Text(" ").Number(random_.Skewed(16)).Text(" \"-\" \"");
    Text(kAgents[random_.Below(1 + random_.Below(4))]).Text("\" rt=0.").Number(Duration(), 3);
    Text(" id=").Hex(random_.Next(), 16).Text("\n");
  }

  void Shop() {
    Time(true).Text(" INFO  [http-nio-8080-exec-").Number(random_.Below(64)).Text("] ");
    switch (random_.Below(4)) {
      case 0:
        Text("c.e.shop.CartService - user ").Number(Popular(users_)).Text(" added product ");
        Number(Popular(products_))
            .Text(" x")
            .Number(1 + random_.Skewed(3))
            .Text(" to cart, total=");
        Number(random_.Skewed(12)).Text(".").Number(random_.Below(100), 2).Text(" EUR\n");
        return;
      case 1:
        Text("c.e.shop.Session - session ").Hex(random_.Next(), 16).Hex(random_.Next(), 16);
        Text(" opened for user ").Number(Popular(users_)).Text("\n");
        return;
      case 2:
        Text("c.e.shop.Cache - hit ratio ").Number(random_.Below(100)).Text("% (");
        Number(hits_ += random_.Below(500)).Text(" hits, size ").Number(random_.Skewed(20));
        Text(")\n");
        return;
      default:
        Text("c.e.shop.Checkout - order ").Number(++order_, 10).Text(" placed by ");
        Number(Popular(users_)).Text(" from ").Address(Popular(addresses_)).Text(" in ");
        Number(Duration()).Text(" ms\n");
    }
  }

  void Worker() {
    constexpr std::array<string_view, 5> kQueues = {"mail", "invoice", "thumbnail", "index",
                                                    "export"};
    const string_view queue = random_.Pick(kQueues);
    Text("time=").Time().Text(" level=").Text(random_.OneIn(30) ? "warn" : "info");
    Text(" worker=").Number(random_.Below(16), 2).Text(" queue=").Text(queue).Text(" job=");
    const uint64_t id = random_.Next();
    Hex(id >> 32, 8).Text("-").Hex(id, 4).Text("-4").Hex(id >> 16, 3).Text("-a");
    Hex(id >> 8, 3).Text("-").Hex(random_.Next(), 12);
    if (random_.OneIn(3)) {
      Text(" msg=\"done\" ms=").Number(Duration()).Text("\n");
    } else {
      Text(" msg=\"started\" attempt=").Number(1 + random_.Skewed(2)).Text(" path=/var/spool/");
      Text(queue).Text("/").Number(now_ / 86400000000).Text("/").Hex(id >> 40, 6).Text("\n");
    }
  }

  void Audit() {
    Text(R"({"ts":)").Number(now_ / 1000).Text(R"(,"actor":{"id":)").Number(Popular(users_));
    if (random_.OneIn(5)) Text(R"(,"role":"admin")");
    Text(R"(,"ip":")").Address(Popular(addresses_)).Text(R"("},"action":")");
    Text(random_.OneIn(2) ? "login" : "update").Text(R"(","ok":)");
    Text(random_.OneIn(20) ? "false" : "true");
    if (random_.OneIn(4))
      Text(R"(,"note":"changed \"address\" of order )").Number(order_).Text("\"");
    Text("}\n");
  }

  void Database() {
    Time(true).Text(" UTC [").Number(900 + random_.Below(40)).Text("] shop@orders LOG:  ");
    if (random_.OneIn(3)) {
      Text("checkpoint complete: wrote ").Number(random_.Skewed(14)).Text(" buffers (");
      Number(random_.Below(10)).Text(".").Number(random_.Below(10)).Text("%); sync files=");
      Number(random_.Skewed(7)).Text("\n");
    } else {
      Text("duration: ").Number(Duration()).Text(".").Number(random_.Below(1000), 3);
      Text(" ms  statement: SELECT id, total FROM orders WHERE user_id = ").Number(Popular(users_));
      Text(" AND state IN ('new', 'paid') ORDER BY id DESC LIMIT 20\n");
    }
  }

  void System() {
    Time().Text(" node-").Number(random_.Below(12), 2);
    switch (random_.Below(3)) {
      case 0:
        Text(" sshd[").Number(1000 + random_.Below(60000)).Text("]: Invalid user admin from ");
        Address(static_cast<uint32_t>(random_.Next())).Text(" port ");
        Number(1024 + random_.Below(64000)).Text("\n");
        return;
      case 1:
        Text(" kernel: [").Number(now_ / 1000000 % 10000000).Text(".").Number(now_ % 1000000, 6);
        Text("] eth0: link up, 10000Mbps, ").Hex(random_.Next(), 12).Text("\n");
        return;
      default:
        Text(" systemd[1]: Started session-").Number(++session_).Text(".scope.\n");
    }
  }

  void StackTrace() {
    Time(true).Text(" ERROR [http-nio-8080-exec-").Number(random_.Below(64));
    Text("] c.e.shop.Errors - request ").Hex(random_.Next(), 16).Text(" failed\n");
    Text("java.lang.IllegalStateException: no stock for product ").Number(Popular(products_));
    Text("\n");
    for (uint64_t i = random_.Below(12); i < 24; ++i) {
      Text("\tat com.example.shop.layer").Number(i / 4).Text(".Step").Number(i);
      Text(".apply(Step").Number(i).Text(".java:").Number(40 + i * 17).Text(")\n");
    }
  }

  Random random_;
  std::string* out_ = nullptr;
  std::vector<uint64_t> users_;
  std::vector<uint32_t> addresses_;
  std::vector<uint64_t> products_;
  uint64_t now_ = 0;  // microseconds since the start of 2024
  uint64_t order_ = 480000;
  uint64_t session_ = 1;
  uint64_t hits_ = 0;
};

int Main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::fprintf(stderr, "usage: generate_log BYTES [SEED]\n");
    return 2;
  }
  uint64_t left = std::strtoull(argv[1], nullptr, 10);
  LogWriter writer(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1);
  std::string buffer;
  while (left > 0) {
    buffer.clear();
    while (buffer.size() < kFlushBytes) writer.Append(&buffer);
    const auto size = static_cast<size_t>(std::min<uint64_t>(buffer.size(), left));
    if (std::fwrite(buffer.data(), 1, size, stdout) != size) return 1;
    left -= size;
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace logpress

int main(int argc, char** argv) { return logpress::Main(argc, argv); }
