// What blocks hold, without their lines.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "api/handle.h"
#include "api/reader.h"
#include "base/status.h"
#include "codec/block_metadata.h"

struct logpress_metadata : logpress::api::Handle {
  logpress::codec::BlockMetadata block;
  std::vector<std::string> formats;  // one a column
};

namespace {

using logpress::codec::BlockMetadata;
using Kind = BlockMetadata::Column::Kind;

std::string FormatOf(const BlockMetadata& block, const BlockMetadata::Column& column) {
  using logpress::ir::NumberFormat;
  switch (column.kind) {
    case Kind::kText:
      break;
    case Kind::kTimestamp:
      return block.timestamps[column.timestamp].Pattern();
    case Kind::kNumber: {
      const int digits = column.number.width;
      if (column.number.radix == NumberFormat::kPoint) return absl::StrCat("%.", digits, "f");
      const std::string width = digits == 0 ? "" : absl::StrCat("0", digits);
      const char* const letter = column.number.radix == NumberFormat::kDecimal    ? "d"
                                 : column.number.radix == NumberFormat::kHexLower ? "x"
                                                                                  : "X";
      return absl::StrCat("%", width, letter);
    }
  }
  return "";
}

logpress_code Check(const logpress_metadata* metadata, size_t i, size_t count) {
  if (metadata == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  if (metadata->start != LOGPRESS_OK) return metadata->start;
  return i < count ? LOGPRESS_OK : LOGPRESS_OUT_OF_RANGE;
}

// Of a slot, or with `behind` of what stands behind the last one too.
logpress_code CheckSlot(const logpress_metadata* metadata, size_t i, size_t slot, size_t behind) {
  const logpress_code code = Check(metadata, i, logpress_metadata_templates(metadata));
  if (code != LOGPRESS_OK) return code;
  return slot < metadata->block.templates[i].slots + behind ? LOGPRESS_OK : LOGPRESS_OUT_OF_RANGE;
}

}  // namespace

extern "C" {

logpress_code logpress_reader_metadata(logpress_reader* reader, uint64_t block,
                                       logpress_metadata** metadata) {
  return MakeHandle(metadata, PrepareFrom(reader), [&](logpress_metadata* made) -> absl::Status {
    if (block >= reader->index->blocks().size())
      return absl::OutOfRangeError("there is no such block");
    LOGPRESS_RETURN_IF_ERROR(reader->index->ReadMetadata(static_cast<size_t>(block), &made->block));
    for (const BlockMetadata::Column& column : made->block.columns)
      made->formats.push_back(FormatOf(made->block, column));
    return absl::OkStatus();
  });
}

size_t logpress_metadata_templates(const logpress_metadata* metadata) {
  return metadata == nullptr ? 0 : metadata->block.templates.size();
}

logpress_code logpress_metadata_template(const logpress_metadata* metadata, size_t i,
                                         logpress_template* found) {
  if (found == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  const logpress_code code = Check(metadata, i, logpress_metadata_templates(metadata));
  if (code != LOGPRESS_OK) return code;
  const BlockMetadata::Template& known = metadata->block.templates[i];
  *found = {known.rows, known.slots};
  return LOGPRESS_OK;
}

int logpress_metadata_is_exception(const logpress_metadata* metadata, size_t i) {
  if (Check(metadata, i, logpress_metadata_templates(metadata)) != LOGPRESS_OK) return 0;
  return metadata->block.IsException(i) ? 1 : 0;
}

logpress_code logpress_metadata_literal(const logpress_metadata* metadata, size_t i, size_t slot,
                                        const char** data, size_t* size) {
  if (data == nullptr || size == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  const logpress_code code = CheckSlot(metadata, i, slot, 1);
  if (code != LOGPRESS_OK) return code;
  const logpress::ByteView literal =
      metadata->block.literal(metadata->block.templates[i].first_literal + slot);
  *data = literal.data();
  *size = literal.size();
  return LOGPRESS_OK;
}

logpress_code logpress_metadata_slot(const logpress_metadata* metadata, size_t i, size_t slot,
                                     size_t* column) {
  if (column == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  const logpress_code code = CheckSlot(metadata, i, slot, 0);
  if (code != LOGPRESS_OK) return code;
  *column = metadata->block.slots[metadata->block.templates[i].first_slot + slot];
  return LOGPRESS_OK;
}

size_t logpress_metadata_columns(const logpress_metadata* metadata) {
  return metadata == nullptr ? 0 : metadata->block.columns.size();
}

logpress_code logpress_metadata_column(const logpress_metadata* metadata, size_t column, int* kind,
                                       const char** format) {
  if (kind == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  const logpress_code code = Check(metadata, column, logpress_metadata_columns(metadata));
  if (code != LOGPRESS_OK) return code;
  *kind = static_cast<int>(metadata->block.columns[column].kind);
  if (format != nullptr) *format = metadata->formats[column].c_str();
  return LOGPRESS_OK;
}

uint64_t logpress_metadata_distinct(const logpress_metadata* metadata, size_t column) {
  if (Check(metadata, column, logpress_metadata_columns(metadata)) != LOGPRESS_OK) return 0;
  return metadata->block.columns[column].distinct;
}

const char* logpress_metadata_message(const logpress_metadata* metadata) {
  return metadata == nullptr ? "" : metadata->error.message();
}

void logpress_metadata_free(logpress_metadata* metadata) { delete metadata; }

}  // extern "C"
