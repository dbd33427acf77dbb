/**
 * @file status.h
 * What functions come to, and the version of the library.
 */
#ifndef LOGPRESS_STATUS_H_
#define LOGPRESS_STATUS_H_

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

/**
 * The message of the last error, on this thread, of a function that neither takes nor makes a
 * handle: logpress_train(), logpress_repair(), logpress_compress(), ...; "" when there was none.
 * Lives until the next such error on this thread.
 */
LOGPRESS_API const char* logpress_last_message(void);

/** The version of the library, "0.1.0". Lives as long as the program. Any thread. */
LOGPRESS_API const char* logpress_version(void);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_STATUS_H_ */
