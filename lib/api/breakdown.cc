// What the bytes of an archive are spent on.

#include "archive/breakdown.h"

#include <array>

#include "api/reader.h"
#include "base/status.h"
#include "codec/breakdown.h"

namespace logpress::api {
namespace {

using codec::Breakdown;
using codec::Part;

// The names of a part at each depth. What is not of a list has one name.
using Names = std::array<const char*, Breakdown::kDepths>;

constexpr Names Alone(const char* name) { return {name, name, name, name}; }

// In the order of codec::Part.
constexpr std::array<Names, codec::kParts> kNames = {{
    Alone("archive headers and footers"),
    Alone("indexes"),
    Alone("frame headers"),
    Alone("payload headers"),
    Alone("raw blocks"),
    Alone("counts of templates"),
    {"templates of lines", "templates of values", "templates of words", "templates of pieces"},
    {"columns of lines", "columns of values", "columns of words", "columns of pieces"},
    {"template ids of lines", "template ids of values", "template ids of words",
     "template ids of pieces"},
    {"guessed ids in lines", "guessed ids in values", "guessed ids in words",
     "guessed ids in pieces"},
    {"unguessed ids in lines", "unguessed ids in values", "unguessed ids in words",
     "unguessed ids in pieces"},
    {"new ids in lines", "new ids in values", "new ids in words", "new ids in pieces"},
    {"failed guesses in lines", "failed guesses in values", "failed guesses in words",
     "failed guesses in pieces"},
    {"masks of lines", "masks of values", "masks of words", "masks of pieces"},
    {"timestamps in lines", "timestamps in values", "timestamps in words", "timestamps in pieces"},
    {"numbers in lines", "numbers in values", "numbers in words", "numbers in pieces"},
    {"number lists of lines", "number lists of values", "number lists of words",
     "number lists of pieces"},
    {"text of lines", "text of values", "text of words", "text of pieces"},
    Alone("damaged places"),
}};

absl::Status Measure(logpress_reader* reader) {
  Breakdown breakdown;
  reader->parts.clear();
  LOGPRESS_RETURN_IF_ERROR(archive::MeasureFile(reader->index.get(), &breakdown));
  const Breakdown::Sizes sizes = breakdown.Bytes();
  for (size_t part = 0; part < codec::kParts; ++part) {
    for (size_t depth = 0; depth < Breakdown::kDepths; ++depth) {
      const uint64_t bytes = sizes[Breakdown::Place(static_cast<Part>(part), depth)];
      const uint64_t count = breakdown.count(static_cast<Part>(part), depth);
      if (bytes != 0 || count != 0) reader->parts.push_back({kNames[part][depth], bytes, count});
    }
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace logpress::api

extern "C" logpress_code logpress_reader_breakdown(logpress_reader* reader,
                                                   const logpress_part** parts, size_t* count) {
  if (reader == nullptr || parts == nullptr || count == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  if (reader->start != LOGPRESS_OK) return reader->start;
  return logpress::api::Guard(reader, [&]() -> absl::Status {
    LOGPRESS_RETURN_IF_ERROR(logpress::api::Measure(reader));
    *parts = reader->parts.data();
    *count = reader->parts.size();
    return absl::OkStatus();
  });
}
