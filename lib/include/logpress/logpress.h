/**
 * @file logpress.h
 * logpress: lossless compression of logs, inside another program.
 *
 * What comes back is what went in, for every string of bytes. An archive is a sequence of blocks
 * that decode on their own, so that lines can be read from its middle; archives one behind the
 * other are an archive. docs/library.md is a tutorial, docs/format.md says what the bytes mean.
 *
 * Handles are opaque and owned by the caller, who frees them. There is no global state: two handles
 * never affect each other, and any number of threads may use one handle each. A function that takes
 * a handle must not run while another thread uses the same handle, or one made from it, unless it
 * says otherwise: that is what "one thread at a time" means below. No function throws, aborts or
 * prints, whatever the bytes it is given.
 *
 * Functions that can fail return a #logpress_code. A handle keeps the message of its last error.
 * Functions that make a handle set it even when they fail, so that the message can be read; it must
 * be freed all the same, and every other call on it gives that error again. It is NULL only when
 * there was no memory for it.
 *
 * Structs that a later version may extend begin with struct_size, which the caller sets to the
 * sizeof that it was compiled with; fields that it does not know are left alone. Where struct_size
 * was not set, and is 0, the call fails with #LOGPRESS_INVALID_ARGUMENT.
 */
#ifndef LOGPRESS_LOGPRESS_H_
#define LOGPRESS_LOGPRESS_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Marks what the shared library exports. */
#if defined(__GNUC__)
#define LOGPRESS_API __attribute__((visibility("default")))
#else
#define LOGPRESS_API
#endif

#define LOGPRESS_VERSION_MAJOR 0 /**< Of this header; see logpress_version() for the library's. */
#define LOGPRESS_VERSION_MINOR 1 /**< Grows when functions or fields are added. */
#define LOGPRESS_VERSION_PATCH 0 /**< Grows when only behaviour is mended. */

/** What a function came to. The values never change their meaning. */
typedef enum logpress_code {
  LOGPRESS_OK = 0,
  /** Not an error: there is no further line, or no further byte of an archive. */
  LOGPRESS_END = 1,
  /** An argument or option is out of range, or a pointer is NULL that must not be. */
  LOGPRESS_INVALID_ARGUMENT = 2,
  /** The call makes no sense in this state, such as appending behind the end. */
  LOGPRESS_MISUSE = 3,
  /** The bytes do not begin with an archive. */
  LOGPRESS_NOT_AN_ARCHIVE = 4,
  /** Damaged or torn: a check does not match or something is missing. */
  LOGPRESS_DAMAGED = 5,
  /** Written by a newer version or with a backend that this one does not have. */
  LOGPRESS_UNSUPPORTED = 6,
  /** The memory limit does not admit it. */
  LOGPRESS_MEMORY_LIMIT = 7,
  /** No memory is left. */
  LOGPRESS_OUT_OF_MEMORY = 8,
  /** The destination is too small for the result. */
  LOGPRESS_BUFFER_TOO_SMALL = 9,
  /** There is no such line or block. */
  LOGPRESS_OUT_OF_RANGE = 10,
  /** A file could not be read or written, and errno says why; or a callback failed, and it is 0. */
  LOGPRESS_IO_ERROR = 11,
  /** A fault of logpress itself; please report it. */
  LOGPRESS_INTERNAL = 12,
  /** It was packed with a trained dictionary that is not there; the message has its id. */
  LOGPRESS_WRONG_DICTIONARY = 13
} logpress_code;

/**
 * A few words for a #logpress_code, in English, such as "damaged". Never NULL; lives as long as the
 * program. Any thread.
 */
LOGPRESS_API const char* logpress_code_name(int code);

/** The version of the library, "0.1.0". Lives as long as the program. Any thread. */
LOGPRESS_API const char* logpress_version(void);

/** What packs the streams of a block. */
typedef enum logpress_backend {
  LOGPRESS_BACKEND_AUTO = 0, /**< What the level says. */
  LOGPRESS_BACKEND_STORE = 1,
  LOGPRESS_BACKEND_ZSTD = 2,
  LOGPRESS_BACKEND_XZ = 3,
  LOGPRESS_BACKEND_MIX = 4,  /**< Slow both ways and the smallest. */
  LOGPRESS_BACKEND_BLEND = 5 /**< Between xz and mix; levels 7 and 8. */
} logpress_backend;

