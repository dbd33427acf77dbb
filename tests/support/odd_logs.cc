#include "support/odd_logs.h"

#include <array>
#include <cinttypes>
#include <cstdarg>
#include <cstdio>

#include "support/random.h"

namespace logpress::testing {
namespace {

// Appends what printf would print.
[[gnu::format(printf, 2, 3)]] void Print(std::string* out, const char* format, ...) {
  char line[1024];
  va_list arguments;
  va_start(arguments, format);
  const int size = std::vsnprintf(line, sizeof(line), format, arguments);
  va_end(arguments);
  out->append(line, static_cast<size_t>(size));
}

// Two counters in the same place of two statements.
std::string AlternatingSteps() {
  std::string log;
  for (int i = 0; i < 6000; ++i) {
    Print(&log, "WALL_CLOCK=%" PRId64 "\n", int64_t{1342540861416351} + i * 977);
    Print(&log, "SINCE_BOOT=%d\n", 7000000 + i * 977);
  }
  return log;
}

// One counter for each of several processors, told by the value to the left.
std::string CountersOfProcessors() {
  Random random(1);
  std::string log;
  std::array<int64_t, 8> ticks;
  for (int64_t& of_one : ticks) of_one = static_cast<int64_t>(random.Below(1 << 30));
  for (int i = 0; i < 8000; ++i) {
    const auto cpu = static_cast<size_t>(i * 5 % 8);
    Print(&log, "cpu%zu usage %" PRId64 " ticks\n", cpu, ticks[cpu] += 4096);
  }
  return log;
}

// A counter that begins again in another statement, as that of a day that is no day.
std::string CounterTwice() {
  std::string log;
  for (int half = 0; half < 2; ++half) {
    for (int i = 0; i < 4000; ++i) {
      Print(&log, "%s 00:00:%02d.%03d: %s %d\n", half == 0 ? "0000-00-00" : "2019-07-12", i / 1000,
            i % 1000, half == 0 ? "step" : "phase", i);
    }
  }
  return log;
}

// A progress bar, which overwrites its line.
std::string Progress() {
  Random random(2);
  std::string log;
  for (int repository = 0; repository < 20; ++repository) {
    Print(&log, "Cloning repository %d...\n", repository);
    for (int percent = 0; percent <= 100; ++percent) {
      Print(&log, "Receiving objects: %3d%% (%d/24000), %d.00 KiB/s\r", percent, percent * 240,
            static_cast<int>(400 + random.Below(300)));
    }
    log += "Receiving objects: done.\n";
  }
  return log;
}

// Syslog over TCP: the bytes of each message are counted, and nothing ends them.
std::string CountedMessages() {
  std::string log;
  for (int i = 0; i < 3000; ++i) {
    std::string message;
    Print(&message, "<34>1 2003-10-11T22:14:%02d.%06dZ host%d su - ID47 - failed for user%d",
          i / 100 % 60, i * 331 % 1000000, i % 12, i * i % 97);
    Print(&log, "%zu ", message.size());
    log += message;
  }
  return log;
}

// Names of files as find -print0 writes them.
std::string NamesEndedByNul() {
  Random random(3);
  std::string log;
  for (int i = 0; i < 4000; ++i) {
    Print(&log, "/srv/data/%d/part-%05d.parquet", i / 100, static_cast<int>(random.Below(100000)));
    log.push_back('\0');
  }
  return log;
}

// Lines of a thousand numbers in colours.
std::string ColouredLists() {
  Random random(4);
  std::string log;
  for (int i = 0; i < 15; ++i) {
    Print(&log, "\033[2;36m[10/25/24 11:00:%02d]\033[0m \033[34mINFO\033[0m [", i);
    for (int n = 0; n < 800; ++n) {
      Print(&log, "\033[1;36m%d.%d\033[0m, ", static_cast<int>(random.Below(100)),
            static_cast<int>(random.Below(10000)));
    }
    log += "]\n";
  }
  return log;
}

// Long identifiers and addresses that stand in statements and in values alike.
std::string LongAddresses() {
  Random random(5);
  std::vector<std::string> addresses;
  for (int i = 0; i < 60; ++i) {
    std::string address = "https://www.example.org/shop/";
    for (int k = 0; k < 24; ++k) {
      Print(&address, "%s%x", k % 5 == 4 ? "/" : "", static_cast<unsigned>(random.Below(1 << 20)));
      if (k == 12) address += ".aspx?session=";
    }
    addresses.push_back(address);
  }
  std::string log;
  for (int i = 0; i < 1500; ++i) {
    const std::string& one = addresses[static_cast<size_t>(random.Below(60))];
    const std::string& other = addresses[static_cast<size_t>(random.Below(60))];
    Print(&log, "2025-05-08 07:00:%02d GET %s - Mozilla %s %d\r\n", i % 60, one.c_str(),
          other.c_str(), i % 3 == 0 ? 200 : 304);
  }
  return log;
}

// Objects with members in any order, and numbers in every notation.
std::string ManyNotations() {
  constexpr std::array<const char*, 10> kNumbers = {"0.1e-7", "1_000", "00012", "1E5",  "0x1F",
                                                    "-0.0",   "1.0",   "1E+05", "1e05", "\"x\""};
  Random random(6);
  const auto number = [&] { return kNumbers[random.Below(kNumbers.size())]; };
  std::string log;
  for (int i = 0; i < 3000; ++i) {
    const bool turned = random.Below(2) == 0;
    Print(&log, "{\"%s\":%s, \"%s\":%s, \"c\":%s,\"n\":[1,2,%s],\"id\":%" PRIu64 "%05d}\n",
          turned ? "b" : "a", number(), turned ? "a" : "b", number(), number(), number(),
          random.Next(), static_cast<int>(random.Below(100000)));
  }
  return log;
}

}  // namespace

std::vector<OddLog> OddLogs() {
  return {
      {"alternating steps", AlternatingSteps()}, {"counters of processors", CountersOfProcessors()},
      {"a counter twice", CounterTwice()},       {"progress", Progress()},
      {"counted messages", CountedMessages()},   {"names ended by NUL", NamesEndedByNul()},
      {"coloured lists", ColouredLists()},       {"long addresses", LongAddresses()},
      {"many notations", ManyNotations()},
  };
}

}  // namespace logpress::testing
