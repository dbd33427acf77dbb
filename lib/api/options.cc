#include "api/options.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "absl/strings/str_cat.h"
#include "api/dictionary.h"
#include "archive/writer_memory.h"
#include "base/status.h"

namespace logpress::api {
namespace {

absl::Status Bad(const char* field, int64_t value, const char* advice) {
  return absl::InvalidArgumentError(absl::StrCat("options: ", field, " is ", value, "; ", advice));
}

}  // namespace

absl::Status Convert(const logpress_options* given, Options* options) {
  logpress_options all = logpress_default_options();
  if (given != nullptr) {
    if (!SizeIsSet(given)) {
      return absl::InvalidArgumentError(
          "options: struct_size is not set; begin with logpress_default_options()");
    }
    // A field that the caller does not know has its default; one that only the caller knows is for
    // a newer library, and may be left out unless it is set.
    const size_t known = std::min(given->struct_size, sizeof(all));
    std::memcpy(&all, given, known);
    const char* const rest = reinterpret_cast<const char*>(given) + known;
    if (std::any_of(rest, rest + (given->struct_size - known), [](char c) { return c != 0; })) {
      return absl::InvalidArgumentError(
          "options: a field is set that this version of the library does not know");
    }
  }
  if (all.level < 0 || all.level > 9) return Bad("level", all.level, "use 1 to 9, or 0");
  if (all.backend < 0 || all.backend > LOGPRESS_BACKEND_BLEND)
    return Bad("backend", all.backend, "use one of logpress_backend");
  if (all.block_size != 0 &&
      (all.block_size < archive::kMinBlockSize || all.block_size > block::kMaxBlockSize)) {
    return absl::InvalidArgumentError(absl::StrCat("options: block_size is ", all.block_size,
                                                   "; use ", archive::kMinBlockSize, " to ",
                                                   block::kMaxBlockSize, ", or 0"));
  }
  if (all.threads < LOGPRESS_ALL_CORES)
    return Bad("threads", all.threads, "use a number, or LOGPRESS_ALL_CORES");
  if (all.checks < 0 || all.checks > LOGPRESS_CHECKS_ALL)
    return Bad("checks", all.checks, "use one of logpress_checks");
  if (all.bare < 0 || all.bare > LOGPRESS_BARE_CHECKED)
    return Bad("bare", all.bare, "use one of logpress_bare");
  if (all.dictionary != nullptr && all.dictionary->loaded == nullptr)
    return absl::InvalidArgumentError("options: the dictionary was not loaded");
  if (all.executor != nullptr && all.executor->submit == nullptr)
    return absl::InvalidArgumentError("options: the executor has no submit");
  if (all.allocator != nullptr) {
    if (all.allocator->allocate == nullptr || all.allocator->release == nullptr)
      return absl::InvalidArgumentError("options: the allocator has no allocate or no release");
    options->allocator = {all.allocator->allocate, all.allocator->release, all.allocator->opaque};
  }
  const int threads = all.threads == LOGPRESS_ALL_CORES ? 0 : std::max(all.threads, 1);
  options->writer.level = all.level == 0 ? archive::WriterOptions().level : all.level;
  options->writer.backend = static_cast<block::BackendId>(all.backend);
  options->writer.block_size = all.block_size;
  options->writer.threads = threads;
  options->reader.threads = threads;
  if (all.memory_limit != 0) options->memory_limit = all.memory_limit;
  options->writer_limit = all.memory_limit;
  options->reader.memory_limit = options->memory_limit;
  options->flush_interval = all.flush_interval;
  options->bare = static_cast<logpress_bare>(all.bare);
  if (all.dictionary != nullptr) {
    options->writer.dictionary = all.dictionary->loaded;
    options->reader.dictionary = all.dictionary->loaded;
  }
  options->check_all = all.checks == LOGPRESS_CHECKS_ALL;
  if (all.executor != nullptr) {
    const logpress_executor executor = *all.executor;
    const auto submit = [executor](void (*task)(void*), void* argument) {
      return executor.submit(executor.opaque, task, argument) == 0;
    };
    options->writer.executor = submit;
    options->reader.executor = submit;
  }
  return absl::OkStatus();
}

static_assert(LOGPRESS_MIN_BLOCK_SIZE == archive::kMinBlockSize);
static_assert(LOGPRESS_MAX_BLOCK_SIZE == block::kMaxBlockSize);

absl::Status Prepare(const logpress_options* given, Handle* handle, Options* options) {
  LOGPRESS_RETURN_IF_ERROR(Convert(given, options));
  handle->memory = std::make_shared<Memory>(options->allocator);
  // So that what was used once does not count.
  handle->memory->SetLimit(options->writer_limit);
  return absl::OkStatus();
}

absl::StatusOr<archive::WriterOptions> Fitted(const Options& options) {
  archive::WriterOptions fitted = options.writer;
  LOGPRESS_RETURN_IF_ERROR(archive::FitMemory(options.writer_limit, &fitted));
  return fitted;
}

}  // namespace logpress::api

extern "C" {

const char* logpress_backend_name(int backend) {
  namespace backends = logpress::backend;
  if (backend <= LOGPRESS_BACKEND_AUTO || backend > LOGPRESS_BACKEND_DICTIONARY) return nullptr;
  return backends::NameOf(static_cast<backends::Id>(backend)).data();
}

uint64_t logpress_block_size(int level) {
  return level < 1 || level > 9 ? 0 : logpress::archive::DefaultBlockSize(level);
}

}  // extern "C"
