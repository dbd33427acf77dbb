// Rows of a block in groups that decode each by itself.
//
// All groups of a block share its templates and dictionaries; the models of their rows begin anew
// in each. So a range of lines takes the groups that hold it, threads decode one block together,
// and damage costs one group.
#ifndef LOGPRESS_CODEC_ROW_GROUPS_H_
#define LOGPRESS_CODEC_ROW_GROUPS_H_

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "ir/ir.h"

namespace logpress::codec {

struct RowGroup {
  uint64_t first_row = 0;
  uint64_t rows = 0;
  uint64_t offset = 0;    // of its bytes in those of the block
  uint64_t size = 0;      // of its bytes
  uint64_t newlines = 0;  // among its bytes; 0 if it is the only group: nobody asks
};

// The groups of a block with what their decoder starts from.
struct RowGroups {
  Vector<RowGroup> groups;
  // Rows of each template in each group: those of groups[g] from g * templates on.
  Vector<uint32_t> template_rows;
  // Values of each dictionary that occurred before each group but the first: those of groups[g]
  // from (g - 1) * dictionaries on.
  Vector<uint32_t> known;

  // How many templates have rows before groups[g]. They are numbered in that order.
  uint32_t KnownTemplates(size_t g) const;
};

// Rows and bytes that a group has at least, about. More groups give more threads something to do
// and less to decode for a few lines; but models learn a log anew in each. Where all is repetition,
// in messages of a kernel that boots, four groups in 12 MB cost a tenth of the ratio, two 4 %; most
// logs lose next to nothing.
inline constexpr uint64_t kGroupRows = uint64_t{64} << 10;
inline constexpr uint64_t kGroupBytes = uint64_t{4} << 20;

// No block of so many bytes has more groups: each takes time, whatever is in it.
constexpr uint64_t MaxGroups(uint64_t bytes) {
  return bytes < kGroupBytes ? 1 : bytes / kGroupBytes;
}

// Into how many groups so many rows of so many bytes in all are divided.
uint64_t GroupCount(uint64_t rows, uint64_t bytes);

// What groups take of a decoder's budget.
uint64_t GroupsCharge(uint64_t groups, size_t templates, size_t dictionaries);

// Divides the rows of a block, which has a table, evenly into groups.
RowGroups DivideRows(const ir::BlockView& block);

// Appends the groups; `rows` and `bytes` in all and the number of dictionaries are known otherwise.
void PutRowGroups(const RowGroups& groups, size_t templates, ByteBuffer* meta);

// Reads what PutRowGroups wrote, which may be hostile. False if it is damaged, or takes more than
// `budget` bytes, from which what it takes is subtracted.
bool GetRowGroups(uint64_t rows, uint64_t bytes, size_t templates, size_t dictionaries,
                  uint64_t* budget, ByteReader* meta, RowGroups* groups);

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ROW_GROUPS_H_
