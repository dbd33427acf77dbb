// What a logpress_reader is, for the files that work on one.
#ifndef LOGPRESS_API_READER_H_
#define LOGPRESS_API_READER_H_

#include <memory>
#include <string>

#include "api/handle.h"
#include "archive/index_reader.h"
#include "base/bytes.h"
#include "base/io.h"
#include "logpress/logpress.h"

struct logpress_reader {
  logpress::api::LastError error;
  logpress_code start = LOGPRESS_OK;
  std::unique_ptr<logpress::RandomAccess> source;
  std::unique_ptr<logpress::archive::IndexReader> index;  // null when it could not be opened
  std::string damage;
  bool check_all = false;
  logpress::ByteBuffer raw;  // of logpress_reader_read_block
};

#endif  // LOGPRESS_API_READER_H_
