/**
 * @file dictionary.h
 * Trained dictionaries.
 *
 * A small value is packed well only with what larger ones have learned: templates, values, what
 * follows what. A dictionary holds that for the logs of one kind. Train it with some MB of them,
 * keep it as long as there is a value that was packed with it, and give it in
 * logpress_options::dictionary.
 */
#ifndef LOGPRESS_DICTIONARY_H_
#define LOGPRESS_DICTIONARY_H_

#include <logpress/options.h>
#include <logpress/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Makes a dictionary from `size` bytes of lines at `samples`, of at most `capacity` bytes at
 * `destination`, whose number becomes `*written`. Samples of 1 to 4 MB do; of more, some are taken
 * evenly. The result depends on the arguments alone.
 *
 * Errors: #LOGPRESS_INVALID_ARGUMENT when the samples have too little in common, or when it would
 * not fit; #LOGPRESS_OUT_OF_MEMORY. logpress_last_message() says more. Any thread.
 */
LOGPRESS_API logpress_code logpress_train(const void* samples, size_t size, void* destination,
                                          size_t capacity, size_t* written);

/**
 * Loads a dictionary, whose bytes are copied, and expands it: that takes 5 to 100 ms and 5 to 45
 * MB, once. Of the options only `allocator` counts; they may be NULL. It never changes: any number
 * of threads and handles may use it.
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

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_DICTIONARY_H_ */
