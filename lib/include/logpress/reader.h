/**
 * @file reader.h
 * An opened archive, its blocks and what its index knows of them.
 */
#ifndef LOGPRESS_READER_H_
#define LOGPRESS_READER_H_

#include <logpress/options.h>
#include <logpress/status.h>
#include <logpress/time.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An opened archive: its index, and lines from anywhere in it. */
typedef struct logpress_reader logpress_reader;

/** Where a reader finds the bytes of an archive: a file, memory, an object in a store. */
typedef struct logpress_source {
  uint64_t size; /**< Of the archive in bytes. */
  /**
   * Fills `buffer` with the `size` bytes at `offset`, all of them inside the archive, and returns
   * 0; or returns another number, which the error's message states. Called on the thread that uses
   * the reader, from within its functions.
   */
  int (*read_at)(void* opaque, uint64_t offset, void* buffer, size_t size);
  void* opaque; /**< Handed to read_at. */
} logpress_source;

/**
 * Opens an archive and reads its index. `source` is copied; what it points to must work until the
 * reader is freed. A torn or damaged archive is opened too, as far as it can be read: see
 * logpress_reader_damage().
 *
 * Errors: #LOGPRESS_NOT_AN_ARCHIVE, #LOGPRESS_UNSUPPORTED, #LOGPRESS_MEMORY_LIMIT,
 * #LOGPRESS_IO_ERROR, #LOGPRESS_INVALID_ARGUMENT, #LOGPRESS_OUT_OF_MEMORY. Any thread.
 */
LOGPRESS_API logpress_code logpress_reader_open(const logpress_options* options,
                                                const logpress_source* source,
                                                logpress_reader** reader);

/** The same for bytes in memory, which must stay until the reader is freed. Any thread. */
LOGPRESS_API logpress_code logpress_reader_open_memory(const logpress_options* options,
                                                       const void* data, size_t size,
                                                       logpress_reader** reader);

/**
 * The same for a file, which must not become shorter. It is kept open until the reader is freed.
 * Any thread.
 */
LOGPRESS_API logpress_code logpress_reader_open_file(const logpress_options* options,
                                                     const char* path, logpress_reader** reader);

/** What an archive holds. */
typedef struct logpress_archive_info {
  size_t struct_size;    /**< sizeof(logpress_archive_info). */
  uint64_t lines;        /**< A last line without its newline is one too. */
  uint64_t blocks;       /**< They are numbered from 0. */
  uint64_t raw_bytes;    /**< Unpacked. */
  uint64_t packed_bytes; /**< The size of the source. */
  uint64_t archives;     /**< How many stand one behind the other. */
} logpress_archive_info;

/**
 * Fills `*info`. Error: #LOGPRESS_INVALID_ARGUMENT. Any thread, while no other function changes the
 * handle.
 */
LOGPRESS_API logpress_code logpress_reader_info(const logpress_reader* reader,
                                                logpress_archive_info* info);

/**
 * NULL when the archive is whole as far as its index tells; otherwise what is wrong and where. What
 * is intact can be read all the same. Lives as long as the reader. Any thread, while no other
 * function changes the handle.
 */
LOGPRESS_API const char* logpress_reader_damage(const logpress_reader* reader);

/** What the index knows of a block. */
typedef struct logpress_block_info {
  size_t struct_size;       /**< sizeof(logpress_block_info). */
  uint64_t offset;          /**< Of its first byte in the source. */
  uint64_t packed_bytes;    /**< In the source. */
  uint64_t raw_bytes;       /**< Unpacked. */
  uint64_t first_line;      /**< Lines that start before it. */
  uint64_t lines;           /**< Lines that start in it. */
  int starts_inside_a_line; /**< 1 when its first bytes belong to a line that starts before it. */
  int has_structure;        /**< 0 when it was packed as plain bytes. */
  uint64_t templates;       /**< 0 without structure. */
  int time_kind;            /**< A #logpress_time_kind: of the lines that start in it. */
  int64_t lowest_time;      /**< The earliest of them; logs are not always in order. */
  int64_t highest_time;     /**< And the latest; both 0 unless of one kind. */
  int backend;              /**< A #logpress_backend, or one that this version does not know. */
  int level;                /**< That its archive was written with; 0: its header is damaged. */
  uint64_t raw_offset;      /**< Raw bytes before it. */
  logpress_time first_time; /**< Of the first of its lines that has one. */
  logpress_time last_time;  /**< Of the last that has one. */
} logpress_block_info;

