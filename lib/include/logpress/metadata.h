/**
 * @file metadata.h
 * The templates and columns of a block.
 */
#ifndef LOGPRESS_METADATA_H_
#define LOGPRESS_METADATA_H_

#include <logpress/reader.h>
#include <logpress/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a block holds, known without decoding its lines. */
typedef struct logpress_metadata logpress_metadata;

/**
 * Reads which templates a block has, how many rows each, and what kinds of columns, from a small
 * part of the block's bytes. It does not need the reader afterwards.
 *
 * Errors as for logpress_reader_read_block(). One thread at a time.
 */
LOGPRESS_API logpress_code logpress_reader_metadata(logpress_reader* reader, uint64_t block,
                                                    logpress_metadata** metadata);

/** What the values of a column are. */
typedef enum logpress_column_kind {
  LOGPRESS_COLUMN_TEXT = 0,   /**< Values of any kind, kept in a dictionary. */
  LOGPRESS_COLUMN_NUMBER = 1, /**< Integers. */
  LOGPRESS_COLUMN_TIME = 2    /**< Timestamps. */
} logpress_column_kind;

/** The constant parts of a log statement with slots between. This struct never grows. */
typedef struct logpress_template {
  uint64_t rows; /**< How often it occurs. A row is a line, or an object of a JSON array in one. */
  size_t slots;  /**< Slots; there is one literal more. */
} logpress_template;

/**
 * The number of templates; 0 for a block without structure. Any thread, while no other function
 * changes the handle.
 */
LOGPRESS_API size_t logpress_metadata_templates(const logpress_metadata* metadata);

/**
 * Fills `*found` for template `i`. Errors: #LOGPRESS_OUT_OF_RANGE, #LOGPRESS_INVALID_ARGUMENT. Any
 * thread, while no other function changes the handle.
 */
LOGPRESS_API logpress_code logpress_metadata_template(const logpress_metadata* metadata, size_t i,
                                                      logpress_template* found);

/**
 * 1 when template `i` is an exception: it stands for the rows that fit none, each of which is kept
 * whole, as the value of its slot. 0 for others, and where there is no such template. With the
 * backend mix these rows are in no template. Any thread, while no other function changes the
 * handle.
 */
LOGPRESS_API int logpress_metadata_is_exception(const logpress_metadata* metadata, size_t i);

/**
 * The text of template `i` in front of its slot `slot`, or behind the last one; a row is literal,
 * value, literal, ..., literal. Lives as long as `metadata`. Errors as above. Any thread, while no
 * other function changes the handle.
 */
LOGPRESS_API logpress_code logpress_metadata_literal(const logpress_metadata* metadata, size_t i,
                                                     size_t slot, const char** data, size_t* size);

/**
 * The column that the values in a slot belong to. Errors as above. Any thread, while no other
 * function changes the handle.
 */
LOGPRESS_API logpress_code logpress_metadata_slot(const logpress_metadata* metadata, size_t i,
                                                  size_t slot, size_t* column);

/**
 * The number of columns. Slots that stand for the same thing share one. Any thread, while no other
 * function changes the handle.
 */
LOGPRESS_API size_t logpress_metadata_columns(const logpress_metadata* metadata);

/**
 * What column `column` holds: `*kind` is a #logpress_column_kind. `*format` (may be NULL) is how
 * its values are written: "" for text; the notation of printf for numbers; that of strftime, with
 * the additions in docs/timestamps.md, for times. Lives as long as `metadata`. Errors as above. Any
 * thread, while no other function changes the handle.
 */
LOGPRESS_API logpress_code logpress_metadata_column(const logpress_metadata* metadata,
                                                    size_t column, int* kind, const char** format);

/**
 * How many different values column `column` has in this block, together with the columns that share
 * its dictionary: 1 says that it is a constant. 0 when nobody counted them: of numbers and times
 * that hardly repeat, with the backend mix, and where there is no such column. Any thread, while no
 * other function changes the handle.
 */
LOGPRESS_API uint64_t logpress_metadata_distinct(const logpress_metadata* metadata, size_t column);

/**
 * The message of the last error, "" when there was none. Lives until the next call. Any thread,
 * while no other function changes the handle.
 */
LOGPRESS_API const char* logpress_metadata_message(const logpress_metadata* metadata);

/** Frees it. NULL is allowed. One thread at a time. */
LOGPRESS_API void logpress_metadata_free(logpress_metadata* metadata);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_METADATA_H_ */
