#include <array>

#include "absl/strings/str_cat.h"
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
  std::unique_ptr<BytePacker> (*new_packer)();  // null: it packs rows
};

constexpr std::array<Entry, 6> kBackends = {{
    {Id::kStore, "store", PackerId::kStore, NewStorePacker},
    {Id::kZstd, "zstd", PackerId::kZstd, NewZstdPacker},
    {Id::kXz, "xz", PackerId::kXz, NewXzPacker},
    {Id::kMix, "mix", PackerId::kStore, nullptr},
    {Id::kBlend, "blend", PackerId::kText, NewTextPacker},
    {Id::kDictionary, "dictionary", PackerId::kStore, nullptr},
}};

// They stand in the order of their ids, from 1 on.
const Entry& EntryOf(Id id) { return kBackends[static_cast<size_t>(id) - 1]; }

}  // namespace

absl::Status Backend::CheckMemory(const Limits& limits) const {
  const uint64_t need = ReadMemory(limits.raw_size);
  if (limits.max_memory == 0 || need <= limits.max_memory) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat(
      "the block takes ", need, " bytes of memory, more than the limit of ", limits.max_memory));
}

std::unique_ptr<Backend> NewBackend(Id id) {
  const Entry& entry = EntryOf(id);
  if (id == Id::kMix) return NewMixBackend();
  if (entry.new_packer == nullptr) return nullptr;
  return NewByteBackend(entry.id, entry.packer);
}

std::unique_ptr<BytePacker> NewPacker(PackerId id) {
  if (id == PackerId::kPrimed) return NewPrimedPacker();
  for (const Entry& entry : kBackends) {
    if (entry.packer == id && entry.new_packer != nullptr) return entry.new_packer();
  }
  return nullptr;
}

std::string_view NameOf(Id id) { return EntryOf(id).name; }

std::optional<Id> IdOf(std::string_view name) {
  for (const Entry& entry : kBackends) {
    if (entry.name == name && entry.id != Id::kDictionary) return entry.id;
  }
  return std::nullopt;
}

bool IsKnown(Id id) { return id != Id::kAuto && static_cast<size_t>(id) <= kBackends.size(); }

}  // namespace logpress::backend
