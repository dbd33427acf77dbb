// Reads archives whose bytes are handed in as they come: from a socket, or out of another format.
#ifndef LOGPRESS_ARCHIVE_PUSH_READER_H_
#define LOGPRESS_ARCHIVE_PUSH_READER_H_

#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/reader.h"
#include "base/bytes.h"
#include "base/io.h"
#include "base/memory_io.h"

namespace logpress::archive {

// StreamReader turned round. One thread at a time. Holds the blocks in flight and what was decoded
// and not taken yet, one block with one thread.
class PushReader {
 public:
  explicit PushReader(ReaderOptions options) : reader_(&source_, Exact(std::move(options))) {}

  enum class State {
    kMore,          // more bytes are needed, or more room for those that there are
    kEndOfArchive,  // a footer was read and all before it was given; another archive may follow
    kEnd,
  };

  // Takes bytes off the front of *packed, no more than belong to the present archive, and fills
  // `raw`, of which it returns how much in *written, until one of them is used up. An empty
  // *packed waits for the blocks in flight. Errors as for StreamReader::ReadAll, when all that
  // stands before them was given; they stay.
  absl::StatusOr<State> Read(ByteView* packed, char* raw, size_t capacity, size_t* written);
  // The same at the end of the bytes. Never kEndOfArchive.
  absl::StatusOr<State> Finish(char* raw, size_t capacity, size_t* written);

 private:
  // Gives what was handed in, and says when that is used up.
  class Source : public ByteSource {
   public:
    absl::StatusOr<size_t> Read(char* buffer, size_t size) override;
    ByteView rest;
    bool ended = false;
  };

  static ReaderOptions Exact(ReaderOptions options) {
    options.exact = true;
    return options;
  }
  absl::StatusOr<State> Run(bool flush, char* raw, size_t capacity, size_t* written);
  void Step();
  void End(const absl::Status& status);

  Source source_;
  ByteBuffer output_;  // what was decoded ...
  size_t taken_ = 0;   // ... and how much of it was given
  BufferSink sink_{&output_};
  StreamReader reader_;
  bool starved_ = false;  // there is nothing to go on with
  bool at_end_of_archive_ = false;
  bool over_ = false;
  absl::Status last_word_;
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_PUSH_READER_H_
