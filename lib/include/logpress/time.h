/**
 * @file time.h
 * The times of lines.
 */
#ifndef LOGPRESS_TIME_H_
#define LOGPRESS_TIME_H_

#include <logpress/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a time is. docs/timestamps.md says how it is found, and what a missing zone means. */
typedef enum logpress_time_kind {
  LOGPRESS_TIME_NONE = 0,    /**< There is none. */
  LOGPRESS_TIME_INSTANT = 1, /**< Microseconds since 1970-01-01 00:00 UTC. */
  /** Without a year, as in syslog: the same, as if the year were 1972. */
  LOGPRESS_TIME_ANY_YEAR = 2,
  LOGPRESS_TIME_ANY_DAY = 3, /**< Without a date: microseconds since midnight. */
  LOGPRESS_TIME_SEVERAL = 4  /**< Of a block: its lines' times are of several kinds. */
} logpress_time_kind;

/**
 * The times that a timestamp may stand for: [begin, end), counted as its kind says. With seconds it
 * stands for one microsecond, without them for a minute, and a date for a day. This struct never
 * grows.
 */
typedef struct logpress_time {
  int kind;      /**< A #logpress_time_kind; of the others 0 for #LOGPRESS_TIME_NONE. */
  int64_t begin; /**< The first of them. */
  int64_t end;   /**< Behind the last. */
} logpress_time;

/**
 * Reads the times of the lines in `size` bytes of a log: `*first` is that of the first line that
 * has one, `*last` that of the last; of no kind when none has. Either may be NULL. Where timestamps
 * stand is found in the lines themselves, and counts only where at least two have it, so that a
 * line alone is given twice. With `starts_inside_a_line` 1, the first bytes belong to a line that
 * began before them.
 *
 * Errors: #LOGPRESS_INVALID_ARGUMENT, #LOGPRESS_OUT_OF_MEMORY. Any thread.
 */
LOGPRESS_API logpress_code logpress_times_of_lines(const void* data, size_t size,
                                                   int starts_inside_a_line, logpress_time* first,
                                                   logpress_time* last);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_TIME_H_ */
