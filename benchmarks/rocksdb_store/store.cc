#include "store.h"

#include <rocksdb/convenience.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "keys.h"

namespace rocksdb_store {
namespace {

using rocksdb::Status;

Time Later(Time time, Time by) {
  constexpr Time kHighest = std::numeric_limits<Time>::max();
  return time > kHighest - by ? kHighest : time + by;
}

rocksdb::Options MakeOptions(const StoreOptions& given, bool packed) {
  rocksdb::Options options = given.rocksdb;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  if (packed) {
    options.compression = rocksdb::kNoCompression;
    options.bottommost_compression = rocksdb::kDisableCompressionOption;
  } else {
    // What comes from memory is compressed when it is merged, once and not twice.
    options.compression_per_level.assign(static_cast<size_t>(options.num_levels),
                                         options.compression);
    options.compression_per_level[0] = rocksdb::kNoCompression;
  }
  options.compaction_pri = rocksdb::kOldestSmallestSeqFirst;
  rocksdb::BlockBasedTableOptions table;
  table.block_size = given.block_size;
  // Values are read once and are large: the file system's cache keeps them packed.
  table.no_block_cache = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

LogStore::LogStore(const StoreOptions& options, std::unique_ptr<Values> values)
    : options_(options), values_(std::move(values)) {}

LogStore::~LogStore() {
  for (rocksdb::ColumnFamilyHandle* const family : families_)
    db_->DestroyColumnFamilyHandle(family).PermitUncheckedError();
}

Status LogStore::Open(const std::string& path, const StoreOptions& options,
                      std::unique_ptr<Values> values, std::unique_ptr<LogStore>* store) {
  if (options.batch_size == 0 || options.disorder < 0)
    return Status::InvalidArgument("options", "batch_size is 0 or disorder negative");
  std::unique_ptr<LogStore> made(new LogStore(options, std::move(values)));
  const rocksdb::Options made_options = MakeOptions(options, made->values_->packed());
  std::vector<rocksdb::ColumnFamilyDescriptor> families = {
      {rocksdb::kDefaultColumnFamilyName, made_options}, {"keys", rocksdb::ColumnFamilyOptions()}};
  if (options.train_bytes > 0) {
    families.emplace_back("dictionaries", rocksdb::ColumnFamilyOptions());
    families.back().options.compression = rocksdb::kZSTD;
  }
  rocksdb::DB* db = nullptr;
  Status status = rocksdb::DB::Open(made_options, path, families, &made->families_, &db);
  if (!status.ok()) return status;
  made->db_.reset(db);
  made->values_family_ = made->families_[0];
  made->keys_family_ = made->families_[1];
  if (options.train_bytes > 0) {
    made->dictionaries_ = std::make_unique<Dictionaries>(db, made->families_[2],
                                                         made->values_.get(), options.train_bytes);
  }
  *store = std::move(made);
  return Status::OK();
}

Status LogStore::FindStream(const std::string& stream, Batch** batch) {
  const auto [entry, is_new] = open_.try_emplace(stream);
  *batch = &entry->second;
  if (!is_new) return Status::OK();
  if (stream.find('\0') != stream.npos) {
    open_.erase(entry);
    return Status::InvalidArgument("a stream's name has a NUL");
  }
  // Goes on behind the last batch that is stored.
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, keys_family_));
  it->SeekForPrev(EndOf(stream));
  Key key;
  if (IsAt(*it, stream, &key)) {
    entry->second.last_time = key.time;
    entry->second.sequence = key.sequence + 1;
  } else {
    entry->second.last_time = std::numeric_limits<Time>::min();
  }
  return it->status();
}

Status LogStore::Append(const std::string& stream, Time time, std::string_view lines) {
  Batch* batch = nullptr;
  if (Status status = FindStream(stream, &batch); !status.ok()) return status;
  if (time < batch->last_time)
    return Status::InvalidArgument(stream, "a piece is from before the last");
  if (lines.empty()) return Status::OK();
  if (batch->lines.size() + lines.size() > options_.batch_size) {
    if (Status status = Store(stream, batch); !status.ok()) return status;
  }
  if (batch->lines.empty()) batch->time = time;
  batch->last_time = time;
  batch->lines += lines;
  return Status::OK();
}

Status LogStore::Store(const std::string& stream, Batch* batch) {
  if (batch->lines.empty()) return Status::OK();
  bool due = false;
  if (Status status = Pack(stream, batch->lines, &value_, &due); !status.ok()) return status;
  const std::string key = KeyOf(stream, batch->time, batch->sequence);
  rocksdb::WriteBatch both;
  if (Status status = both.Put(values_family_, key, value_); !status.ok()) return status;
  if (Status status = both.Put(keys_family_, key, ""); !status.ok()) return status;
  if (Status status = db_->Write({}, &both); !status.ok()) return status;
  ++batch->sequence;
  batch->lines.clear();
  return due ? Train(stream) : Status::OK();
}

Status LogStore::Pack(const std::string& stream, std::string_view lines, std::string* value,
                      bool* due) {
  if (dictionaries_ != nullptr) return dictionaries_->Pack(stream, lines, value, due);
  return values_->Pack(lines, value);
}

Status LogStore::FindValues(const std::string& stream, std::string_view* value, Values** values) {
  if (dictionaries_ != nullptr) return dictionaries_->Open(stream, value, values);
  *values = values_.get();
  return Status::OK();
}

Status LogStore::Unpack(const std::string& stream, std::string_view value, std::string* lines) {
  Values* values = nullptr;
  const Status status = FindValues(stream, &value, &values);
  return status.ok() ? values->Unpack(value, lines) : status;
}

// The latest lines are in the store already: it keeps no others in memory for this.
Status LogStore::Train(const std::string& stream) {
  std::vector<std::string> batches;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, values_family_));
  size_t size = 0;
  Key key;
  for (it->SeekForPrev(EndOf(stream));
       size < dictionaries_->train_bytes() && IsAt(*it, stream, &key); it->Prev()) {
    batches.emplace_back();
    Status status = Unpack(stream, it->value().ToStringView(), &batches.back());
    if (!status.ok()) return status;
    size += batches.back().size();
  }
  if (!it->status().ok()) return it->status();
  std::string lines;
  for (; !batches.empty(); batches.pop_back()) lines += batches.back();
  return dictionaries_->Train(stream, lines);
}

