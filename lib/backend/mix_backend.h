// The strongest backend: a context mixer that knows the structure of a log. docs/mix.md explains
// the model.
#ifndef LOGPRESS_BACKEND_MIX_BACKEND_H_
#define LOGPRESS_BACKEND_MIX_BACKEND_H_

#include <memory>

#include "backend/backend.h"

namespace logpress::backend {

std::unique_ptr<Backend> NewMixBackend();

}  // namespace logpress::backend

#endif  // LOGPRESS_BACKEND_MIX_BACKEND_H_
