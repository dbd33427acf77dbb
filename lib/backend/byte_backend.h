// The adapter that makes a backend of a byte packer: it runs the codecs and packs their streams.
#ifndef LOGPRESS_BACKEND_BYTE_BACKEND_H_
#define LOGPRESS_BACKEND_BYTE_BACKEND_H_

#include <memory>

#include "backend/backend.h"
#include "backend/byte_packer.h"

namespace logpress::backend {

// Segments are packed by `packer`.
std::unique_ptr<Backend> NewByteBackend(Id id, PackerId packer);

}  // namespace logpress::backend

#endif  // LOGPRESS_BACKEND_BYTE_BACKEND_H_
