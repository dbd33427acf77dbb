/**
 * @file decoder.h
 * Unpacking a stream whose bytes are put in as they come.
 */
#ifndef LOGPRESS_DECODER_H_
#define LOGPRESS_DECODER_H_

#include <logpress/options.h>
#include <logpress/status.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

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

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_DECODER_H_ */
