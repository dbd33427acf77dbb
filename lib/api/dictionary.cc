// Training and loading dictionaries.
#include "api/dictionary.h"

#include <cstring>
#include <memory>

#include "api/call.h"
#include "api/options.h"
#include "base/status.h"
#include "primer/primer.h"
#include "primer/train.h"

using logpress::ByteView;
using logpress::Memory;
using logpress::primer::Primer;

namespace {

absl::Status Load(const void* data, size_t size, logpress_dictionary* dictionary) {
  if (data == nullptr) return absl::InvalidArgumentError("the dictionary is NULL");
  LOGPRESS_ASSIGN_OR_RETURN(std::unique_ptr<Primer> primer,
                            Primer::Load(ByteView(static_cast<const char*>(data), size)));
  // Whoever frees it last may have another memory, and this handle may be gone.
  const std::shared_ptr<Memory> memory = dictionary->memory;
  dictionary->loaded = logpress::block::Dictionary(
      primer.release(), [memory](const Primer* loaded) { delete loaded; });
  return absl::OkStatus();
}

}  // namespace

extern "C" {

logpress_code logpress_train(const void* samples, size_t size, void* destination, size_t capacity,
                             size_t* written) {
  return logpress::api::Call(nullptr, [&](const logpress::api::Options&) -> absl::Status {
    if ((samples == nullptr && size != 0) || destination == nullptr || written == nullptr)
      return absl::InvalidArgumentError("a buffer is NULL");
    logpress::ByteBuffer file;
    LOGPRESS_RETURN_IF_ERROR(logpress::primer::Train(
        ByteView(static_cast<const char*>(samples), size), capacity, &file));
    std::memcpy(destination, file.data(), file.size());
    *written = file.size();
    return absl::OkStatus();
  });
}

logpress_code logpress_dictionary_new(const logpress_options* options, const void* data,
                                      size_t size, logpress_dictionary** dictionary) {
  logpress::api::Options converted;
  return logpress::api::MakeHandle(
      dictionary, [&](logpress_dictionary* made) { return Prepare(options, made, &converted); },
      [&](logpress_dictionary* made) { return Load(data, size, made); });
}

uint64_t logpress_dictionary_id(const logpress_dictionary* dictionary) {
  return dictionary == nullptr || dictionary->loaded == nullptr ? 0 : dictionary->loaded->id();
}

const char* logpress_dictionary_message(const logpress_dictionary* dictionary) {
  return dictionary == nullptr ? "" : dictionary->error.message();
}

void logpress_dictionary_free(logpress_dictionary* dictionary) { delete dictionary; }

}  // extern "C"
