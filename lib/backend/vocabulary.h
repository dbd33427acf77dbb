// Words and phrases that logs of all kinds use, which both sides have before a block begins, so
// that the first templates of a log cost less. Part of the format: another byte there is another
// format.
#ifndef LOGPRESS_BACKEND_VOCABULARY_H_
#define LOGPRESS_BACKEND_VOCABULARY_H_

#include "base/bytes.h"

namespace logpress::backend {

// The bytes of vocabulary.txt, for models that learn word by word: lines that end in a newline.
ByteView Vocabulary();
// Those of words.txt, likewise: more words, for large blocks.
ByteView Words();

// The bytes of phrases.txt, whole lines of many kinds of logs, for packers that copy; behind them
// those of vocabulary.txt.
ByteView Phrases();

}  // namespace logpress::backend

#endif  // LOGPRESS_BACKEND_VOCABULARY_H_
