/**
 * @file lines.h
 * Lines from anywhere in an archive, by their numbers and by their times.
 */
#ifndef LOGPRESS_LINES_H_
#define LOGPRESS_LINES_H_

#include <logpress/reader.h>
#include <logpress/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A walk through some of a reader's lines, forwards and backwards. */
typedef struct logpress_lines logpress_lines;

/** A line. This struct never grows. */
typedef struct logpress_line {
  const char* data; /**< Its bytes, the newline included; the last line may have none. */
  size_t size;      /**< How many. */
  uint64_t number;  /**< Lines that start before it. */
  int time_kind;    /**< A #logpress_time_kind. */
  int64_t time;     /**< The line's own, or that of the line before it when it has none. */
} logpress_line;

/**
 * Begins a walk through the lines [first, first + count), or as many of them as there are. It
 * stands before the first. Only the blocks that hold them are read, when their lines are asked for.
 *
 * Errors: #LOGPRESS_OUT_OF_RANGE when `first` is beyond the end, #LOGPRESS_INVALID_ARGUMENT,
 * #LOGPRESS_OUT_OF_MEMORY. One thread at a time.
 */
LOGPRESS_API logpress_code logpress_reader_lines(logpress_reader* reader, uint64_t first,
                                                 uint64_t count, logpress_lines** lines);

/**
 * Begins a walk through the lines whose time is in [from, to), in microseconds since 1970-01-01
 * 00:00 UTC. A line without a time has that of the line before; one without a year or date is there
 * if it would be in some year or on some day; one without a zone is read as UTC. Blocks whose
 * lowest and highest time say that they hold none are not read.
 *
 * Errors: #LOGPRESS_INVALID_ARGUMENT, #LOGPRESS_OUT_OF_MEMORY. One thread at a time.
 */
LOGPRESS_API logpress_code logpress_reader_lines_between(logpress_reader* reader, int64_t from,
                                                         int64_t to, logpress_lines** lines);

/**
 * Goes over the next line and fills `*line`, whose bytes stay until the next call on `lines`.
 * #LOGPRESS_END behind the last.
 *
 * Errors: #LOGPRESS_DAMAGED, #LOGPRESS_UNSUPPORTED, #LOGPRESS_MEMORY_LIMIT, #LOGPRESS_IO_ERROR,
 * #LOGPRESS_OUT_OF_MEMORY. The place is then as before. One thread at a time.
 */
LOGPRESS_API logpress_code logpress_lines_next(logpress_lines* lines, logpress_line* line);

/**
 * Goes over the next lines, at most `count` and at least one, and fills `found[0]` to
 * `found[*filled - 1]`: as many as stand one behind the other in memory, so that all their bytes
 * begin at `found[0].data`. They stay until the next call on `lines`. That there are fewer than
 * `count` says nothing; #LOGPRESS_END, and none filled, says that there are no more.
 *
 * Errors as for logpress_lines_next(), and none filled. One thread at a time.
 */
LOGPRESS_API logpress_code logpress_lines_next_many(logpress_lines* lines, logpress_line* found,
                                                    size_t count, size_t* filled);

/**
 * The same as logpress_lines_next() backwards: the line before the present place. #LOGPRESS_END
 * before the first. One thread at a time.
 */
LOGPRESS_API logpress_code logpress_lines_previous(logpress_lines* lines, logpress_line* line);

/** Goes before the first line. One thread at a time. */
LOGPRESS_API void logpress_lines_to_first(logpress_lines* lines);

/** Goes behind the last line. One thread at a time. */
LOGPRESS_API void logpress_lines_to_last(logpress_lines* lines);

/**
 * The message of the last error, "" when there was none. Lives until the next call. Any thread,
 * while no other function changes the handle.
 */
LOGPRESS_API const char* logpress_lines_message(const logpress_lines* lines);

/** Frees it. NULL is allowed. One thread at a time. */
LOGPRESS_API void logpress_lines_free(logpress_lines* lines);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_LINES_H_ */
