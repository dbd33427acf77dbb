/**
 * @file search.h
 * Search in an archive, without decoding what cannot match.
 */
#ifndef LOGPRESS_SEARCH_H_
#define LOGPRESS_SEARCH_H_

#include <logpress/reader.h>
#include <logpress/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What patterns are written in. docs/search.md says what is taken of each. */
typedef enum logpress_syntax {
  LOGPRESS_SYNTAX_EXTENDED = 0, /**< Extended regular expressions, as of grep -E. */
  LOGPRESS_SYNTAX_BASIC = 1,    /**< Basic ones, as of grep -G. */
  LOGPRESS_SYNTAX_FIXED = 2     /**< The bytes themselves. */
} logpress_syntax;

/** What to search for, and where. All zero but struct_size is the default: every line. */
typedef struct logpress_search_options {
  size_t struct_size; /**< sizeof(logpress_search_options). */
  int syntax;         /**< A #logpress_syntax. */
  int ignore_case;    /**< 1: letters A to Z match in both cases. */
  int whole_words;    /**< 1: no letter, digit or underscore stands before and behind a match. */
  int whole_lines;    /**< 1: a match is a whole line. */
  int invert;         /**< 1: select the lines that do not match. */
  /**
   * 1: logpress_found::offset is set. Blocks with lines that may match are then decoded whole.
   */
  int offsets;
  uint64_t max_count;  /**< Stop behind so many selected lines; 0: do not. */
  uint64_t before;     /**< Lines of context before each selected line ... */
  uint64_t after;      /**< ... and behind it. Blocks are decoded whole for it. */
  uint64_t first_line; /**< Look at lines from this one on, counted from 0 ... */
  uint64_t lines;      /**< ... at most so many; 0: all. */
  /** 1: only at lines whose time is in [from, to), as logpress_reader_lines_between() has it. */
  int between;
  int64_t from; /**< Microseconds since 1970-01-01 00:00 UTC. */
  int64_t to;   /**< The same. */
} logpress_search_options;

/** A line that was found. This struct never grows. */
typedef struct logpress_found {
  const char* data; /**< Its bytes, the newline included; the last line may have none. */
  size_t size;      /**< How many. */
  uint64_t number;  /**< Lines that start before it. */
  uint64_t offset;  /**< Raw bytes before it, with logpress_search_options::offsets. */
  int selected;     /**< 0: context of a line that is. */
} logpress_found;

/** What a search came to. */
typedef struct logpress_search_stats {
  size_t struct_size;       /**< sizeof(logpress_search_stats). */
  uint64_t selected;        /**< Lines. */
  uint64_t blocks;          /**< That hold lines which were to be looked at, ... */
  uint64_t blocks_skipped;  /**< ... and of which no row was decoded. */
  uint64_t lines;           /**< In these blocks. */
  uint64_t lines_looked_at; /**< Of which the bytes were compared with the patterns. */
} logpress_search_stats;

/**
 * Takes a line, whose bytes stay during the call. Returns LOGPRESS_OK to have the search go on,
 * #LOGPRESS_END to end it, and anything else to have it fail with #LOGPRESS_IO_ERROR. Must not use
 * the reader.
 */
typedef int (*logpress_found_function)(void* opaque, const logpress_found* line);

/**
 * Searches an archive and calls `found` with each line, in their order, on this thread. A line is
 * selected when it matches any of the `count` patterns; pattern i has `sizes[i]` bytes, or ends
 * with NUL where `sizes` is NULL. Blocks and rows that cannot match are not decoded. NUL in a line
 * is a byte like any other.
 *
 * `found` may be NULL: then lines are only counted. `options` may be NULL for the default, and
 * `stats` if nobody wants it; it is filled in also after an error. The threads and the memory limit
 * are the reader's; compiled patterns take up to 100 MiB beside, of the system's memory.
 *
 * Errors, after all that was found before: #LOGPRESS_INVALID_ARGUMENT for what is no pattern, or
 * none that can be searched for; those of logpress_reader_read_block(). One thread at a time.
 */
LOGPRESS_API logpress_code logpress_search(logpress_reader* reader, const char* const* patterns,
                                           const size_t* sizes, size_t count,
                                           const logpress_search_options* options,
                                           logpress_found_function found, void* opaque,
                                           logpress_search_stats* stats);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_SEARCH_H_ */