/** When the checksum of the raw bytes is compared. The packed bytes are checked always. */
typedef enum logpress_checks {
  /** Whenever a block is decoded to its end; a block whose first lines only are wanted is not. */
  LOGPRESS_CHECKS_DEFAULT = 0,
  /** Always: a block is decoded to its end before any line of it is delivered. */
  LOGPRESS_CHECKS_ALL = 1
} logpress_checks;

/** For logpress_options::threads: one thread a core. */
#define LOGPRESS_ALL_CORES (-1)

/**
 * Threads of the caller's own. `submit` must have `task(argument)` called once, soon or late, on
 * any thread, or return something other than 0 and not have it called. Tasks never wait for one
 * another, so that one thread is enough; the thread that uses the handle takes part when it would
 * wait. `submit` is called on that thread.
 */
typedef struct logpress_executor {
  int (*submit)(void* opaque, void (*task)(void* argument), void* argument); /**< See above. */
  void* opaque; /**< Handed to submit. */
} logpress_executor;

/**
 * Memory of the caller's own. `allocate` returns `size` bytes, aligned for every scalar as malloc()
 * has it, or NULL when there are none: the call that needed them then fails with
 * #LOGPRESS_OUT_OF_MEMORY. `release` takes back what `allocate` returned, never NULL.
 *
 * Called on the threads that use the handle or work for it, never by two at once for one handle and
 * those made from it. Must not call functions of this library with any of them.
 */
typedef struct logpress_allocator {
  void* (*allocate)(void* opaque, size_t size); /**< See above. */
  void (*release)(void* opaque, void* address); /**< See above. */
  void* opaque;                                 /**< Handed to both. */
} logpress_allocator;

/** A trained dictionary; see logpress_dictionary_new(). */
typedef struct logpress_dictionary logpress_dictionary;

/** Whether a context makes and takes values that are no archives. */
typedef enum logpress_bare {
  LOGPRESS_ARCHIVES = 0, /**< Archives, with all their checks. */
  /**
   * Bare values: the content, its size, and nothing around that, some 70 bytes less. They are
   * nothing to other readers, and damage may go unnoticed: for who keeps checksums of his own. Of
   * at most 256 MiB.
   */
  LOGPRESS_BARE = 1,
  LOGPRESS_BARE_CHECKED = 2 /**< The same with a checksum of four bytes. */
} logpress_bare;

/**
 * How to pack and unpack. All zero but struct_size is the default; logpress_default_options() gives
 * that. Copied by the functions that take it, `executor` and `allocator` too; what these have in
 * `opaque` must outlive the handle.
 */
typedef struct logpress_options {
  size_t struct_size; /**< sizeof(logpress_options). */
  int level;          /**< 1 (fastest) to 9 (smallest); 0: 5. Writing only. */
  int backend;        /**< A #logpress_backend. Writing only. */
  /** Raw bytes of a block, 64 bytes to 256 MiB; 0: what the level says. Writing only. */
  uint64_t block_size;
  /**
   * Blocks that are packed or unpacked at once: 0 or 1: one, on the calling thread, and no thread
   * is made; more: so many threads, owned by the handle; #LOGPRESS_ALL_CORES: one a core. A reader
   * unpacks the blocks that come next in a walk before they are asked for.
   */
  int threads;
  int checks; /**< A #logpress_checks. Reading only. */
  /** Threads of the caller's, used instead of own ones, `threads` tasks at once; NULL: none. */
  const logpress_executor* executor;
  /**
   * Bytes of memory. Reading: that decoding may take for the blocks in flight together, and as many
   * for an index; a block that needs more is an error that says how much. 0: 1 GiB, which admits
   * every archive that default options write.
   *
   * Writing: that all of a writer or context may take of `allocator`, whatever the log. There are
   * fewer threads and, should one not do, smaller blocks, until that fits, so that the archive
   * depends on the limit but not on the number of threads; if blocks of 64 KiB do not fit, an error
   * says what is needed. 0: no limit.
   */
  uint64_t memory_limit;
  /**
   * Milliseconds after which a writer hands what was appended to its callback although the block is
   * not full, at the next logpress_writer_append() or logpress_writer_poll(); 0: never.
   */
  uint64_t flush_interval;
  /**
   * Where memory comes from: for all that blocks, models, buffers, indexes and the byte packers
   * (libzstd, liblzma) take. Not for the handle itself (some hundred bytes), its messages, and what
   * the system takes for threads and files. NULL: pages of the system, large ones where it has
   * them.
   */
  const logpress_allocator* allocator;
  /**
   * A trained dictionary, or NULL. Blocks start from it where that makes them smaller, and can then
   * be read with it alone. It is shared, not copied, and may be freed before the handle.
   */
  const logpress_dictionary* dictionary;
  /** A #logpress_bare. Contexts only. */
  int bare;
} logpress_options;

