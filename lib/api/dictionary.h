// The handle of a trained dictionary.
#ifndef LOGPRESS_API_DICTIONARY_H_
#define LOGPRESS_API_DICTIONARY_H_

#include "api/handle.h"
#include "block/dictionary.h"

struct logpress_dictionary : logpress::api::Handle {
  // Keeps the memory that it is in.
  logpress::block::Dictionary loaded;
};

#endif  // LOGPRESS_API_DICTIONARY_H_
