/**
 * @file buffers.h
 * Whole buffers.
 *
 * A buffer becomes a whole archive, which any reader of archives takes, and back. `options` may be
 * NULL for the defaults.
 */
#ifndef LOGPRESS_BUFFERS_H_
#define LOGPRESS_BUFFERS_H_

#include <logpress/options.h>
#include <logpress/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

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

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_BUFFERS_H_ */
