// Words and phrases that logs of all kinds use: what the text model of a block has read before it
// codes anything, so that the first templates of a log cost less. Part of the format: another byte
// there is another format.
#ifndef LOGPRESS_BACKEND_MIX_VOCABULARY_H_
#define LOGPRESS_BACKEND_MIX_VOCABULARY_H_

#include "base/bytes.h"

namespace logpress::mix {

// The bytes of vocabulary.txt: lines that end in a newline.
ByteView Vocabulary();

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_VOCABULARY_H_
