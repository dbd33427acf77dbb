// Single values without an archive around them, with a trained dictionary and without: what was
// packed comes back, and hostile ones give the size that they state or an error.
//
// Input: a byte that chooses what is done, and from 128 on a value; else what is packed, of which
// the last two bytes say what is changed then: which byte of the value, and to what.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "archive/bare_value.h"
#include "base/bytes.h"
#include "primer/primer.h"
#include "primer/train.h"

namespace {

using namespace logpress;

constexpr uint64_t kMemory = uint64_t{16} << 20;
// Of a value, for the models are slow.
constexpr uint64_t kMostRaw = uint64_t{4} << 10;

block::Dictionary Trained() {
  std::string log;
  for (int i = 0; i < 400; ++i) {
    const std::string n = std::to_string(i * i % 97);
    log += "2024-05-17 12:00:" + std::to_string(10 + i % 50) + " web01 sshd[" + n +
           "]: Accepted password for user" + std::to_string(i % 7) + " from 10.0.0." + n +
           " port " + std::to_string(1000 + i) + "\n";
  }
  ByteBuffer file;
  if (!primer::Train(log, 4096, &file).ok()) std::abort();
  auto loaded = primer::Primer::Load(file);
  if (!loaded.ok()) std::abort();
  return *std::move(loaded);
}

void Read(archive::BareReader* reader, ByteView value) {
  uint64_t size = 0;
  const bool stated = archive::GetBareSize(value, &size);
  if (stated && size > kMostRaw) return;
  ByteBuffer raw;
  if (reader->Read(value, kMemory, &raw).ok() && (!stated || raw.size() != size)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return -1;
  static const block::Dictionary dictionary = Trained();
  const uint8_t choice = data[0];
  ByteView bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool with_dictionary = choice % 2 != 0;
  static auto* const plain = new archive::BareReader(nullptr);
  static auto* const trained = new archive::BareReader(dictionary);
  archive::BareReader* const reader = with_dictionary ? trained : plain;
  if (choice >= 128) {
    Read(reader, bytes);
    return 0;
  }
  bytes = bytes.substr(0, kMostRaw);
  // Made once, which takes longer than a value, and few, which take 80 MB each.
  constexpr std::array<int, 2> kLevels = {1, 5};
  static std::array<std::array<std::unique_ptr<archive::BareWriter>, 2>, kLevels.size()> writers;
  const size_t strength = choice / 4 % kLevels.size();
  std::unique_ptr<archive::BareWriter>& writer = writers[strength][with_dictionary ? 1 : 0];
  if (writer == nullptr) {
    block::BlockOptions options;
    options.level = kLevels[strength];
    if (with_dictionary) options.dictionary = dictionary;
    writer = std::make_unique<archive::BareWriter>(options);
  }
  ByteBuffer value;
  if (!writer->Write(bytes, choice / 2 % 2 != 0, &value).ok()) std::abort();
  ByteBuffer raw;
  if (!reader->Read(value, kMemory, &raw).ok() || ByteView(raw) != bytes) std::abort();
  if (bytes.size() < 2) return 0;
  const auto place = static_cast<uint8_t>(bytes[bytes.size() - 2]);
  value[place % value.size()] = bytes.back();
  Read(reader, value);
  return 0;
}