/** The default options. */
static inline logpress_options logpress_default_options(void) {
  logpress_options options;
  memset(&options, 0, sizeof(options));
  options.struct_size = sizeof(options);
  return options;
}

/**
 * @name Whole buffers
 *
 * A buffer becomes a whole archive, which any reader of archives takes, and back. `options` may be
 * NULL for the defaults.
 * @{
 */

/**
 * A context: what packing and unpacking need, kept from call to call. With one thread it asks for
 * no memory once it has met logs like those that follow: neither of the system nor of
 * logpress_options::allocator. A memory limit holds for each direction.
 */
typedef struct logpress_context logpress_context;

/** Bytes that the archive of `size` raw bytes may take, with default options. Any thread. */
LOGPRESS_API uint64_t logpress_compress_bound(uint64_t size);

/**
 * Packs `size` bytes at `source` into `destination` in one call, with default options and `level`
 * (0: 5). `*written` is the size of the archive.
 *
 * Errors: #LOGPRESS_BUFFER_TOO_SMALL when it does not fit `capacity` bytes, which cannot be when
 * that is logpress_compress_bound(size); #LOGPRESS_INVALID_ARGUMENT; #LOGPRESS_OUT_OF_MEMORY.
 * Any thread.
 */
LOGPRESS_API logpress_code logpress_compress(const void* source, size_t size, int level,
                                             void* destination, size_t capacity, size_t* written);

/**
 * Unpacks an archive into `destination` in one call. `*written` is the number of raw bytes.
 *
 * Errors: #LOGPRESS_BUFFER_TOO_SMALL, #LOGPRESS_NOT_AN_ARCHIVE, #LOGPRESS_DAMAGED,
 * #LOGPRESS_UNSUPPORTED, #LOGPRESS_MEMORY_LIMIT, #LOGPRESS_OUT_OF_MEMORY. `destination` then holds
 * something of no use. Any thread.
 */
LOGPRESS_API logpress_code logpress_decompress(const void* source, size_t size, void* destination,
                                               size_t capacity, size_t* written);

/**
 * The number of raw bytes that an archive says it holds, from the headers of its blocks. Nothing is
 * decoded, so only decompression tells whether that is true: do not take memory for it without a
 * limit of your own.
 *
 * Errors: #LOGPRESS_NOT_AN_ARCHIVE, #LOGPRESS_DAMAGED, #LOGPRESS_UNSUPPORTED. Any thread.
 */
LOGPRESS_API logpress_code logpress_decompressed_size(const void* source, size_t size,
                                                      uint64_t* raw_size);

/** Makes a context. Errors: #LOGPRESS_INVALID_ARGUMENT, #LOGPRESS_OUT_OF_MEMORY. Any thread. */
LOGPRESS_API logpress_code logpress_context_new(const logpress_options* options,
                                                logpress_context** context);

/** As logpress_compress(), with the options and the memory of `context`. One thread at a time. */
LOGPRESS_API logpress_code logpress_context_compress(logpress_context* context, const void* source,
                                                     size_t size, void* destination,
                                                     size_t capacity, size_t* written);

/** As logpress_decompress(), with the options and the memory of `context`. One thread at a time. */
LOGPRESS_API logpress_code logpress_context_decompress(logpress_context* context,
                                                       const void* source, size_t size,
                                                       void* destination, size_t capacity,
                                                       size_t* written);

/**
 * The message of the last error, "" when there was none. Lives until the next call. Any thread,
 * while no other function changes the handle.
 */
LOGPRESS_API const char* logpress_context_message(const logpress_context* context);

/**
 * Gives back the memory that it keeps from call to call. The next call takes what it needs again.
 * For a context that rests, or that met something far larger than what will follow. NULL is
 * allowed. One thread at a time.
 */
LOGPRESS_API void logpress_context_trim(logpress_context* context);

