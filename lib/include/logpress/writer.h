/**
 * @file writer.h
 * Packing a stream.
 */
#ifndef LOGPRESS_WRITER_H_
#define LOGPRESS_WRITER_H_

#include <logpress/options.h>
#include <logpress/reader.h>
#include <logpress/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Packs bytes, in pieces of any size, into an archive that is handed to a callback. */
typedef struct logpress_writer logpress_writer;

/**
 * Takes all `size` bytes at `data`, in order, and returns 0; or returns another number, which the
 * error's message states. Called on the thread that uses the writer, from within its functions.
 */
typedef int (*logpress_write_function)(void* opaque, const void* data, size_t size);

/** What went in and out so far, of blocks that were handed out. */
typedef struct logpress_totals {
  size_t struct_size;    /**< sizeof(logpress_totals). */
  uint64_t raw_bytes;    /**< That were appended and packed. */
  uint64_t packed_bytes; /**< That were given to the callback. */
  uint64_t lines;        /**< That start in those blocks. */
  uint64_t blocks;       /**< Handed out. */
} logpress_totals;

/**
 * Makes a writer. `write` is handed `opaque`; both must work until the writer is freed. To append
 * to an archive, hand the bytes to where it ends: archives one behind the other are one.
 *
 * Errors: #LOGPRESS_INVALID_ARGUMENT, #LOGPRESS_OUT_OF_MEMORY, #LOGPRESS_MEMORY_LIMIT. Any thread.
 */
LOGPRESS_API logpress_code logpress_writer_new(const logpress_options* options,
                                               logpress_write_function write, void* opaque,
                                               logpress_writer** writer);

/** How logpress_writer_open() treats a file that is there. */
typedef enum logpress_open_mode {
  LOGPRESS_CREATE_NEW = 0, /**< It must not be there. */
  LOGPRESS_REPLACE = 1,    /**< What it held is dropped at once. */
  /**
   * What it holds stays, and the new archive goes behind it. A torn tail, as a crash leaves it, is
   * cut off behind its last whole block and gets a footer; logpress_writer_message() then says what
   * was cut. A file that is damaged elsewhere is left as it is: #LOGPRESS_DAMAGED.
   */
  LOGPRESS_APPEND = 2
} logpress_open_mode;

/**
 * Makes a writer of the file `path`, which is made when it is not there; `mode` is a
 * #logpress_open_mode. It is synced and closed by logpress_writer_finish().
 *
 * Errors: those of logpress_writer_new(), #LOGPRESS_IO_ERROR and, with #LOGPRESS_APPEND, those of
 * logpress_reader_open_file(). Any thread.
 */
LOGPRESS_API logpress_code logpress_writer_open(const logpress_options* options, const char* path,
                                                int mode, logpress_writer** writer);

/** Where in a file that holds archives the next one goes. */
typedef struct logpress_end {
  size_t struct_size; /**< sizeof(logpress_end). */
  uint64_t offset;    /**< What stands behind it is a torn tail, which is to be cut off. */
  uint64_t cut;       /**< How many bytes that is. */
} logpress_end;

/**
 * What logpress_writer_open() does with #LOGPRESS_APPEND, for who keeps the file and packs into it
 * with logpress_writer_new(): fills `*end` with where in `source` the next archive goes, and hands
 * `write` the bytes that are to stand there first. They end an archive that is torn; there are none
 * where it is whole, and none in an empty source.
 *
 * Errors: those of logpress_reader_open(), and #LOGPRESS_DAMAGED when the source is damaged
 * elsewhere than at its end: nothing should be appended to it. logpress_last_message() says more.
 * Any thread.
 */
LOGPRESS_API logpress_code logpress_find_end(const logpress_options* options,
                                             const logpress_source* source, logpress_end* end,
                                             logpress_write_function write, void* opaque);

/**
 * Appends bytes; they need not end with a line. May pack a block and call the callback.
 *
 * Errors: #LOGPRESS_IO_ERROR of the callback, #LOGPRESS_OUT_OF_MEMORY, #LOGPRESS_MISUSE behind
 * logpress_writer_finish(). After an error the archive is torn and every further call gives it. One
 * thread at a time.
 */
LOGPRESS_API logpress_code logpress_writer_append(logpress_writer* writer, const void* data,
                                                  size_t size);

/**
 * Ends the block here and returns when all that was appended is with the callback. Costs ratio:
 * every block is understood anew. Errors as for logpress_writer_append(). One thread at a time.
 */
LOGPRESS_API logpress_code logpress_writer_flush(logpress_writer* writer);

/**
 * Flushes if logpress_options::flush_interval says so. `*wait` (may be NULL) is the number of
 * milliseconds after which to call again; UINT64_MAX: nothing is pending. Errors as for
 * logpress_writer_append(). One thread at a time.
 */
LOGPRESS_API logpress_code logpress_writer_poll(logpress_writer* writer, uint64_t* wait);

/**
 * Flushes and ends the archive. Without it the archive is torn. Errors as for append. One thread at
 * a time.
 */
LOGPRESS_API logpress_code logpress_writer_finish(logpress_writer* writer);

/**
 * Fills `*totals`. Error: #LOGPRESS_INVALID_ARGUMENT. Any thread, while no other function changes
 * the handle.
 */
LOGPRESS_API logpress_code logpress_writer_totals(const logpress_writer* writer,
                                                  logpress_totals* totals);

/**
 * The message of the last error; or what was cut off when the writer was opened; or "". Lives until
 * the next call. Any thread, while no other function changes the handle.
 */
LOGPRESS_API const char* logpress_writer_message(const logpress_writer* writer);

/** Frees it, finished or not. NULL is allowed. One thread at a time. */
LOGPRESS_API void logpress_writer_free(logpress_writer* writer);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_WRITER_H_ */
