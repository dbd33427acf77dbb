#include "codec/row_groups.h"

#include <algorithm>

#include "base/newlines.h"

namespace logpress::codec {
namespace {

// Fills in which values of its dictionaries a table's rows have used before each group.
void FindKnown(const ir::Table& table, RowGroups* groups) {
  Vector<uint32_t> at(table.columns.size(), 0);
  Vector<uint32_t> end(table.columns.size(), 0);
  Vector<uint32_t> known(table.dictionaries.size(), 0);
  for (size_t g = 1; g < groups->groups.size(); ++g) {
    const uint32_t* rows = groups->template_rows.data() + (g - 1) * table.templates.size();
    for (const ir::Template& entry : table.templates) {
      for (const uint32_t c : entry.columns) end[c] += *rows;
      ++rows;
    }
    for (size_t c = 0; c < at.size(); ++c) {
      const ir::Column& column = table.columns[c];
      if (column.kind != ir::Column::Kind::kDictionary) continue;
      uint32_t& highest = known[column.dictionary];
      for (const uint32_t id : column.ids.subspan(at[c], end[c] - at[c]))
        highest = std::max(highest, id + 1);
      at[c] = end[c];
    }
    groups->known.insert(groups->known.end(), known.begin(), known.end());
  }
}

}  // namespace

uint32_t RowGroups::KnownTemplates(size_t g) const {
  const size_t templates = template_rows.size() / groups.size();
  uint32_t count = 0;
  for (size_t i = 0; i < g * templates; ++i) {
    if (template_rows[i] != 0) count = std::max(count, static_cast<uint32_t>(i % templates) + 1);
  }
  return count;
}

uint64_t GroupCount(uint64_t rows, uint64_t bytes) {
  const uint64_t count = (rows + kGroupRows / 2) / kGroupRows;
  return std::clamp<uint64_t>(count, 1, MaxGroups(bytes));
}

uint64_t GroupsCharge(uint64_t groups, size_t templates, size_t dictionaries) {
  // Lists that grow by doubling.
  return groups * 2 *
         (sizeof(RowGroup) + sizeof(uint32_t) * (uint64_t{templates} + uint64_t{dictionaries}));
}

RowGroups DivideRows(const ir::BlockView& block) {
  RowGroups result;
  const ir::Table& table = *block.root->table;
  const std::span<const ir::Slice> values = block.root->values;
  const uint64_t rows = values.size();
  const uint64_t count = GroupCount(rows, block.text.size());
  RowGroup group;
  for (uint64_t g = 0; g < count; ++g) {
    const uint64_t end = rows * (g + 1) / count;
    group.rows = end - group.first_row;
    const uint64_t next = end == rows ? block.text.size() : values[end].offset;
    group.size = next - group.offset;
    if (count > 1) group.newlines = CountNewlines(block.text.substr(group.offset, group.size));
    result.template_rows.resize((g + 1) * table.templates.size(), 0);
    uint32_t* const counts = result.template_rows.data() + g * table.templates.size();
    for (const uint32_t t : table.row_template.subspan(group.first_row, group.rows)) ++counts[t];
    result.groups.push_back(group);
    group.first_row = end;
    group.offset = next;
  }
  FindKnown(table, &result);
  return result;
}

void PutRowGroups(const RowGroups& groups, size_t templates, ByteBuffer* meta) {
  const size_t count = groups.groups.size();
  PutVarint(meta, count);
  const size_t dictionaries = count == 1 ? 0 : groups.known.size() / (count - 1);
  for (size_t g = 0; g < count; ++g) {
    const RowGroup& group = groups.groups[g];
    if (count > 1) {
      PutVarint(meta, group.size);
      PutVarint(meta, group.newlines);
    }
    for (size_t t = 0; t < templates; ++t) PutVarint(meta, groups.template_rows[g * templates + t]);
    if (g == 0) continue;
    for (size_t d = 0; d < dictionaries; ++d) {
      const uint32_t* const known = groups.known.data() + (g - 1) * dictionaries + d;
      PutVarint(meta, *known - (g == 1 ? 0 : *(known - dictionaries)));
    }
  }
}

bool GetRowGroups(uint64_t rows, uint64_t bytes, size_t templates, size_t dictionaries,
                  uint64_t* budget, ByteReader* meta, RowGroups* groups) {
  const uint64_t charge = GroupsCharge(1, templates, dictionaries);
  uint64_t count;
  if (!meta->GetVarintUpTo(MaxGroups(bytes), &count) || count == 0) return false;
  if (count > *budget / charge) return false;
  *budget -= charge * count;
  RowGroup group;
  for (uint64_t g = 0; g < count; ++g) {
    group.first_row += group.rows;
    group.offset += group.size;
    group.size = bytes - group.offset;
    if (count > 1 && (!meta->GetVarintUpTo(group.size, &group.size) ||
                      !meta->GetVarintUpTo(group.size, &group.newlines))) {
      return false;
    }
    group.rows = 0;
    for (size_t t = 0; t < templates; ++t) {
      uint64_t in_group;
      if (!meta->GetVarintUpTo(rows - group.first_row - group.rows, &in_group)) return false;
      groups->template_rows.push_back(static_cast<uint32_t>(in_group));
      group.rows += in_group;
    }
    for (size_t d = 0; d < dictionaries && g > 0; ++d) {
      const uint32_t last = g == 1 ? 0 : groups->known[(g - 2) * dictionaries + d];
      uint64_t more;
      if (!meta->GetVarintUpTo(bytes + 1 - last, &more)) return false;
      groups->known.push_back(static_cast<uint32_t>(last + more));
    }
    groups->groups.push_back(group);
  }
  return group.first_row + group.rows == rows && group.offset + group.size == bytes;
}

}  // namespace logpress::codec