/** Frees it. NULL is allowed. One thread at a time. */
LOGPRESS_API void logpress_context_free(logpress_context* context);

/** The number of raw bytes that a bare value says it has; else as logpress_decompressed_size(). */
LOGPRESS_API logpress_code logpress_bare_size(const void* source, size_t size, uint64_t* raw_size);

/**
 * @}
 * @name Trained dictionaries
 *
 * A small value is packed well only with what larger ones have learned: templates, values, what
 * follows what. A dictionary holds that for the logs of one kind. Train it with some MB of them,
 * keep it as long as there is a value that was packed with it, and give it in
 * logpress_options::dictionary.
 * @{
 */

/**
 * Makes a dictionary from `size` bytes of lines at `samples`, of at most `capacity` bytes at
 * `destination`, whose number becomes `*written`. Samples of 1 to 4 MB do; of more, some are taken
 * evenly. The result depends on the arguments alone.
 *
 * Errors: #LOGPRESS_INVALID_ARGUMENT when the samples have too little in common, or when it would
 * not fit; #LOGPRESS_OUT_OF_MEMORY. Any thread.
 */
LOGPRESS_API logpress_code logpress_train(const void* samples, size_t size, void* destination,
                                          size_t capacity, size_t* written);

/**
 * Loads a dictionary, whose bytes are copied, and expands it: that takes some ms and 5 to 30 MB,
 * once. Of the options only `allocator` counts; they may be NULL. It never changes: any number of
 * threads and handles may use it.
 *
 * Errors: #LOGPRESS_INVALID_ARGUMENT when it is no dictionary, #LOGPRESS_DAMAGED,
 * #LOGPRESS_UNSUPPORTED, #LOGPRESS_OUT_OF_MEMORY. Any thread.
 */
LOGPRESS_API logpress_code logpress_dictionary_new(const logpress_options* options,
                                                   const void* data, size_t size,
                                                   logpress_dictionary** dictionary);

/** Its id, by which errors and listings name it in hexadecimal; 0 if it was not loaded. */
LOGPRESS_API uint64_t logpress_dictionary_id(const logpress_dictionary* dictionary);

/** The message of the last error, as logpress_context_message(). */
LOGPRESS_API const char* logpress_dictionary_message(const logpress_dictionary* dictionary);

/** Frees it, or leaves that to the last handle that uses it. NULL is allowed. Any thread. */
LOGPRESS_API void logpress_dictionary_free(logpress_dictionary* dictionary);

/**
 * @}
 * @name Writing a stream
 * @{
 */

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

/**
 * @}
 * @name Unpacking a stream
 * @{
 */

/**
 * A decoder: bytes of archives go in as they come, from a pipe or a socket, and raw bytes come out.
 * What comes out was checked; nothing behind a damaged place does.
 *
 * It keeps the blocks that it works on, one a thread and one more, within
 * logpress_options::memory_limit, and what is unpacked and not taken yet, which is one block unless
 * there are several threads. It takes no more for bytes that it only announced.
 */
typedef struct logpress_decoder logpress_decoder;

/** Makes a decoder. Errors: #LOGPRESS_INVALID_ARGUMENT, #LOGPRESS_OUT_OF_MEMORY. Any thread. */
LOGPRESS_API logpress_code logpress_decoder_new(const logpress_options* options,
                                                logpress_decoder** decoder);

/**
 * Takes up to `size` bytes at `source`, `*consumed` of them, and puts up to `capacity` raw bytes
 * into `destination`, `*written` of them. It goes on until the one is used up or the other full:
 * LOGPRESS_OK, and the call is to be repeated with what is left and what comes next. It needs no
 * bytes of its own: with one thread, what a writer has flushed comes out when it was put in.
 *
 * With several threads blocks are unpacked beside one another, and what is done comes out in later
 * calls. A call with a `size` of 0 waits for them and gives all that was put in whole, as long as
 * there is room: a flush.
 *
 * #LOGPRESS_END is returned once at the end of each archive, when all of it came out. Nothing
 * behind it is consumed, so that something else may follow; if it is another archive, go on.
 *
 * Errors, when all that stands before them came out: #LOGPRESS_NOT_AN_ARCHIVE, #LOGPRESS_DAMAGED,
 * #LOGPRESS_UNSUPPORTED, #LOGPRESS_MEMORY_LIMIT, #LOGPRESS_OUT_OF_MEMORY. Every further call gives
 * the same. `*consumed` and `*written` are then set too. One thread at a time.
 */
