/**
 * @file repair.h
 * Making a whole archive of what is intact in a damaged one.
 */
#ifndef LOGPRESS_REPAIR_H_
#define LOGPRESS_REPAIR_H_

#include <logpress/options.h>
#include <logpress/reader.h>
#include <logpress/status.h>
#include <logpress/time.h>
#include <logpress/writer.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A place of an archive where blocks were lost, or where one is out of place. */
typedef struct logpress_lost_place {
  size_t struct_size;    /**< sizeof(logpress_lost_place), of the library. */
  const char* message;   /**< What is wrong there, with the byte offset. */
  uint64_t offset;       /**< Of the first byte that could not be used. */
  uint64_t packed_bytes; /**< That are left out. */
  int lines_known;       /**< 1: `lines` are left out; 0: nobody knows how many. */
  uint64_t lines;        /**< See above. */
  int out_of_place;      /**< 1: the block is intact, belongs elsewhere, and is kept where it is. */
  logpress_time after;   /**< The last time before it; of no kind when nobody knows. */
  logpress_time before;  /**< The first time behind it; likewise. */
} logpress_lost_place;

/** Takes a place, which lives during the call. Must not use what the repair reads or writes. */
typedef void (*logpress_lost_function)(void* opaque, const logpress_lost_place* place);

/** What a repair came to. */
typedef struct logpress_repair_report {
  size_t struct_size;           /**< sizeof(logpress_repair_report). */
  int whole;                    /**< 1: nothing was to be mended: the output is the input. */
  uint64_t archives;            /**< Kept, one behind the other. */
  uint64_t blocks;              /**< Kept. */
  uint64_t lines;               /**< That start in these. */
  uint64_t raw_bytes;           /**< Of these, unpacked. */
  uint64_t packed_bytes;        /**< Written. */
  uint64_t places;              /**< Where something is left out. */
  uint64_t lost_packed_bytes;   /**< That are left out. */
  uint64_t lost_lines;          /**< Those that are known to be lost. */
  int all_losses_known;         /**< 0: `lost_lines` is the least it can be. */
  uint64_t blocks_out_of_place; /**< Kept where they stand, although they belong elsewhere. */
} logpress_repair_report;

/**
 * Copies every block of `source` that is intact to `write`, as it is and without decoding it, and
 * gives every archive an index and a footer of its own. `lost` (may be NULL) is told of each place
 * where something is left out or out of place, in order. `report` may be NULL. Of the options only
 * `allocator` counts; they may be NULL.
 *
 * LOGPRESS_OK also when something was lost: `*report` says so. Errors, after which what was
 * written is of no use: #LOGPRESS_NOT_AN_ARCHIVE, #LOGPRESS_UNSUPPORTED, #LOGPRESS_IO_ERROR,
 * #LOGPRESS_INVALID_ARGUMENT, #LOGPRESS_OUT_OF_MEMORY; logpress_last_message() says more. Any
 * thread.
 */
LOGPRESS_API logpress_code logpress_repair(const logpress_options* options,
                                           const logpress_source* source,
                                           logpress_write_function write, void* write_opaque,
                                           logpress_lost_function lost, void* lost_opaque,
                                           logpress_repair_report* report);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGPRESS_REPAIR_H_ */
