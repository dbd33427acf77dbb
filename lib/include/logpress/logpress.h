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
 * says otherwise: that is what "one thread at a time" means. No function throws, aborts or
 * prints, whatever the bytes it is given.
 *
 * Functions that can fail return a #logpress_code. A handle keeps the message of its last error;
 * that of functions without one is kept for each thread, see logpress_last_message().
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

#include <logpress/buffers.h>
#include <logpress/decoder.h>
#include <logpress/dictionary.h>
#include <logpress/lines.h>
#include <logpress/metadata.h>
#include <logpress/options.h>
#include <logpress/reader.h>
#include <logpress/repair.h>
#include <logpress/rows.h>
#include <logpress/search.h>
#include <logpress/statements.h>
#include <logpress/status.h>
#include <logpress/time.h>
#include <logpress/writer.h>

#endif /* LOGPRESS_LOGPRESS_H_ */
