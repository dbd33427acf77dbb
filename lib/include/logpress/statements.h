/**
 * @file statements.h
 * The statements of a log: what a program wrote its lines with.
 */
#ifndef LOGPRESS_STATEMENTS_H_
#define LOGPRESS_STATEMENTS_H_

#include <logpress/options.h>
#include <logpress/reader.h>
#include <logpress/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * What kind of thing the values of a slot are: the categories of VALB (ICSE 2023).
 * docs/structure.md says how they are told.
 */
typedef enum logpress_value_type {
  LOGPRESS_VALUE_OBJECT_ID = 0,
  LOGPRESS_VALUE_LOCATION = 1,
  LOGPRESS_VALUE_OBJECT_NAME = 2,
  LOGPRESS_VALUE_TYPE = 3,
  LOGPRESS_VALUE_SWITCH = 4,
  LOGPRESS_VALUE_TIME = 5,     /**< Of day, or a duration. */
  LOGPRESS_VALUE_RESOURCE = 6, /**< Of a computer: memory, bytes, a share of a processor. */
  LOGPRESS_VALUE_AMOUNT = 7,
  LOGPRESS_VALUE_STATUS = 8,
  LOGPRESS_VALUE_OTHER = 9
} logpress_value_type;

/**
 * The name of a #logpress_value_type, "object id". Never NULL; lives as long as the program. Any
 * thread.
 */
LOGPRESS_API const char* logpress_value_type_name(int type);

/** What stands in a slot of a line. This struct never grows. */
typedef struct logpress_value {
  int type;         /**< A #logpress_value_type. */
  const char* data; /**< Its bytes. */
  size_t size;      /**< How many. */
} logpress_value;

/** The statements of a log: what a program wrote its lines with. */
typedef struct logpress_statements logpress_statements;

/** A statement. */
typedef struct logpress_statement {
  size_t struct_size; /**< sizeof(logpress_statement). */
  const char* id;     /**< Twelve hexadecimal digits, which the text alone decides. */
  const char* text;   /**< With "<*>" for each slot. */
  size_t text_size;   /**< Its bytes. */
  size_t slots;       /**< How many. */
  uint64_t lines;     /**< How many were written with it. */
  int time_kind;      /**< A #logpress_time_kind, of the two that follow. */
  int64_t first_time; /**< Of the earliest line. */
  int64_t last_time;  /**< Of the latest. */
} logpress_statement;

/**
 * Finds the statements of an archive, which takes about as long as unpacking it. The reader must
 * stay until `statements` is freed.
 *
 * Errors as for logpress_reader_read_block(). One thread at a time.
 */
LOGPRESS_API logpress_code logpress_reader_statements(logpress_reader* reader,
                                                      logpress_statements** statements);

/**
 * The same for a log that was not packed: `size` bytes, which must stay until `statements` is
 * freed. Errors: #LOGPRESS_INVALID_ARGUMENT, #LOGPRESS_OUT_OF_MEMORY. Any thread.
 */
LOGPRESS_API logpress_code logpress_statements_of_log(const logpress_options* options,
                                                      const void* data, size_t size,
                                                      logpress_statements** statements);

/** How many there are. Any thread, while no other function changes the handle. */
LOGPRESS_API size_t logpress_statements_count(const logpress_statements* statements);

/**
 * Fills `*statement` for statement `i`; they come in the order of their first lines. What it points
 * to lives as long as `statements`. Errors: #LOGPRESS_OUT_OF_RANGE, #LOGPRESS_INVALID_ARGUMENT. Any
 * thread, while no other function changes the handle.
 */
LOGPRESS_API logpress_code logpress_statements_get(const logpress_statements* statements, size_t i,
                                                   logpress_statement* statement);

/**
 * What the values in a slot of statement `i` are, and some of them: `*examples` is an array of
 * `*count`, and lives as long as `statements`. Each of the three may be NULL. Errors as above. Any
 * thread, while no other function changes the handle.
 */
LOGPRESS_API logpress_code logpress_statements_slot(const logpress_statements* statements, size_t i,
                                                    size_t slot, int* type,
                                                    const logpress_value** examples, size_t* count);

/**
 * The message of the last error, "" when there was none. Lives until the next call. Any thread,
 * while no other function changes the handle.
 */
LOGPRESS_API const char* logpress_statements_message(const logpress_statements* statements);

/** Frees it; rows must be freed before. NULL is allowed. One thread at a time. */
LOGPRESS_API void logpress_statements_free(logpress_statements* statements);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_STATEMENTS_H_ */
