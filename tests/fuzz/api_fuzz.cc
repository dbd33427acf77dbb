// Hostile archives through the whole C API: whatever the bytes, every call returns, within the
// memory limit, and what it returns agrees with itself.
//
// Input: an archive. As nearly every change breaks a check, the fuzzer would see nothing but the
// front door: so the checks of all sections that it finds are made right first.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "archive/format.h"
#include "base/checksum.h"
#include "logpress/logpress.h"

namespace {

using namespace logpress;

void Fix32(std::string* bytes, size_t begin, size_t end) {
  const uint32_t check = Checksum32(ByteView(*bytes).substr(begin, end - begin));
  for (size_t i = 0; i < 4; ++i) (*bytes)[end + i] = static_cast<char>(check >> (8 * i));
}

// Makes the checks of heads and footers right, and those of payloads that lie whole in the bytes.
void FixChecks(std::string* bytes) {
  for (size_t at = 0; (at = bytes->find(archive::kMagicPrefix, at)) != std::string::npos; ++at) {
    const ByteView rest = ByteView(*bytes).substr(at);
    const archive::SectionKind kind = archive::KindOf(rest);
    if (kind == archive::SectionKind::kNone) continue;
    if (kind == archive::SectionKind::kFooter) {
      if (rest.size() >= archive::kFooterSize) Fix32(bytes, at, at + archive::kFooterSize - 4);
      continue;
    }
    const size_t start = archive::kMagicSize + (kind == archive::SectionKind::kHeader ? 1 : 0);
    if (rest.size() < start) continue;
    ByteReader reader(rest.substr(start));
    uint64_t body;
    if (!reader.GetVarintUpTo(archive::kMaxBodySize, &body)) continue;
    const size_t end = at + start + reader.position() + static_cast<size_t>(body);
    if (end + 4 > bytes->size()) continue;
    if (kind == archive::SectionKind::kFrame) {
      ByteReader fields(rest.substr(start + reader.position()));
      uint64_t kind_bits;
      uint64_t payload;
      uint64_t skipped;
      bool good = fields.GetVarint(&kind_bits) && fields.GetVarint(&payload);
      for (int i = 0; i < 4; ++i) good = good && fields.GetVarint(&skipped);
      const size_t check = at + start + reader.position() + fields.position();
      if (good && payload <= bytes->size() - end - 4 && check + 4 <= end) {
        const uint32_t sum = Checksum32(ByteView(*bytes).substr(end + 4, payload));
        for (size_t i = 0; i < 4; ++i) (*bytes)[check + i] = static_cast<char>(sum >> (8 * i));
      }
    }
    Fix32(bytes, at, end);
  }
}

void Walk(logpress_lines* lines, int most) {
  logpress_line line;
  int count = 0;
  while (count < most && logpress_lines_next(lines, &line) == LOGPRESS_OK) {
    if (line.size == 0) abort();
    volatile char touched = line.data[line.size - 1];
    static_cast<void>(touched);
    ++count;
  }
  while (count-- > 0 && logpress_lines_previous(lines, &line) == LOGPRESS_OK) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  FixChecks(&bytes);
  logpress_options options = logpress_default_options();
  options.memory_limit = 64 << 20;

  uint64_t raw_size;
  logpress_decompressed_size(bytes.data(), bytes.size(), &raw_size);
  static logpress_context* const context = [&options] {
    logpress_context* made;
    if (logpress_context_new(&options, &made) != LOGPRESS_OK) abort();
    return made;
  }();
  static std::string out(1 << 20, '\0');
  size_t written;
  logpress_context_decompress(context, bytes.data(), bytes.size(), out.data(), out.size(),
                              &written);

  logpress_reader* reader;
  if (logpress_reader_open_memory(&options, bytes.data(), bytes.size(), &reader) == LOGPRESS_OK) {
    logpress_archive_info info = {};
    info.struct_size = sizeof(info);
    logpress_reader_info(reader, &info);
    for (uint64_t i = 0; i < info.blocks && i < 8; ++i) {
      logpress_metadata* metadata;
      if (logpress_reader_metadata(reader, i, &metadata) == LOGPRESS_OK) {
        for (size_t t = 0; t < logpress_metadata_templates(metadata); ++t) {
          logpress_template found;
          if (logpress_metadata_template(metadata, t, &found) != LOGPRESS_OK) abort();
          for (size_t slot = 0; slot < found.slots; ++slot) {
            size_t column;
            int kind;
            const char* text;
            if (logpress_metadata_slot(metadata, t, slot, &column) != LOGPRESS_OK ||
                logpress_metadata_column(metadata, column, &kind, &text) != LOGPRESS_OK ||
                logpress_metadata_literal(metadata, t, slot, &text, &written) != LOGPRESS_OK)
              abort();
          }
        }
      }
      logpress_metadata_free(metadata);
    }
    for (const uint64_t first : {uint64_t{0}, info.lines / 2}) {
      logpress_lines* lines;
      if (logpress_reader_lines(reader, first, 20, &lines) != LOGPRESS_OK) abort();
      Walk(lines, 20);
      logpress_lines_free(lines);
    }
    for (const int64_t from : {INT64_MIN, int64_t{0}, int64_t{1715947200000000}}) {
      logpress_lines* lines;
      const int64_t to = from == 0 ? INT64_MAX : from + 3'600'000'000;
      if (logpress_reader_lines_between(reader, from, to, &lines) != LOGPRESS_OK) abort();
      Walk(lines, 20);
      logpress_lines_free(lines);
    }
  }
  logpress_reader_free(reader);
  return 0;
}
