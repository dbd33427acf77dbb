// Reading: an archive's index and its blocks.

#include "api/reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <utility>

#include "api/callbacks.h"
#include "api/handle.h"
#include "api/options.h"
#include "api/times.h"
#include "base/fd_io.h"
#include "base/memory_io.h"
#include "base/status.h"

namespace logpress::api {
namespace {

// A file that is closed with the source.
class FileSource : public RandomAccess {
 public:
  ~FileSource() override {
    if (fd_ >= 0) ::close(fd_);
  }
  absl::Status Open(const char* path) {
    fd_ = ::open(path, O_RDONLY | O_CLOEXEC);
    if (fd_ < 0) return ErrnoStatus(errno, path);
    LOGPRESS_ASSIGN_OR_RETURN(file_, FdRandomAccess::Open(fd_, path));
    return absl::OkStatus();
  }
  uint64_t Size() const override { return file_->Size(); }
  absl::Status ReadAt(uint64_t offset, size_t size, char* buffer) override {
    return file_->ReadAt(offset, size, buffer);
  }

 private:
  int fd_ = -1;
  std::unique_ptr<FdRandomAccess> file_;
};

absl::Status Start(const Options& options, std::unique_ptr<RandomAccess> source,
                   logpress_reader* reader) {
  archive::IndexOptions index_options;
  index_options.memory_limit = options.memory_limit;
  index_options.dictionary = options.reader.dictionary;
  reader->check_all = options.check_all;
  reader->threads = options.reader.threads;
  reader->executor = options.reader.executor;
  reader->source = std::move(source);
  auto index = archive::IndexReader::Open(reader->source.get(), index_options);
  if (!index.ok()) return ReadingStatus(index.status());
  reader->index = *std::move(index);
  reader->blocks.emplace(reader->index.get(), options.reader.threads, options.reader.executor);
  const absl::string_view damage = reader->index->damage().message();
  reader->damage.assign(damage.data(), damage.size());
  return absl::OkStatus();
}

}  // namespace
}  // namespace logpress::api

using logpress::api::Guard;
using logpress::api::Options;
using logpress::api::SetField;
using logpress::api::SizeIsSet;
using logpress::api::Start;

namespace {

// Makes a reader by start(converted options, reader).
template <typename Start>
logpress_code MakeReader(const logpress_options* options, logpress_reader** reader,
                         const Start& start) {
  Options converted;
  return logpress::api::MakeHandle(
      reader, [&](logpress_reader* made) { return Prepare(options, made, &converted); },
      [&](logpress_reader* made) { return start(converted, made); });
}

}  // namespace