Status LogStore::Flush() {
  for (auto& [stream, batch] : open_) {
    if (Status status = Store(stream, &batch); !status.ok()) return status;
  }
  return db_->FlushWAL(/*sync=*/true);
}

Status LogStore::ReadBatch(const std::string& stream, Time time, std::string* lines) {
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, keys_family_));
  it->SeekForPrev(KeyOf(stream, time, std::numeric_limits<uint64_t>::max()));
  Key key;
  if (!IsAt(*it, stream, &key)) return it->status().ok() ? Status::NotFound(stream) : it->status();
  rocksdb::PinnableSlice value;
  const Status status = db_->Get({}, values_family_, it->key(), &value);
  return status.ok() ? Unpack(stream, value.ToStringView(), lines) : status;
}

Status LogStore::ReadRange(const std::string& stream, Time from, Time to,
                           const LineFunction& line) {
  if (from >= to) return Status::OK();
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, keys_family_));
  // The last batch that begins before the range may reach into it; those before end where it
  // begins.
  it->SeekForPrev(BoundOf(stream, from));
  Key key;
  if (!IsAt(*it, stream, &key)) it->Seek(BeginOf(stream));
  const Time latest = Later(to, options_.disorder);
  rocksdb::PinnableSlice value;
  for (; IsAt(*it, stream, &key) && key.time < latest; it->Next()) {
    value.Reset();
    Status status = db_->Get({}, values_family_, it->key(), &value);
    std::string_view bytes = value.ToStringView();
    Values* values = nullptr;
    if (status.ok()) status = FindValues(stream, &bytes, &values);
    if (status.ok()) status = values->Between(bytes, from, to, line);
    if (!status.ok()) return status;
  }
  return it->status();
}

Status LogStore::ReadAll(
    const std::function<void(std::string_view, Time, std::string_view)>& batch) {
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}));
  std::string lines;
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    Key key;
    if (!ParseKey(it->key(), &key)) return Status::Corruption("a key is none of this store");
    Status status = Unpack(std::string(key.stream), it->value().ToStringView(), &lines);
    if (!status.ok()) return status;
    batch(key.stream, key.time, lines);
  }
  return it->status();
}

Status LogStore::DropBefore(const std::string& stream, Time time) {
  // No line is later than the beginning of the next batch: the last that begins before `time`
  // stays.
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, keys_family_));
  it->SeekForPrev(BoundOf(stream, time));
  Key key;
  if (!IsAt(*it, stream, &key)) return it->status();
  const std::string first = BeginOf(stream);
  const std::string kept = it->key().ToString();
  const rocksdb::Slice begin(first);
  const rocksdb::Slice end(kept);
  rocksdb::WriteBatch all;
  if (Status status = all.DeleteRange(values_family_, begin, end); !status.ok()) return status;
  if (Status status = all.DeleteRange(keys_family_, begin, end); !status.ok()) return status;
  if (dictionaries_ != nullptr) {
    rocksdb::PinnableSlice value;
    Status status = db_->Get({}, values_family_, end, &value);
    if (status.ok()) status = dictionaries_->DropBefore(stream, value.ToStringView(), &all);
    if (!status.ok()) return status;
  }
  if (Status status = db_->Write({}, &all); !status.ok()) return status;
  // Files that hold nothing else go at once; the rest when they are merged.
  return rocksdb::DeleteFilesInRange(db_.get(), values_family_, &begin, &end,
                                     /*include_end=*/false);
}

Status LogStore::Compact() {
  for (rocksdb::ColumnFamilyHandle* const family : families_) {
    if (Status status = db_->Flush({}, family); !status.ok()) return status;
    if (Status status = db_->CompactRange({}, family, nullptr, nullptr); !status.ok())
      return status;
  }
  return Status::OK();
}

uint64_t LogStore::StoredBytes() const {
  uint64_t bytes = 0;
  return db_->GetAggregatedIntProperty("rocksdb.total-sst-files-size", &bytes) ? bytes : 0;
}

}  // namespace rocksdb_store
