// The backends that a coder of blocks works with.
#ifndef LOGPRESS_BLOCK_BACKENDS_H_
#define LOGPRESS_BLOCK_BACKENDS_H_

#include <array>
#include <cstddef>
#include <memory>

#include "backend/backend.h"

namespace logpress::block {

// Backends by id, made when they are first needed.
class Backends {
 public:
  // Any but kAuto and kDictionary.
  backend::Backend& Get(backend::Id id) {
    std::unique_ptr<backend::Backend>& entry = backends_[static_cast<size_t>(id)];
    if (entry == nullptr) entry = backend::NewBackend(id);
    return *entry;
  }
  // Gives back what one keeps.
  void Release(backend::Id id) { backends_[static_cast<size_t>(id)] = nullptr; }

 private:
  std::array<std::unique_ptr<backend::Backend>, static_cast<size_t>(backend::Id::kDictionary)>
      backends_;
};

}  // namespace logpress::block

#endif  // LOGPRESS_BLOCK_BACKENDS_H_
