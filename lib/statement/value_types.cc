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
bool All(const Slot& slot, const Holds& holds) {
  return !slot.values.empty() &&
         std::all_of(slot.values.begin(), slot.values.end(),
                     [&](const ByteBuffer& value) { return holds(ByteView{value}); });
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
  return value.size() >= 8 && !value.starts_with("0x") && value.find('/') == ByteView::npos &&
         static_cast<size_t>(std::count_if(value.begin(), value.end(), IsDigit)) >= kLeastDigits &&
         std::any_of(value.begin(), value.end(), IsLetter);
}

constexpr std::string_view kSwitches[] = {"true", "false", "on",      "off",
                                          "yes",  "no",    "enabled", "disabled"};
constexpr std::string_view kTimeUnits[] = {
    "ms",      "us",  "ns",   "msec",    "msecs", "s",   "sec",  "secs",   "second",
    "seconds", "min", "mins", "minutes", "hours", "hrs", "days", "millis", "milliseconds"};
constexpr std::string_view kResourceUnits[] = {"b",   "kb",  "mb",    "gb",   "tb",  "kib", "mib",
                                               "gib", "tib", "bytes", "byte", "khz", "mhz", "ghz"};
constexpr std::string_view kIdWords[] = {
    "id",          "pid",     "uid",     "gid",    "tid",       "euid", "session",
    "sessionid",   "task",    "attempt", "block",  "container", "job",  "instance",
    "transaction", "request", "process", "thread", "blk",       "uuid"};
constexpr std::string_view kLocationWords[] = {"port",  "from", "address",  "addr",  "ip",  "url",
                                               "uri",   "path", "file",     "dir",   "src", "dest",
                                               "rhost", "host", "hostname", "server"};
constexpr std::string_view kNameWords[] = {"user",   "username",  "name", "node",
                                           "device", "interface", "for"};
constexpr std::string_view kStatusWords[] = {"status", "code", "errno", "error",  "err",
                                             "exit",   "ret",  "rc",    "result", "signal"};
constexpr std::string_view kResourceWords[] = {"size", "memory", "mem",  "bytes", "capacity",
                                               "len",  "length", "free", "used"};
constexpr std::string_view kTimeWords[] = {"time",    "took",   "elapsed",  "duration",
                                           "timeout", "uptime", "lifetime", "latency",
                                           "age",     "delay",  "interval"};
constexpr std::string_view kAmountWords[] = {"count", "number", "num",     "total",
                                             "times", "of",     "retries", "items"};
constexpr std::string_view kTypeWords[] = {"type",  "version",  "state", "mode",
                                           "class", "protocol", "ver"};

bool Follows(const Slot& slot, Words words) {
  return IsOneOf(LastPart(WordBefore(slot.before)), words);
}
bool Precedes(const Slot& slot, Words words) { return IsOneOf(WordBehind(slot.behind), words); }

// A form tells more than a word beside it, and a unit more than a name in front.
constexpr ValueRule kRules[] = {
    {ValueType::kSwitch, "ready=<*>", "true",
     [](const Slot& slot) {
       return All(slot, [](ByteView value) { return IsOneOf(value, kSwitches); });
     }},
    {ValueType::kLocation, "peer <*> left", "10.0.0.7",
     [](const Slot& slot) {
       return All(slot, [](ByteView value) { return IsIpAddress(value) || IsAddress(value); });
     }},
    {ValueType::kTime, "at <*> again", "10:11:12",
     [](const Slot& slot) { return All(slot, IsClock); }},
    {ValueType::kLocation, "open <*> now", "/var/log/app.log",
     [](const Slot& slot) {
       return All(slot, [](ByteView value) {
         return value.size() > 1 && EndOfSpan(value, 0) == value.size();
       });
     }},
    {ValueType::kTime, "slept <*> ms", "12",
     [](const Slot& slot) { return AllNumbers(slot) && Precedes(slot, kTimeUnits); }},
    {ValueType::kResource, "read <*> KB", "12",
     [](const Slot& slot) { return AllNumbers(slot) && Precedes(slot, kResourceUnits); }},
    {ValueType::kResource, "load <*>%", "12",
     [](const Slot& slot) { return AllNumbers(slot) && slot.behind.starts_with('%'); }},
    {ValueType::kStatus, "exit code <*>", "2",
     [](const Slot& slot) { return Follows(slot, kStatusWords); }},
    {ValueType::kTime, "timeout=<*>", "30",
     [](const Slot& slot) { return AllNumbers(slot) && Follows(slot, kTimeWords); }},
    {ValueType::kResource, "blockSize=<*>", "4096",
     [](const Slot& slot) { return AllNumbers(slot) && Follows(slot, kResourceWords); }},
    {ValueType::kObjectId, "pid <*> ended", "4711",
     [](const Slot& slot) { return Follows(slot, kIdWords); }},
    {ValueType::kLocation, "port <*> is open", "8080",
     [](const Slot& slot) { return Follows(slot, kLocationWords); }},
    {ValueType::kType, "protocol <*> spoken", "v2",
     [](const Slot& slot) { return Follows(slot, kTypeWords); }},
    {ValueType::kObjectName, "user <*> left", "anna",
     [](const Slot& slot) { return !AllNumbers(slot) && Follows(slot, kNameWords); }},
    {ValueType::kAmount, "number of files: <*> in all", "3",
     [](const Slot& slot) {
       return AllNumbers(slot) &&
              (Follows(slot, kAmountWords) || slot.before.find("umber of ") != ByteView::npos);
     }},
    {ValueType::kAmount, "tried <*> times", "3",
     [](const Slot& slot) {
       const ByteView word = WordBehind(slot.behind);
       return AllNumbers(slot) && word.size() > 2 && word.ends_with('s');
     }},
    {ValueType::kType, "spoke <*> then", "HTTP/1.1",
     [](const Slot& slot) { return All(slot, IsVersion); }},
    {ValueType::kObjectName, "link of <*> is up", "eth0",
     [](const Slot& slot) { return All(slot, IsNumberedName); }},
    {ValueType::kObjectId, "got <*> back", "blk_-1608",
     [](const Slot& slot) { return All(slot, IsMadeUp); }},
    {ValueType::kObjectName, "load <*> first", "org.example.Main",
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
