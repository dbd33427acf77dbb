#include "ir/table_draft.h"

#include <array>
#include <numeric>

#include "base/hash.h"
#include "base/memory.h"

namespace logpress::ir {
namespace {

using text::Slice;

// Slots among a row's first tokens that stand behind the same delimiters are one column for all
// templates (a header field), if at least one row in this many has them.
constexpr size_t kHeaderTokens = 2;
constexpr size_t kHeaderShare = 16;
// A template that says the same so often in a row is a list, and the slots at one place of its
// elements, of which an element has a few, are one column: no element has columns of its own. The
// fields of a record are not so many.
constexpr size_t kMinElements = 64;
constexpr size_t kMaxElementSlots = 8;

}  // namespace

TableDraft::TableDraft(ByteView text, std::span<const Slice> rows,
                       const cluster::SkeletonSet& skeletons, const cluster::TemplateSet& clusters,
                       Arena* arena)
    : text_(text), rows_(rows), skeletons_(skeletons), clusters_(clusters), arena_(arena) {
  AssignTemplates();
}

void TableDraft::AssignTemplates() {
  row_template_ = arena_->Alloc<uint32_t>(rows_.size());
  const size_t cluster_count = clusters_.clusters.size();
  // Per cluster its template; behind them the two kinds of exception.
  Vector<uint32_t> template_of(cluster_count + 2, kNone);
  for (uint32_t row = 0; row < rows_.size(); ++row) {
    const uint32_t cluster = clusters_.skeleton_cluster[skeletons_.row_skeleton[row]];
    const bool exception = cluster == cluster::kNoTemplate;
    const Slice slice = rows_[row];
    const bool newline =
        exception && slice.size > 0 && text_[slice.offset + slice.size - 1] == '\n';
    uint32_t& id = template_of[exception ? cluster_count + newline : cluster];
    if (id == kNone) {
      id = static_cast<uint32_t>(templates_.size());
      templates_.push_back({exception ? DraftTemplate::kException : cluster, 0, row, newline, {}});
    }
    row_template_[row] = id;
    ++templates_[id].rows;
  }
}

void TableDraft::AssignColumns() {
  struct Field {
    uint64_t rows = 0;
    uint32_t column = kNone;
  };
  HashMap<uint64_t, Field> fields;  // by what stands before the slot; looked up, never walked
  Vector<Vector<uint64_t>> keys(templates_.size());
  for (size_t t = 0; t < templates_.size(); ++t) {
    DraftTemplate& entry = templates_[t];
    if (entry.is_exception()) continue;
    const cluster::Cluster& cluster = clusters_.clusters[entry.cluster];
    const cluster::Skeleton& skeleton = skeletons_.skeletons[cluster.skeleton];
    const auto tokens = skeletons_.TokensOf(skeleton);
    const auto is_slot = clusters_.SlotsOf(cluster, skeleton.token_count);
    uint64_t prefix = 0;
    uint32_t at = rows_[skeleton.first_row].offset;
    for (uint32_t i = 0; i < tokens.size(); ++i) {
      const Slice slice = tokens[i].slice;
      prefix = HashBytes(text_.data() + at, slice.offset - at, prefix + is_slot[i]);
      at = slice.offset + slice.size;
      if (is_slot[i] == 0) continue;
      entry.slots.push_back({i, kNone});
      if (i < kHeaderTokens) {
        keys[t].push_back(prefix);
        fields[prefix].rows += entry.rows;
      }
    }
  }
  Vector<uint32_t> first_like;
  for (size_t t = 0; t < templates_.size(); ++t) {
    DraftTemplate& entry = templates_[t];
    if (entry.is_exception()) {
      if (exception_column_ == kNone) exception_column_ = column_count_++;
      entry.slots.push_back({0, exception_column_});
      continue;
    }
    FindLists(entry, &first_like);
    for (size_t k = 0; k < entry.slots.size(); ++k) {
      if (first_like[k] != k) {
        entry.slots[k].column = entry.slots[first_like[k]].column;
      } else if (k < keys[t].size() && fields[keys[t][k]].rows * kHeaderShare >= rows_.size()) {
        uint32_t& column = fields[keys[t][k]].column;
        if (column == kNone) column = column_count_++;
        entry.slots[k].column = column;
      } else {
        entry.slots[k].column = column_count_++;
      }
    }
  }
  column_values_.assign(column_count_, 0);
  shared_.assign(column_count_, 0);
  Vector<uint8_t> used(column_count_, 0);
  for (const DraftTemplate& entry : templates_) {
    for (const DraftSlot& slot : entry.slots) {
      column_values_[slot.column] += entry.rows;
      shared_[slot.column] = used[slot.column];
      used[slot.column] = 1;
    }
  }
  FindSources();
}

// Sets (*first_like)[k] to the first slot of the template that stands at the same place of the
// elements of a list as slot k; to k if there is none.
void TableDraft::FindLists(const DraftTemplate& entry, Vector<uint32_t>* first_like) const {
  const auto slots = static_cast<uint32_t>(entry.slots.size());
  first_like->resize(slots);
  std::iota(first_like->begin(), first_like->end(), 0u);
  if (slots < kMinElements) return;
  const cluster::Skeleton& skeleton =
      skeletons_.skeletons[clusters_.clusters[entry.cluster].skeleton];
  const auto tokens = skeletons_.TokensOf(skeleton);
  // What stands before a slot, back to the one before it.
  const auto before = [&](uint32_t k) {
    uint32_t begin = rows_[skeleton.first_row].offset;
    if (k > 0) {
      const Slice last = tokens[entry.slots[k - 1].token].slice;
      begin = last.offset + last.size;
    }
    return text_.substr(begin, tokens[entry.slots[k].token].slice.offset - begin);
  };
  // Per size of an element, the last slot that was found unlike the one so many before it: what
  // begins later and reaches it is no longer than what was too short.
  std::array<uint32_t, kMaxElementSlots + 1> unlike{};
  for (uint32_t begin = 1; begin < slots;) {
    uint32_t next = begin + 1;
    for (uint32_t size = 1; size <= kMaxElementSlots; ++size) {
      uint32_t end = begin + size;
      if (end <= unlike[size]) continue;
      while (end < slots && before(end) == before(end - size)) ++end;
      unlike[size] = end;
      if (end < begin + size * kMinElements) continue;
      for (uint32_t k = begin + size; k < end; ++k) (*first_like)[k] = (*first_like)[k - size];
      next = end;
      break;
    }
    begin = next;
  }
}

void TableDraft::FindSources() {
  source_begin_.assign(1, 0);
  for (const cluster::Skeleton& skeleton : skeletons_.skeletons) {
    const DraftTemplate& entry = templates_[row_template_[skeleton.first_row]];
    if (entry.is_exception()) {
      // A skeleton holds all bytes outside its values, so its rows end in a newline or none does,
      // unless a value ends them, which is no newline then.
      sources_.push_back({Source::kRow, entry.newline, exception_column_, {}});
    } else {
      const auto tokens = skeletons_.TokensOf(skeleton);
      uint32_t value = 0;
      size_t token = 0;
      for (const DraftSlot& slot : entry.slots) {
        for (; token < slot.token; ++token) value += tokens[token].variable;
        sources_.push_back({tokens[token].variable ? Source::kVariable : Source::kWord, value,
                            slot.column, tokens[token].slice});
      }
    }
    source_begin_.push_back(static_cast<uint32_t>(sources_.size()));
  }
}

bool TableDraft::IsOneSlot() const {
  if (templates_.size() != 1 || templates_[0].is_exception() || templates_[0].slots.size() != 1)
    return false;
  const Slice row = rows_[templates_[0].first_row];
  const auto tokens =
      skeletons_.TokensOf(skeletons_.skeletons[skeletons_.row_skeleton[templates_[0].first_row]]);
  return tokens.size() == 1 && tokens[0].slice.size == row.size;
}

std::span<const Slice> TableDraft::Literals(const DraftTemplate& entry,
                                            std::span<const uint8_t> kept) const {
  if (entry.is_exception()) {
    const std::span<Slice> literals = arena_->AllocZeroed<Slice>(2);
    const Slice row = rows_[entry.first_row];
    if (entry.newline) literals[1] = {row.offset + row.size - 1, 1};
    return literals;
  }
  const cluster::Skeleton& skeleton =
      skeletons_.skeletons[skeletons_.row_skeleton[entry.first_row]];
  const auto tokens = skeletons_.TokensOf(skeleton);
  const Slice row = rows_[skeleton.first_row];
  size_t count = 1;
  for (const DraftSlot& slot : entry.slots) count += kept[slot.column] != 0;
  const std::span<Slice> literals = arena_->Alloc<Slice>(count);
  size_t n = 0;
  uint32_t at = row.offset;
  for (const DraftSlot& slot : entry.slots) {
    if (kept[slot.column] == 0) continue;
    const Slice value = tokens[slot.token].slice;
    literals[n++] = {at, value.offset - at};
    at = value.offset + value.size;
  }
  literals[n] = {at, row.offset + row.size - at};
  return literals;
}

}  // namespace logpress::ir
