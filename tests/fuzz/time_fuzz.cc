// Times: whatever stands in a log, a timestamp that is found is written back as it stood, and what
// archives say of times is read or refused.
//
// Input: a byte; if it is even, lines, else what a frame says of its timestamps.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "archive/time_fields.h"
#include "base/bytes.h"
#include "time/line_times.h"
#include "time/timestamp.h"

namespace {

using namespace logpress;

void Lines(ByteView text) {
  const Vector<time::TimePlace> places = time::FindTimePlaces(text);
  if (places.size() > time::kMaxTimePlaces) abort();
  time::LineClock clock(places);
  const time::TimeSpan span = time::SpanOfLines(text, false, &clock);
  if (span.one_kind() && span.highest < span.lowest) abort();
  ByteBuffer bytes;
  archive::PutTimePlaces(places, &bytes);
  Vector<time::TimePlace> again;
  if (!archive::ParseTimePlaces(bytes, &again) || again.size() != places.size()) abort();
  for (const time::TimePlace& place : places) {
    for (size_t at = 0; at < text.size(); ++at) {
      int64_t ticks = 0;
      int64_t extra = 0;
      size_t size = 0;
      const char* const p = text.data() + at;
      if (!place.format.Match(p, text.data() + text.size(), &ticks, &extra, &size)) continue;
      char written[time::kMaxTimestampSize + 64];
      const size_t got = place.format.Render(ticks, extra, written);
      if (got != size || std::memcmp(written, p, size) != 0) abort();
    }
  }
}

void Fields(ByteView bytes) {
  ByteReader reader(bytes);
  time::TimeSpan span;
  if (archive::GetTimeSpan(&reader, &span)) {
    ByteBuffer again;
    archive::PutTimeSpan(span, &again);
  }
  Vector<time::TimePlace> places;
  if (!archive::ParseTimePlaces(bytes, &places)) return;
  time::LineClock clock(places);
  static const std::string kLines =
      "2024-05-17 12:00:10 one\nMay  7 01:02:03 two\n[17/May/2024:12:00:10 +0200] three\n99 4\n";
  time::SpanOfLines(kLines, false, &clock);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const ByteView bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    Lines(bytes);
  } else {
    Fields(bytes);
  }
  return 0;
}