/**
 * Fills `*info` for block `block`. Errors: #LOGPRESS_OUT_OF_RANGE, #LOGPRESS_INVALID_ARGUMENT. Any
 * thread, while no other function changes the handle.
 */
LOGPRESS_API logpress_code logpress_reader_block(const logpress_reader* reader, uint64_t block,
                                                 logpress_block_info* info);

/** One of the archives that stand one behind the other. */
typedef struct logpress_member_info {
  size_t struct_size;    /**< sizeof(logpress_member_info). */
  uint64_t offset;       /**< Of its first byte in the source. */
  uint64_t packed_bytes; /**< In the source. */
  uint64_t raw_bytes;    /**< Unpacked. */
  uint64_t lines;        /**< That start in it. */
  uint64_t first_block;  /**< Blocks before it. */
  uint64_t blocks;       /**< In it. */
  int level;             /**< That it was written with; 0: its header is damaged. */
  int ended;             /**< 0: its footer is missing; its writer did not end. */
} logpress_member_info;

/**
 * Fills `*info` for archive `member` of logpress_archive_info::archives. Errors:
 * #LOGPRESS_OUT_OF_RANGE, #LOGPRESS_INVALID_ARGUMENT. Any thread, while no other function changes
 * the handle.
 */
LOGPRESS_API logpress_code logpress_reader_member(const logpress_reader* reader, uint64_t member,
                                                  logpress_member_info* info);

/**
 * The id of the trained dictionary that block `block` was packed with, 0 when it was packed without
 * one. Errors as for logpress_reader_read_block(). One thread at a time.
 */
LOGPRESS_API logpress_code logpress_reader_dictionary_id(logpress_reader* reader, uint64_t block,
                                                         uint64_t* id);

/**
 * Compares the heads of all blocks with what the index says of them, which reads some bytes of
 * each. Blocks that are read are compared anyway; this is for who reads none. Errors:
 * #LOGPRESS_DAMAGED, #LOGPRESS_IO_ERROR, #LOGPRESS_OUT_OF_MEMORY. One thread at a time.
 */
LOGPRESS_API logpress_code logpress_reader_check_blocks(logpress_reader* reader);

/** What one part takes of the bytes of an archive. This struct never grows. */
typedef struct logpress_part {
  const char* name; /**< In English, "timestamps in lines". */
  uint64_t bytes;   /**< That it takes, rounded. */
  uint64_t count;   /**< Of how many things; 0: there is nothing to count. */
} logpress_part;

/**
 * What the bytes of an archive are spent on: `*parts` is an array of `*count` parts, which stays
 * until the next call of this function. Their bytes add up to the size of the source. Which parts
 * there are may change with the library's version. Decodes every block, more slowly than reading
 * does.
 *
 * Errors as for logpress_reader_read_block(). One thread at a time.
 */
LOGPRESS_API logpress_code logpress_reader_breakdown(logpress_reader* reader,
                                                     const logpress_part** parts, size_t* count);

/**
 * Unpacks a block. `*data` points into the reader and stays until the next call of this function.
 *
 * Errors: #LOGPRESS_OUT_OF_RANGE, #LOGPRESS_DAMAGED, #LOGPRESS_UNSUPPORTED, #LOGPRESS_MEMORY_LIMIT,
 * #LOGPRESS_IO_ERROR, #LOGPRESS_OUT_OF_MEMORY. The reader can be used on after any of them. One
 * thread at a time.
 */
LOGPRESS_API logpress_code logpress_reader_read_block(logpress_reader* reader, uint64_t block,
                                                      const char** data, size_t* size);

/**
 * The message of the last error, "" when there was none. Lives until the next call. Any thread,
 * while no other function changes the handle.
 */
LOGPRESS_API const char* logpress_reader_message(const logpress_reader* reader);

/** Frees it; what was made from it must be freed before. NULL is allowed. One thread at a time. */
LOGPRESS_API void logpress_reader_free(logpress_reader* reader);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_READER_H_ */
