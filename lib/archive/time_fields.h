// How the times of a block's lines are written into its frame's header and into the index.
#ifndef LOGPRESS_ARCHIVE_TIME_FIELDS_H_
#define LOGPRESS_ARCHIVE_TIME_FIELDS_H_

#include "base/bytes.h"
#include "base/memory.h"
#include "time/line_times.h"

namespace logpress::archive {

// Appends a span: one byte when no line has a time, else about ten.
void PutTimeSpan(const time::TimeSpan& span, ByteBuffer* out);
// False when the bytes are none.
bool GetTimeSpan(ByteReader* reader, time::TimeSpan* span);

// Appends the places, some 20 bytes each.
void PutTimePlaces(const Vector<time::TimePlace>& places, ByteBuffer* out);
// Replaces *places by what `bytes` hold. False when they are none.
bool ParseTimePlaces(ByteView bytes, Vector<time::TimePlace>* places);

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_TIME_FIELDS_H_
