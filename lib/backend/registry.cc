#include <array>

#include "backend/backend.h"
#include "backend/byte_backend.h"
#include "backend/byte_packer.h"
#include "backend/mix_backend.h"

namespace logpress::backend {
namespace {

struct Entry {
  Id id;
  std::string_view name;
  PackerId packer;
  std::unique_ptr<BytePacker> (*new_packer)();  // null: no byte backend
};

constexpr std::array<Entry, 4> kBackends = {{
    {Id::kStore, "store", PackerId::kStore, NewStorePacker},
    {Id::kZstd, "zstd", PackerId::kZstd, NewZstdPacker},
    {Id::kXz, "xz", PackerId::kXz, NewXzPacker},
    {Id::kMix, "mix", PackerId::kStore, nullptr},
}};

}  // namespace

std::unique_ptr<Backend> NewBackend(Id id) {
  const Entry& entry = kBackends[static_cast<size_t>(id)];
  if (entry.new_packer == nullptr) return NewMixBackend();
  return NewByteBackend(entry.id, entry.packer);
}

std::unique_ptr<BytePacker> NewPacker(PackerId id) {
  for (const Entry& entry : kBackends) {
    if (entry.packer == id && entry.new_packer != nullptr) return entry.new_packer();
  }
  return nullptr;
}

std::string_view NameOf(Id id) { return kBackends[static_cast<size_t>(id)].name; }

std::optional<Id> IdOf(std::string_view name) {
  for (const Entry& entry : kBackends) {
    if (entry.name == name) return entry.id;
  }
  return std::nullopt;
}

bool IsKnown(uint8_t id) { return id < kBackends.size(); }

}  // namespace logpress::backend
