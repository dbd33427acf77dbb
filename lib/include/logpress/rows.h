/**
 * @file rows.h
 * Lines taken apart: header, statement, values.
 */
#ifndef LOGPRESS_ROWS_H_
#define LOGPRESS_ROWS_H_

#include <logpress/statements.h>
#include <logpress/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A field of a line's header, without the marks around it. This struct never grows. */
typedef struct logpress_field {
  const char* name; /**< Date, Time, Level, Component, Pid, ... */
  const char* data; /**< Its bytes. */
  size_t size;      /**< How many. */
} logpress_field;

/** A walk through lines of a log, each with its header, its statement and its values. */
typedef struct logpress_rows logpress_rows;

/** A line of a log, taken apart. */
typedef struct logpress_row {
  size_t struct_size;       /**< sizeof(logpress_row). */
  uint64_t number;          /**< Lines that start before it. */
  const char* statement_id; /**< As logpress_statement::id. */
  /**
   * Of `text`. It differs from that of the statement in the few lines whose values are of another
   * shape than any that was looked at, such as a longer list.
   */
  const char* template_id;
  const char* text;    /**< With "<*>" for each value; with the values it gives the content. */
  size_t text_size;    /**< Its bytes. */
  const char* content; /**< What stands behind the header, without the blanks around it. */
  size_t content_size; /**< Its bytes. */
  const logpress_value* values; /**< One for each "<*>" in `text`. */
  size_t value_count;           /**< How many. */
  const logpress_field* fields; /**< Of the header: those that are there. */
  size_t field_count;           /**< How many. */
  int time_kind;                /**< A #logpress_time_kind. */
  int64_t time;                 /**< The line's own. */
} logpress_row;

/**
 * Begins a walk through the lines [first, first + count) of the log that the statements are of, or
 * as many of them as there are. Errors: #LOGPRESS_INVALID_ARGUMENT, #LOGPRESS_OUT_OF_MEMORY. One
 * thread at a time.
 */
LOGPRESS_API logpress_code logpress_statements_rows(logpress_statements* statements, uint64_t first,
                                                    uint64_t count, logpress_rows** rows);

/**
 * The same for the lines whose time is in [from, to), as logpress_reader_lines_between() has it.
 * One thread at a time.
 */
LOGPRESS_API logpress_code logpress_statements_rows_between(logpress_statements* statements,
                                                            int64_t from, int64_t to,
                                                            logpress_rows** rows);

/**
 * Goes over the next line and fills `*row`. What it points to stays until the next call on `rows`.
 * #LOGPRESS_END behind the last. Errors as for logpress_lines_next(). One thread at a time.
 */
LOGPRESS_API logpress_code logpress_rows_next(logpress_rows* rows, logpress_row* row);

/**
 * The message of the last error, "" when there was none. Lives until the next call. Any thread,
 * while no other function changes the handle.
 */
LOGPRESS_API const char* logpress_rows_message(const logpress_rows* rows);

/** Frees it. NULL is allowed. One thread at a time. */
LOGPRESS_API void logpress_rows_free(logpress_rows* rows);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_ROWS_H_ */
