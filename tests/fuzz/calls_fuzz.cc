// The C API as a sequence of calls, right or wrong, on handles in any state: each returns, with a
// code that it has, and the handles go on or say why not.
//
// Input: a byte a call, with a byte for its argument, and for some so many bytes behind them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "logpress/logpress.h"

namespace {

constexpr size_t kMostMade = 1 << 20;

int Append(void* opaque, const void* data, size_t size) {
  auto* const out = static_cast<std::string*>(opaque);
  if (out->size() + size > kMostMade) return 1;
  out->append(static_cast<const char*>(data), size);
  return 0;
}

// The handles of a run, and what it made.
class Run {
 public:
  Run(const uint8_t* data, size_t size) : at_(data), end_(data + size) {
    options_ = logpress_default_options();
    options_.block_size = 1024;
    options_.memory_limit = 64 << 20;
  }
  ~Run() {
    logpress_lines_free(lines_);
    logpress_reader_free(reader_);
    logpress_decoder_free(decoder_);
    logpress_writer_free(writer_);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  void All() {
    while (end_ - at_ >= 2) {
      const uint8_t call = *at_++;
      argument_ = *at_++;
      Check(One(call));
    }
  }

 private:
  logpress_code One(uint8_t call) {
    logpress_line line;
    size_t taken = 0;
    size_t written = 0;
    char room[300];
    switch (call % 17) {
      case 0:
        options_.level = argument_ % 9;  // 9 is a fuzzer of its own
        options_.backend = argument_ / 9 % 4;
        return LOGPRESS_OK;
      case 1:
        logpress_writer_free(writer_);
        archive_.clear();
        CloseReader();
        return logpress_writer_new(argument_ == 0 ? nullptr : &options_, Append, &archive_,
                                   &writer_);
      case 2: {
        const size_t size = std::min<size_t>(argument_, static_cast<size_t>(end_ - at_));
        const uint8_t* const bytes = at_;
        at_ += size;
        return logpress_writer_append(writer_, bytes, size);
      }
      case 3: {
        const std::string text(size_t{1} + argument_ % 40, static_cast<char>('a' + argument_ % 20));
        std::string log;
        for (int i = 0; i < 60; ++i) log += text + " took " + std::to_string(i * argument_) + "\n";
        return logpress_writer_append(writer_, log.data(), log.size());
      }
      case 4:
        return logpress_writer_flush(writer_);
      case 5:
        return logpress_writer_finish(writer_);
      case 6: {
        uint64_t wait;
        return logpress_writer_poll(writer_, argument_ % 2 == 0 ? nullptr : &wait);
      }
      case 7:
        CloseReader();
        packed_ = archive_;
        return logpress_reader_open_memory(&options_, packed_.data(), packed_.size(), &reader_);
      case 8:
        logpress_lines_free(lines_);
        lines_ = nullptr;
        if (reader_ == nullptr) return LOGPRESS_OK;
        return logpress_reader_lines(reader_, argument_, argument_ % 3 == 0 ? UINT64_MAX : 10,
                                     &lines_);
      case 9:
        return lines_ == nullptr ? LOGPRESS_OK : logpress_lines_next(lines_, &line);
      case 10:
        return lines_ == nullptr ? LOGPRESS_OK : logpress_lines_previous(lines_, &line);
      case 11:
        if (lines_ != nullptr && argument_ % 2 == 0) logpress_lines_to_first(lines_);
        if (lines_ != nullptr && argument_ % 2 == 1) logpress_lines_to_last(lines_);
        return LOGPRESS_OK;
      case 12:
        logpress_decoder_free(decoder_);
        fed_ = 0;
        return logpress_decoder_new(&options_, &decoder_);
      case 13: {
        if (decoder_ == nullptr) return LOGPRESS_OK;
        fed_ = std::min(fed_, archive_.size());
        const size_t size = std::min<size_t>(argument_ * 4, archive_.size() - fed_);
        const logpress_code code = logpress_decoder_decompress(
            decoder_, archive_.data() + fed_, size, &taken, room, sizeof(room), &written);
        if (taken > size || written > sizeof(room)) abort();
        fed_ += taken;
        return code;
      }
      case 14:
        return decoder_ == nullptr ? LOGPRESS_OK
                                   : logpress_decoder_finish(decoder_, room, argument_, &written);
      case 15: {
        if (reader_ == nullptr) return LOGPRESS_OK;
        const char pattern[] = {static_cast<char>('!' + argument_ % 90), '\0'};
        const char* const patterns[] = {pattern};
        return logpress_search(reader_, patterns, nullptr, 1, nullptr, nullptr, nullptr, nullptr);
      }
      default: {
        if (reader_ == nullptr) return LOGPRESS_OK;
        const char* bytes = nullptr;
        return logpress_reader_read_block(reader_, argument_ % 4, &bytes, &written);
      }
    }
  }

  static void Check(logpress_code code) {
    if (code == LOGPRESS_INTERNAL) abort();
    if (std::string(logpress_code_name(code)) == "unknown code") abort();
  }

  // What reads in bytes that are to change.
  void CloseReader() {
    logpress_lines_free(lines_);
    lines_ = nullptr;
    logpress_reader_free(reader_);
    reader_ = nullptr;
  }

  const uint8_t* at_;
  const uint8_t* const end_;
  uint8_t argument_ = 0;
  logpress_options options_;
  std::string archive_;
  std::string packed_;
  size_t fed_ = 0;
  logpress_writer* writer_ = nullptr;
  logpress_reader* reader_ = nullptr;
  logpress_lines* lines_ = nullptr;
  logpress_decoder* decoder_ = nullptr;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Run(data, size).All();
  return 0;
}
