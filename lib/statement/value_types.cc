#include "statement/value_types.h"

#include <algorithm>

#include "statement/spans.h"
#include "statement/words.h"

namespace logpress::statement {
namespace {

using Words = std::span<const std::string_view>;

// The word of letters that ends the text, over blanks and marks such as "=", ":" and "(".
ByteView WordBefore(ByteView text) {
  const size_t last = text.find_last_not_of(" \t=:([{\"'#<-/");
  if (last == ByteView::npos) return {};
  size_t begin = last + 1;
  while (begin > 0 && IsLetter(text[begin - 1])) --begin;
  return text.substr(begin, last + 1 - begin);
}

// Of a name in camelCase its last part: Time of maxWaitTime.
ByteView LastPart(ByteView word) {
  for (size_t i = word.size(); i-- > 1;) {
    if (word[i] >= 'A' && word[i] <= 'Z' && word[i - 1] >= 'a' && word[i - 1] <= 'z')
      return word.substr(i);
  }
  return word;
}

ByteView WordBehind(ByteView text) {
  size_t begin = 0;
  while (begin < text.size() && text[begin] == ' ') ++begin;
  size_t end = begin;
  while (end < text.size() && IsLetter(text[end])) ++end;
  return text.substr(begin, end - begin);
}

template <typename Holds>
bool All(std::span<const ByteBuffer> values, const Holds& holds) {
  return !values.empty() && std::all_of(values.begin(), values.end(), [&](const ByteBuffer& value) {
    return holds(ByteView{value});
  });
}
template <typename Holds>
bool All(const Slot& slot, const Holds& holds) {
  return All(slot.values, holds);
}

bool IsNumber(ByteView value) {
  return HasDigit(value) && value.find_first_not_of("0123456789.,-+") == ByteView::npos;
}
bool AllNumbers(const Slot& slot) { return All(slot, IsNumber); }

// Four numbers with points between, perhaps with a slash before.
bool IsIpAddress(ByteView value) {
  if (value.starts_with('/')) value.remove_prefix(1);
  return std::count(value.begin(), value.end(), '.') == 3 &&
         value.find_first_not_of("0123456789.:/") == ByteView::npos;
}

// a.example.org; not org.example.a, the name of a package.
bool IsHost(ByteView value) {
  constexpr std::string_view kTopLevels[] = {"com", "net", "org",   "edu",  "gov",
                                             "io",  "de",  "cn",    "uk",   "jp",
                                             "hk",  "lan", "local", "arpa", "internal"};
  const size_t last = value.rfind('.');
  if (last == ByteView::npos || last == 0) return false;
  const bool name = std::all_of(value.begin(), value.end(), [](char byte) {
    return IsLetter(byte) || IsDigit(byte) || byte == '.' || byte == '-' || byte == '_';
  });
  return name && IsOneOf(value.substr(last + 1), kTopLevels);
}
bool IsMachine(ByteView value) { return IsIpAddress(value) || IsAddress(value) || IsHost(value); }

bool IsPort(ByteView value) {
  return !value.empty() && value.size() <= 5 && std::all_of(value.begin(), value.end(), IsDigit);
}

// 2024-05-17, 17/05/2024, 2024-05-17T10; not 1-2-3.
bool IsDate(ByteView value) {
  if (const size_t time = value.find('T'); time != ByteView::npos) value = value.substr(0, time);
  if (value.size() != 10) return false;
  const char mark = value[2] == '/' ? '/' : '-';
  const size_t year = value[2] == mark ? 6 : 0;
  for (size_t i = 0; i < value.size(); ++i) {
    const bool is_mark = year == 0 ? i == 4 || i == 7 : i == 2 || i == 5;
    if (is_mark ? value[i] != mark : !IsDigit(value[i])) return false;
  }
  return true;
}

// An hour, a minute or a second: two digits below sixty, and perhaps a fraction.
bool IsPartOfClock(ByteView value) {
  return value.size() >= 2 && value[0] >= '0' && value[0] < '6' && IsDigit(value[1]) &&
         (value.size() == 2 || ((value[2] == '.' || value[2] == ',') && value.size() > 3 &&
                                std::all_of(value.begin() + 3, value.end(), IsDigit)));
}

// v0.97, 2.1.8-stable, go1.19.3
bool IsRelease(ByteView value) {
  size_t i = 0;
  while (i < value.size() && IsLetter(value[i])) ++i;
  const bool v = i == 1 && (value[0] == 'v' || value[0] == 'V');
  const size_t digits = i;
  size_t points = 0;
  for (; i < value.size() && (IsDigit(value[i]) || value[i] == '.'); ++i) points += value[i] == '.';
  const bool ends = i == value.size() || value[i] == '-' || value[i] == '_' || value[i] == '+';
  return ends && i > digits && IsDigit(value[digits]) && points >= (v ? 1U : 2U);
}

bool IsClock(ByteView value) {
  for (size_t i = 1; i + 1 < value.size(); ++i) {
    if (value[i] == ':' && IsDigit(value[i - 1]) && IsDigit(value[i + 1])) return true;
  }
  return IsCalendarName(value);
}

// HTTP/1.1
bool IsVersion(ByteView value) {
  const size_t slash = value.find('/');
  return slash != ByteView::npos && slash > 0 && slash + 1 < value.size() &&
         std::all_of(value.begin(), value.begin() + static_cast<long>(slash), IsLetter) &&
         IsDigit(value[slash + 1]);
}

// eth0, sda12
bool IsNumberedName(ByteView value) {
  constexpr size_t kMostDigits = 3;
  const size_t digits = value.find_first_of("0123456789");
  return digits != ByteView::npos && digits > 1 && value.size() - digits <= kMostDigits &&
         std::all_of(value.begin(), value.begin() + static_cast<long>(digits), IsLetter) &&
         std::all_of(value.begin() + static_cast<long>(digits), value.end(), IsDigit);
}

// Letters and digits in one, as programs make up for the names of blocks, tasks and sessions.
bool IsMadeUp(ByteView value) {
  constexpr size_t kLeastDigits = 4;
  return value.size() >= 8 && value.find("0x") == ByteView::npos &&
         value.find('/') == ByteView::npos &&
         static_cast<size_t>(std::count_if(value.begin(), value.end(), IsDigit)) >= kLeastDigits &&
         std::any_of(value.begin(), value.end(), IsLetter);
}

constexpr std::string_view kSwitches[] = {"true", "false", "on",      "off",
                                          "yes",  "no",    "enabled", "disabled"};
constexpr std::string_view kTimeUnits[] = {
    "ms",      "us",  "ns",   "msec",    "msecs", "s",   "sec",  "secs",   "second",
    "seconds", "min", "mins", "minutes", "hours", "hrs", "days", "millis", "milliseconds"};
constexpr std::string_view kResourceUnits[] = {"b",   "kb",  "mb",   "gb",    "tb",   "kib",
                                               "mib", "gib", "tib",  "bytes", "byte", "khz",
                                               "mhz", "ghz", "vcpu", "vcpus", "cores"};
constexpr std::string_view kIdWords[] = {
    "id",          "pid",       "uid",     "gid",        "tid",       "euid", "session",
    "sessionid",   "task",      "attempt", "block",      "container", "job",  "instance",
    "transaction", "request",   "process", "thread",     "blk",       "uuid", "stage",
    "child",       "partition", "replica", "controller", "irq"};
constexpr std::string_view kLocationWords[] = {"port",  "from", "address",  "addr",  "ip",  "url",
                                               "uri",   "path", "file",     "dir",   "src", "dest",
                                               "rhost", "host", "hostname", "server"};
constexpr std::string_view kNameWords[] = {"user",   "username",  "name", "node",
                                           "device", "interface", "for"};
constexpr std::string_view kStatusWords[] = {"status", "code",    "errno", "error",  "err",
                                             "exit",   "ret",     "rc",    "result", "signal",
                                             "state",  "hresult", "rcode"};
constexpr std::string_view kResourceWords[] = {"size", "memory", "mem",  "bytes", "capacity",
                                               "len",  "length", "free", "used"};
constexpr std::string_view kTimeWords[] = {"time",     "took",     "elapsed", "duration", "timeout",
                                           "uptime",   "lifetime", "latency", "age",      "delay",
                                           "interval", "day",      "date",    "timestamp"};
constexpr std::string_view kAmountWords[] = {"count", "number", "num",     "total",
                                             "times", "of",     "retries", "items"};
constexpr std::string_view kTypeWords[] = {"type",     "version", "mode",    "class",
                                           "protocol", "ver",     "revision"};

bool Follows(const Slot& slot, Words words) {
  return IsOneOf(LastPart(WordBefore(slot.before)), words);
}
bool Precedes(const Slot& slot, Words words) { return IsOneOf(WordBehind(slot.behind), words); }

// The name before the slot, of letters, digits, '_' and '-'; empty where there is another mark.
ByteView NameBefore(ByteView text) {
  const size_t last = text.find_last_not_of(" =:");
  if (last == ByteView::npos) return {};
  size_t begin = last + 1;
  while (begin > 0 && (IsNameByte(text[begin - 1]) || text[begin - 1] == '-')) --begin;
  return text.substr(begin, last + 1 - begin);
}

// sessionId, cxid; not valid, void.
bool NamesId(ByteView name) {
  constexpr std::string_view kWords[] = {"valid", "invalid", "void",   "paid",  "grid",
                                         "avoid", "said",    "hybrid", "solid", "android"};
  return name.size() > 2 &&
         (name.ends_with("id") || name.ends_with("Id") || name.ends_with("ID")) &&
         !IsOneOf(name, kWords);
}

// 2M, 512KB
bool IsSize(ByteView value) {
  const size_t unit = value.find_first_not_of("0123456789.");
  if (unit == 0 || unit == ByteView::npos) return false;
  constexpr std::string_view kShort[] = {"k", "m", "g"};
  return IsOneOf(value.substr(unit), kShort) ||
         (unit + 1 < value.size() && IsOneOf(value.substr(unit), kResourceUnits));
}

// A form tells more than a word beside it, and a unit more than a name in front.
constexpr ValueRule kRules[] = {
    {ValueType::kSwitch, "ready=<*>", "true",
     [](const Slot& slot) {
       return All(slot, [](ByteView value) { return IsOneOf(value, kSwitches); });
     }},
    // The name of a member of JSON.
    {ValueType::kOther, "{\"<*>\": 1}", "eventID",
     [](const Slot& slot) { return slot.before.ends_with('"') && slot.behind.starts_with("\":"); }},
    {ValueType::kLocation, "peer <*> left", "10.0.0.7",
     [](const Slot& slot) { return All(slot, IsMachine); }},
    {ValueType::kLocation, ":<*> is closed", "8080",
     [](const Slot& slot) {
       return slot.before == ":" && All(slot, IsPort) && All(slot.previous, IsMachine);
     },
     "10.0.0.7"},
    {ValueType::kTime, "at <*> again", "10:11:12",
     [](const Slot& slot) { return All(slot, IsClock) || All(slot, IsDate); }},
    {ValueType::kTime, "at <*>:", "10",
     [](const Slot& slot) {
       return All(slot, IsPartOfClock) && (slot.behind == ":" || slot.before == ":");
     }},
    {ValueType::kLocation, "at Main.java:<*>)", "829",
     [](const Slot& slot) {
       // A line of a source.
       const ByteView suffix = WordBefore(slot.before);
       const size_t size = suffix.size() + 1;
       return AllNumbers(slot) && !suffix.empty() && suffix.size() <= 4 &&
              slot.before.ends_with(':') && slot.before.size() > size + 1 &&
              slot.before[slot.before.size() - size - 1] == '.';
     }},
    {ValueType::kLocation, "open <*> now", "/var/log/app.log",
     [](const Slot& slot) {
       return All(slot, [](ByteView value) {
         return value.size() > 1 && (value[0] == '\\' || EndOfSpan(value, 0) == value.size());
       });
     }},
    {ValueType::kType, "libevent <*> loaded", "2.1.8-stable",
     [](const Slot& slot) { return All(slot, IsRelease); }},
    {ValueType::kTime, "slept <*> ms", "12",
     [](const Slot& slot) { return AllNumbers(slot) && Precedes(slot, kTimeUnits); }},
    {ValueType::kResource, "read <*> KB", "12",
     [](const Slot& slot) { return AllNumbers(slot) && Precedes(slot, kResourceUnits); }},
    {ValueType::kResource, "region of <*>", "2M",
     [](const Slot& slot) { return All(slot, IsSize); }},
    {ValueType::kResource, "load <*>%", "12",
     [](const Slot& slot) { return AllNumbers(slot) && slot.behind.starts_with('%'); }},
    {ValueType::kStatus, "exit code <*>", "2",
     [](const Slot& slot) { return Follows(slot, kStatusWords); }},
    {ValueType::kTime, "timeout=<*>", "30",
     [](const Slot& slot) { return AllNumbers(slot) && Follows(slot, kTimeWords); }},
    {ValueType::kResource, "blockSize=<*>", "4096",
     [](const Slot& slot) { return AllNumbers(slot) && Follows(slot, kResourceWords); }},
    {ValueType::kObjectId, "pid <*> ended", "4711",
     [](const Slot& slot) { return Follows(slot, kIdWords) || NamesId(WordBefore(slot.before)); }},
    {ValueType::kLocation, "port <*> is open", "8080",
     [](const Slot& slot) { return Follows(slot, kLocationWords); }},
    {ValueType::kObjectName, "load <*> first", "org.example.Main",
     [](const Slot& slot) { return All(slot, IsDottedName) && !All(slot, IsMadeUp); }},
    {ValueType::kType, "protocol <*> spoken", "tls",
     [](const Slot& slot) { return Follows(slot, kTypeWords); }},
    {ValueType::kObjectName, "user <*> left", "anna",
     [](const Slot& slot) { return !AllNumbers(slot) && Follows(slot, kNameWords); }},
    {ValueType::kAmount, "number of files: <*> in all", "3",
     [](const Slot& slot) {
       return AllNumbers(slot) &&
              (Follows(slot, kAmountWords) || slot.before.find("umber of ") != ByteView::npos);
     }},
    {ValueType::kAmount, "max_clients: <*>", "100",
     [](const Slot& slot) {
       constexpr std::string_view kBounds[] = {"max", "min", "num", "count", "total", "limit"};
       const ByteView name = NameBefore(slot.before);
       const size_t end = name.find_first_of("_-");
       return AllNumbers(slot) && end != ByteView::npos &&
              (IsOneOf(name.substr(0, end), kBounds) ||
               IsOneOf(name.substr(name.find_last_of("_-") + 1), kBounds));
     }},
    {ValueType::kAmount, "tried <*> times", "3",
     [](const Slot& slot) {
       const ByteView word = WordBehind(slot.behind);
       return AllNumbers(slot) && word.size() > 3 &&
              (word.ends_with('s') || (word.size() > 4 && word.ends_with("ed")));
     }},
    {ValueType::kType, "spoke <*> then", "HTTP/1.1",
     [](const Slot& slot) { return All(slot, IsVersion); }},
    {ValueType::kObjectName, "link of <*> is up", "eth0",
     [](const Slot& slot) { return All(slot, IsNumberedName); }},
    {ValueType::kObjectId, "got <*> back", "blk_-1608",
     [](const Slot& slot) { return All(slot, IsMadeUp); }},
    {ValueType::kObjectName, "greet <*> first", "anna",
     [](const Slot& slot) {
       return All(slot, [](ByteView value) {
         return !HasDigit(value) && std::any_of(value.begin(), value.end(), IsLetter);
       });
     }},
};

}  // namespace

std::string_view NameOf(ValueType type) {
  constexpr std::string_view kNames[] = {"object id", "location", "object name", "type",   "switch",
                                         "time",      "resource", "amount",      "status", "other"};
  return kNames[static_cast<size_t>(type)];
}

std::span<const ValueRule> ValueRules() { return kRules; }

ValueType TypeOf(const Slot& slot) {
  for (const ValueRule& rule : kRules) {
    if (rule.holds(slot)) return rule.type;
  }
  return ValueType::kOther;
}

}  // namespace logpress::statement
