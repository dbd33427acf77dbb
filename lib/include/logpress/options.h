/**
 * @file options.h
 * How to pack and unpack: level, threads, memory. Every handle is made with these.
 */
#ifndef LOGPRESS_OPTIONS_H_
#define LOGPRESS_OPTIONS_H_

#include <logpress/status.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What packs the streams of a block. */
typedef enum logpress_backend {
  LOGPRESS_BACKEND_AUTO = 0, /**< What the level says. */
  LOGPRESS_BACKEND_STORE = 1,
  LOGPRESS_BACKEND_ZSTD = 2,
  LOGPRESS_BACKEND_XZ = 3,
  LOGPRESS_BACKEND_MIX = 4,       /**< Slow both ways and the smallest. */
  LOGPRESS_BACKEND_BLEND = 5,     /**< Between xz and mix; levels 7 and 8. */
  LOGPRESS_BACKEND_DICTIONARY = 6 /**< Of blocks that start from a trained one. No choice. */
} logpress_backend;

/**
 * The name of a #logpress_backend, "xz"; NULL for #LOGPRESS_BACKEND_AUTO, and for one that this
 * version does not know. Lives as long as the program. Any thread.
 */
LOGPRESS_API const char* logpress_backend_name(int backend);

/** The least bytes of logpress_options::block_size. */
#define LOGPRESS_MIN_BLOCK_SIZE UINT64_C(64)
/** The most, 256 MiB. */
#define LOGPRESS_MAX_BLOCK_SIZE (UINT64_C(256) << 20)
/**
 * Raw bytes of the largest blocks that `level` makes where logpress_options::block_size is 0; 0 for
 * what is no level. Any thread.
 */
LOGPRESS_API uint64_t logpress_block_size(int level);

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
  /**
   * Raw bytes of a block, #LOGPRESS_MIN_BLOCK_SIZE to #LOGPRESS_MAX_BLOCK_SIZE; 0: what the level
   * says. Writing only.
   */
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

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_OPTIONS_H_ */
