// Unpacking bytes as they come.

#include <optional>

#include "api/handle.h"
#include "api/options.h"
#include "archive/push_reader.h"
#include "base/status.h"

using logpress::ByteView;
using logpress::api::Guard;
using logpress::archive::PushReader;

struct logpress_decoder : logpress::api::Handle {
  std::optional<PushReader> reader;
};

namespace {

// Runs `read`, which is PushReader::Read or Finish; its state becomes a code.
template <typename Read>
logpress_code Run(logpress_decoder* decoder, bool buffers_are_there, const Read& read) {
  if (decoder == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  if (decoder->start != LOGPRESS_OK) return decoder->start;
  PushReader::State state = PushReader::State::kMore;
  const logpress_code code = Guard(decoder, [&]() -> absl::Status {
    if (!buffers_are_there) return absl::InvalidArgumentError("a buffer is NULL");
    const absl::StatusOr<PushReader::State> now = read(&*decoder->reader);
    if (!now.ok()) return logpress::api::ReadingStatus(now.status());
    state = *now;
    return absl::OkStatus();
  });
  if (code != LOGPRESS_OK && code != LOGPRESS_INVALID_ARGUMENT) decoder->start = code;
  return code == LOGPRESS_OK && state != PushReader::State::kMore ? LOGPRESS_END : code;
}

}  // namespace

extern "C" {

logpress_code logpress_decoder_new(const logpress_options* options, logpress_decoder** decoder) {
  logpress::api::Options converted;
  return logpress::api::MakeHandle(
      decoder, [&](logpress_decoder* made) { return Prepare(options, made, &converted); },
      [&](logpress_decoder* made) {
        made->reader.emplace(converted.reader);
        return absl::OkStatus();
      });
}

logpress_code logpress_decoder_decompress(logpress_decoder* decoder, const void* source,
                                          size_t size, size_t* consumed, void* destination,
                                          size_t capacity, size_t* written) {
  const bool buffers = (source != nullptr || size == 0) && consumed != nullptr &&
                       (destination != nullptr || capacity == 0) && written != nullptr;
  return Run(decoder, buffers, [&](PushReader* reader) {
    ByteView packed(static_cast<const char*>(source), size);
    auto state = reader->Read(&packed, static_cast<char*>(destination), capacity, written);
    *consumed = size - packed.size();
    return state;
  });
}

logpress_code logpress_decoder_finish(logpress_decoder* decoder, void* destination, size_t capacity,
                                      size_t* written) {
  const bool buffers = (destination != nullptr || capacity == 0) && written != nullptr;
  return Run(decoder, buffers, [&](PushReader* reader) {
    return reader->Finish(static_cast<char*>(destination), capacity, written);
  });
}

const char* logpress_decoder_message(const logpress_decoder* decoder) {
  return decoder == nullptr ? "" : decoder->error.message();
}

void logpress_decoder_free(logpress_decoder* decoder) { delete decoder; }

}  // extern "C"
