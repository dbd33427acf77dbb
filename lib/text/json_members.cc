#include "text/json_members.h"

#include <algorithm>
#include <cstdint>

#include "base/run_hash.h"

namespace logpress::text {
namespace {

// Follows brackets and strings, byte by byte; a line break ends both.
class JsonScanner {
 public:
  // Whether the byte is a quote or bracket of JSON, or stands between such, and in no string.
  bool Take(char c) {
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
      }
      return false;
    }
    switch (c) {
      case '"':
        in_string_ = true;
        break;
      case '{':
      case '[':
        objects_ = objects_ << 1 | (c == '{' ? 1u : 0u);
        break;
      case '}':
      case ']':
        objects_ >>= 1;
        break;
      default:
        break;
    }
    return true;
  }
  void EndLine() { *this = JsonScanner(); }
  // Whether the innermost open bracket is an object's. What is open more than 64 deep is forgotten.
  bool in_object() const { return (objects_ & 1) != 0; }

 private:
  uint64_t objects_ = 0;  // of the open brackets, the innermost lowest
  bool in_string_ = false;
  bool escaped_ = false;
};

// A hash of the keys of the objects in a line, in their order; 0 if the line does not begin with an
// object, or some header and an object.
uint64_t HashKeys(ByteView line) {
  constexpr size_t kMaxHeader = 256;
  const size_t object = line.substr(0, kMaxHeader).find("{\"");
  if (object == ByteView::npos) return 0;
  line.remove_prefix(object);
  uint64_t hash = 1;
  JsonScanner scanner;
  size_t string = 0;  // where the last one began
  bool in_string = false;
  size_t string_end = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    const bool outside = scanner.Take(line[i]);
    if (outside && line[i] == '"') {
      string = i + 1;
      in_string = true;
    } else if (in_string && !outside && line[i] == '"') {
      string_end = i;  // unless a backslash protects it, and then there will be another
    } else if (outside) {
      in_string = false;
      if (line[i] == ':' && string_end == i - 1 && string != 0)
        hash = HashRun(line.data() + string, string_end - string, hash);
    }
  }
  return hash;
}

}  // namespace

bool HasManyOrders(ByteView text) {
  constexpr size_t kSample = 128;
  constexpr size_t kMaxLine = size_t{8} << 10;  // of a line no more is looked at
  constexpr size_t kMinObjects = 16;
  constexpr size_t kMaxLinesPerOrder = 8;
  Vector<uint64_t> orders;
  size_t lines = 0;
  const size_t step = std::max<size_t>(1, text.size() / kSample);
  for (size_t at = 0; at < text.size() && lines < kSample; ++lines) {
    const size_t newline = std::min(text.find('\n', at), text.size());
    if (const uint64_t hash = HashKeys(text.substr(at, std::min(newline - at, kMaxLine)));
        hash != 0)
      orders.push_back(hash);
    // A few lines tell that there is no JSON.
    if (lines >= kMinObjects && orders.size() * 2 < lines) return false;
    const size_t next = std::max(newline, std::min(at + step, text.size()) - 1);
    at = std::min(text.find('\n', next), text.size() - 1) + 1;
  }
  if (orders.size() < kMinObjects || orders.size() * 2 < lines) return false;
  const size_t objects = orders.size();
  std::sort(orders.begin(), orders.end());
  const auto distinct =
      static_cast<size_t>(std::unique(orders.begin(), orders.end()) - orders.begin());
  return distinct * kMaxLinesPerOrder > objects;
}

void SplitMembers(ByteView text, Vector<Slice>* rows) {
  JsonScanner scanner;
  size_t begin = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      scanner.EndLine();
    } else if (!scanner.Take(c) || (c != ',' && c != '{') || !scanner.in_object()) {
      continue;
    }
    rows->push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(i + 1 - begin)});
    begin = i + 1;
  }
  if (begin < text.size())
    rows->push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(text.size() - begin)});
}

}  // namespace logpress::text
