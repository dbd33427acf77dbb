#include "keys.h"

namespace rocksdb_store {
namespace {

constexpr size_t kNumber = 8;
constexpr size_t kNumbers = 2 * kNumber;  // bytes of a key behind stream and NUL
constexpr uint64_t kSign = uint64_t{1} << 63;

void PutBigEndian(uint64_t number, std::string* key) {
  for (int shift = 56; shift >= 0; shift -= 8) key->push_back(static_cast<char>(number >> shift));
}

uint64_t GetBigEndian(const char* bytes) {
  uint64_t number = 0;
  for (size_t i = 0; i < kNumber; ++i) number = number << 8 | static_cast<uint8_t>(bytes[i]);
  return number;
}

}  // namespace

std::string BeginOf(const std::string& stream) { return stream + '\0'; }
std::string EndOf(const std::string& stream) { return stream + '\1'; }

std::string BoundOf(const std::string& stream, Time time) {
  std::string bound = BeginOf(stream);
  PutBigEndian(static_cast<uint64_t>(time) ^ kSign, &bound);
  return bound;
}

std::string KeyOf(const std::string& stream, Time time, uint64_t sequence) {
  std::string key = BoundOf(stream, time);
  PutBigEndian(sequence, &key);
  return key;
}

bool ParseKey(const rocksdb::Slice& bytes, Key* key) {
  const std::string_view all = bytes.ToStringView();
  if (all.size() < kNumbers + 1 || all[all.size() - kNumbers - 1] != '\0') return false;
  const char* const numbers = all.data() + all.size() - kNumbers;
  key->stream = all.substr(0, all.size() - kNumbers - 1);
  key->time = static_cast<Time>(GetBigEndian(numbers) ^ kSign);
  key->sequence = GetBigEndian(numbers + kNumber);
  return true;
}

bool IsAt(const rocksdb::Iterator& it, const std::string& stream, Key* key) {
  return it.Valid() && ParseKey(it.key(), key) && key->stream == stream;
}

std::string DictionaryKeyOf(const std::string& stream, uint64_t number) {
  std::string key = BeginOf(stream);
  PutBigEndian(number, &key);
  return key;
}

uint64_t DictionaryNumberOf(const rocksdb::Slice& bytes, const std::string& stream) {
  const std::string begin = BeginOf(stream);
  if (bytes.size() != begin.size() + kNumber || !bytes.starts_with(begin)) return 0;
  return GetBigEndian(bytes.data() + begin.size());
}

}  // namespace rocksdb_store