extern "C" {

logpress_code logpress_reader_open(const logpress_options* options, const logpress_source* source,
                                   logpress_reader** reader) {
  return MakeReader(
      options, reader, [&](const Options& converted, logpress_reader* made) -> absl::Status {
        LOGPRESS_RETURN_IF_ERROR(logpress::api::CheckSource(source));
        return Start(converted, std::make_unique<logpress::api::CallbackSource>(*source), made);
      });
}

logpress_code logpress_reader_open_memory(const logpress_options* options, const void* data,
                                          size_t size, logpress_reader** reader) {
  return MakeReader(
      options, reader, [&](const Options& converted, logpress_reader* made) -> absl::Status {
        if (data == nullptr && size != 0) return absl::InvalidArgumentError("data is NULL");
        const logpress::ByteView bytes(static_cast<const char*>(data), size);
        return Start(converted, std::make_unique<logpress::ViewRandomAccess>(bytes), made);
      });
}

logpress_code logpress_reader_open_file(const logpress_options* options, const char* path,
                                        logpress_reader** reader) {
  return MakeReader(options, reader,
                    [&](const Options& converted, logpress_reader* made) -> absl::Status {
                      if (path == nullptr) return absl::InvalidArgumentError("path is NULL");
                      auto file = std::make_unique<logpress::api::FileSource>();
                      LOGPRESS_RETURN_IF_ERROR(file->Open(path));
                      return logpress::Annotate(Start(converted, std::move(file), made), path);
                    });
}

logpress_code logpress_reader_info(const logpress_reader* reader, logpress_archive_info* info) {
  if (reader == nullptr || !SizeIsSet(info)) return LOGPRESS_INVALID_ARGUMENT;
  if (reader->start != LOGPRESS_OK) return reader->start;
  const auto& index = *reader->index;
  SetField(info, &logpress_archive_info::lines, index.lines());
  SetField(info, &logpress_archive_info::blocks, index.blocks().size());
  SetField(info, &logpress_archive_info::raw_bytes, index.raw_size());
  SetField(info, &logpress_archive_info::packed_bytes, index.packed_size());
  SetField(info, &logpress_archive_info::archives, index.archives().size());
  return LOGPRESS_OK;
}

const char* logpress_reader_damage(const logpress_reader* reader) {
  if (reader == nullptr || reader->damage.empty()) return nullptr;
  return reader->damage.c_str();
}

logpress_code logpress_reader_block(const logpress_reader* reader, uint64_t block,
                                    logpress_block_info* info) {
  if (reader == nullptr || !SizeIsSet(info)) return LOGPRESS_INVALID_ARGUMENT;
  if (reader->start != LOGPRESS_OK) return reader->start;
  const auto& blocks = reader->index->blocks();
  if (block >= blocks.size()) return LOGPRESS_OUT_OF_RANGE;
  const auto& known = blocks[static_cast<size_t>(block)];
  SetField(info, &logpress_block_info::offset, known.offset);
  SetField(info, &logpress_block_info::packed_bytes, known.packed_size);
  SetField(info, &logpress_block_info::raw_bytes, known.raw_size);
  SetField(info, &logpress_block_info::first_line, known.first_line);
  SetField(info, &logpress_block_info::lines, known.lines);
  SetField(info, &logpress_block_info::starts_inside_a_line, known.starts_mid_line ? 1 : 0);
  SetField(info, &logpress_block_info::has_structure, known.raw ? 0 : 1);
  SetField(info, &logpress_block_info::templates, known.templates);
  const logpress::time::TimeSpan& times = known.times;
  SetField(info, &logpress_block_info::time_kind,
           times.kinds == 0 || times.one_kind() ? static_cast<int>(times.first.kind)
                                                : LOGPRESS_TIME_SEVERAL);
  SetField(info, &logpress_block_info::lowest_time, times.one_kind() ? times.lowest : 0);
  SetField(info, &logpress_block_info::highest_time, times.one_kind() ? times.highest : 0);
  SetField(info, &logpress_block_info::backend, static_cast<int>(known.backend));
  SetField(info, &logpress_block_info::level, reader->index->LevelOf(static_cast<size_t>(block)));
  SetField(info, &logpress_block_info::raw_offset, known.raw_offset);
  SetField(info, &logpress_block_info::first_time, logpress::api::TimeOf(times.first));
  SetField(info, &logpress_block_info::last_time, logpress::api::TimeOf(times.last));
  return LOGPRESS_OK;
}

logpress_code logpress_reader_member(const logpress_reader* reader, uint64_t member,
                                     logpress_member_info* info) {
  if (reader == nullptr || !SizeIsSet(info)) return LOGPRESS_INVALID_ARGUMENT;
  if (reader->start != LOGPRESS_OK) return reader->start;
  const auto& archives = reader->index->archives();
  if (member >= archives.size()) return LOGPRESS_OUT_OF_RANGE;
  const auto& known = archives[static_cast<size_t>(member)];
  SetField(info, &logpress_member_info::offset, known.offset);
  SetField(info, &logpress_member_info::packed_bytes, known.packed_size);
  SetField(info, &logpress_member_info::raw_bytes, known.raw_size);
  SetField(info, &logpress_member_info::lines, known.lines);
  SetField(info, &logpress_member_info::first_block, known.first_block);
  SetField(info, &logpress_member_info::blocks, known.blocks);
  SetField(info, &logpress_member_info::level, known.header_size > 0 ? known.level : 0);
  SetField(info, &logpress_member_info::ended, known.complete ? 1 : 0);
  return LOGPRESS_OK;
}

logpress_code logpress_reader_dictionary_id(logpress_reader* reader, uint64_t block, uint64_t* id) {
  if (reader == nullptr || id == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  if (reader->start != LOGPRESS_OK) return reader->start;
  return Guard(reader, [&]() -> absl::Status {
    const auto& blocks = reader->index->blocks();
    if (block >= blocks.size()) return absl::OutOfRangeError("there is no such block");
    *id = 0;
    const auto i = static_cast<size_t>(block);
    if (blocks[i].backend != logpress::block::BackendId::kDictionary) return absl::OkStatus();
    return reader->index->ReadDictionaryId(i, id);
  });
}

logpress_code logpress_reader_check_blocks(logpress_reader* reader) {
  if (reader == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  if (reader->start != LOGPRESS_OK) return reader->start;
  return Guard(reader, [&] { return reader->index->CheckFrames(); });
}

logpress_code logpress_reader_read_block(logpress_reader* reader, uint64_t block, const char** data,
                                         size_t* size) {
  if (reader == nullptr || data == nullptr || size == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  if (reader->start != LOGPRESS_OK) return reader->start;
  return Guard(reader, [&]() -> absl::Status {
    if (block >= reader->index->blocks().size())
      return absl::OutOfRangeError("there is no such block");
    reader->block.reset();
    LOGPRESS_ASSIGN_OR_RETURN(reader->block, reader->blocks->Get(static_cast<size_t>(block)));
    // Who reads one after the other has the next ones decoded meanwhile.
    const bool in_order = block == reader->next_block;
    reader->next_block = block + 1;
    for (size_t i = 1; in_order && i <= reader->blocks->ahead(); ++i) {
      if (block + i < reader->index->blocks().size())
        reader->blocks->Prefetch(static_cast<size_t>(block) + i);
    }
    *data = reader->block->raw.data();
    *size = reader->block->raw.size();
    return absl::OkStatus();
  });
}

const char* logpress_reader_message(const logpress_reader* reader) {
  return reader == nullptr ? "" : reader->error.message();
}

void logpress_reader_free(logpress_reader* reader) { delete reader; }

}  // extern "C"
