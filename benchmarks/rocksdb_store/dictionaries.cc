#include "dictionaries.h"

#include <rocksdb/write_batch.h>

#include "keys.h"

namespace rocksdb_store {
namespace {

using rocksdb::Status;

// Each takes some MB, and is loaded again in some ms.
constexpr size_t kMostLoaded = 64;

void PutVarint(uint64_t number, std::string* bytes) {
  for (; number >= 0x80; number >>= 7) bytes->push_back(static_cast<char>(number | 0x80));
  bytes->push_back(static_cast<char>(number));
}

bool GetVarint(std::string_view* bytes, uint64_t* number) {
  *number = 0;
  for (int shift = 0; shift < 64 && !bytes->empty(); shift += 7) {
    const auto byte = static_cast<uint8_t>(bytes->front());
    bytes->remove_prefix(1);
    *number |= uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

Status NoNumber() { return Status::Corruption("a value has no number of a dictionary"); }

}  // namespace

Dictionaries::Dictionaries(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* family, Values* plain,
                           size_t train_bytes)
    : db_(db), family_(family), plain_(plain), train_bytes_(train_bytes) {}

Status Dictionaries::FindStream(const std::string& stream, Stream** found) {
  const auto [entry, is_new] = streams_.try_emplace(stream);
  *found = &entry->second;
  if (!is_new) return Status::OK();
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, family_));
  it->SeekForPrev(EndOf(stream));
  if (it->Valid()) entry->second.number = DictionaryNumberOf(it->key(), stream);
  return it->status();
}

Status Dictionaries::Find(const std::string& stream, uint64_t number, Values** values) {
  *values = plain_;
  if (number == 0) return Status::OK();
  const auto found = loaded_.find({stream, number});
  if (found != loaded_.end()) {
    *values = found->second.get();
    return Status::OK();
  }
  std::string bytes;
  Status status = db_->Get({}, family_, DictionaryKeyOf(stream, number), &bytes);
  if (status.IsNotFound()) return Status::Corruption(stream, "a value's dictionary is not there");
  if (!status.ok()) return status;
  std::unique_ptr<Values> made;
  if (status = plain_->With(bytes, &made); !status.ok()) return status;
  *values = made.get();
  if (loaded_.size() >= kMostLoaded) loaded_.clear();
  loaded_[{stream, number}] = std::move(made);
  return Status::OK();
}

Status Dictionaries::Pack(const std::string& stream, std::string_view lines, std::string* value,
                          bool* due) {
  Stream* state = nullptr;
  if (Status status = FindStream(stream, &state); !status.ok()) return status;
  Values* values = nullptr;
  if (Status status = Find(stream, state->number, &values); !status.ok()) return status;
  if (Status status = values->Pack(lines, &packed_); !status.ok()) return status;
  value->clear();
  PutVarint(state->number, value);
  *value += packed_;
  state->now.raw += lines.size();
  state->now.packed += value->size();
  *due = IsDue(state);
  return Status::OK();
}

// Looks once a window. After the store was opened again, the first window stands for the new one.
bool Dictionaries::IsDue(Stream* stream) const {
  if (stream->now.raw < train_bytes_) return false;
  const auto share = [](const Window& window) {
    return static_cast<double>(window.packed) / static_cast<double>(window.raw);
  };
  constexpr double kAged = 1.25;
  bool due = stream->number == 0;
  if (!due && stream->first.raw == 0) {
    stream->first = stream->now;
  } else if (!due) {
    due = share(stream->now) > kAged * share(stream->first);
  }
  stream->now = {};
  return due;
}

Status Dictionaries::Train(const std::string& stream, std::string_view lines) {
  std::string bytes;
  if (Status status = plain_->Train(lines, &bytes); !status.ok() || bytes.empty()) return status;
  Stream* state = nullptr;
  if (Status status = FindStream(stream, &state); !status.ok()) return status;
  // It is in the log of the database before any value that needs it.
  const std::string key = DictionaryKeyOf(stream, state->number + 1);
  if (Status status = db_->Put({}, family_, key, bytes); !status.ok()) return status;
  *state = {state->number + 1, {}, {}};
  return Status::OK();
}

Status Dictionaries::Open(const std::string& stream, std::string_view* value, Values** values) {
  uint64_t number = 0;
  return GetVarint(value, &number) ? Find(stream, number, values) : NoNumber();
}

Status Dictionaries::DropBefore(const std::string& stream, std::string_view value,
                                rocksdb::WriteBatch* batch) {
  uint64_t number = 0;
  if (!GetVarint(&value, &number)) return NoNumber();
  return batch->DeleteRange(family_, BeginOf(stream), DictionaryKeyOf(stream, number));
}

}  // namespace rocksdb_store