LOGPRESS_API logpress_code logpress_decoder_decompress(logpress_decoder* decoder,
                                                       const void* source, size_t size,
                                                       size_t* consumed, void* destination,
                                                       size_t capacity, size_t* written);

/**
 * Says that no bytes follow, and gives what is left: LOGPRESS_OK while there is more, to be
 * called again; #LOGPRESS_END when there is none and the last archive was whole.
 *
 * Errors as above: #LOGPRESS_DAMAGED when the last archive is torn, #LOGPRESS_NOT_AN_ARCHIVE when
 * no byte ever came. One thread at a time.
 */
LOGPRESS_API logpress_code logpress_decoder_finish(logpress_decoder* decoder, void* destination,
                                                   size_t capacity, size_t* written);

/**
 * The message of the last error, "" when there was none. Lives until the next call. Any thread,
 * while no other function changes the handle.
 */
LOGPRESS_API const char* logpress_decoder_message(const logpress_decoder* decoder);

/** Frees it. NULL is allowed. One thread at a time. */
LOGPRESS_API void logpress_decoder_free(logpress_decoder* decoder);

/**
 * @}
 * @name Reading
 * @{
 */

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

/** What a time is. docs/timestamps.md says how it is found, and what a missing zone means. */
typedef enum logpress_time_kind {
  LOGPRESS_TIME_NONE = 0,    /**< There is none. */
  LOGPRESS_TIME_INSTANT = 1, /**< Microseconds since 1970-01-01 00:00 UTC. */
  /** Without a year, as in syslog: the same, as if the year were 1972. */
  LOGPRESS_TIME_ANY_YEAR = 2,
  LOGPRESS_TIME_ANY_DAY = 3, /**< Without a date: microseconds since midnight. */
  LOGPRESS_TIME_SEVERAL = 4  /**< Of a block: its lines' times are of several kinds. */
} logpress_time_kind;

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
} logpress_block_info;

/**
 * Fills `*info` for block `block`. Errors: #LOGPRESS_OUT_OF_RANGE, #LOGPRESS_INVALID_ARGUMENT. Any
 * thread, while no other function changes the handle.
 */
LOGPRESS_API logpress_code logpress_reader_block(const logpress_reader* reader, uint64_t block,
                                                 logpress_block_info* info);

/**
 * Unpacks a block. `*data` points into the reader and stays until the next call of this function.
 *
 * Errors: #LOGPRESS_OUT_OF_RANGE, #LOGPRESS_DAMAGED, #LOGPRESS_UNSUPPORTED, #LOGPRESS_MEMORY_LIMIT,
 * #LOGPRESS_IO_ERROR, #LOGPRESS_OUT_OF_MEMORY. The reader can be used on after any of them. One
 * thread at a time.
 */
LOGPRESS_API logpress_code logpress_reader_read_block(logpress_reader* reader, uint64_t block,
                                                      const char** data, size_t* size);

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
 * The message of the last error, "" when there was none. Lives until the next call. Any thread,
 * while no other function changes the handle.
 */
LOGPRESS_API const char* logpress_metadata_message(const logpress_metadata* metadata);

/** Frees it. NULL is allowed. One thread at a time. */
LOGPRESS_API void logpress_metadata_free(logpress_metadata* metadata);

/**
 * The message of the last error, "" when there was none. Lives until the next call. Any thread,
 * while no other function changes the handle.
 */
LOGPRESS_API const char* logpress_reader_message(const logpress_reader* reader);

/** Frees it; what was made from it must be freed before. NULL is allowed. One thread at a time. */
LOGPRESS_API void logpress_reader_free(logpress_reader* reader);

/**
 * @}
 * @name Lines
 * @{
 */

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

/**
 * @}
 * @name Search
 * @{
 */

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

/**
 * @}
 * @name Statements and rows
 * @{
 */

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

/** A field of a line's header, without the marks around it. This struct never grows. */
typedef struct logpress_field {
  const char* name; /**< Date, Time, Level, Component, Pid, ... */
  const char* data; /**< Its bytes. */
  size_t size;      /**< How many. */
} logpress_field;

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

/** @} */

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_LOGPRESS_H_ */
