#include "ir/builder.h"

#include <algorithm>
#include <unordered_map>

#include "base/hash.h"
#include "cluster/skeleton.h"
#include "cluster/templates.h"
#include "ir/interner.h"
#include "ir/number_format.h"

namespace logpress::ir {
namespace {

using text::Grain;
using text::Token;

// Lines, values, digits: a list below the third level is text.
constexpr int kMaxDepth = 3;
// A list smaller than this is text: describing a table costs more than it saves.
constexpr size_t kMinTableStrings = 16;
constexpr size_t kMinTableBytes = 256;
// A value list is a table only with at least this many strings a template.
constexpr size_t kMinStringsPerTemplate = 4;
// A column whose values are all numbers, more than this share of them distinct, needs no
// dictionary.
constexpr double kDistinctNumbers = 0.7;
// Slots among a row's first tokens that stand behind the same delimiters are one column for all
// templates (a header field), if at least one row in this many has them.
constexpr size_t kHeaderTokens = 8;
constexpr size_t kHeaderShare = 16;

constexpr uint32_t kNone = ~uint32_t{0};

// What one level of the recursion works with, kept from block to block.
struct Scratch {
  cluster::SkeletonSet skeletons;
  cluster::TemplateSet templates;
};

}  // namespace

class Builder::Impl {
 public:
  BlockView Build(ByteView text) {
    text_ = text;
    arena_.Reset();
    rows_.clear();
    text::SplitRows(text, &rows_);
    Strings* const root = New<Strings>();
    root->values = rows_;
    root->table = BuildTable(rows_, 0);
    root->kind = root->table != nullptr ? Strings::Kind::kTable : Strings::Kind::kText;
    return {text, root};
  }

 private:
  template <typename T>
  T* New() {
    return new (arena_.Alloc<T>(1).data()) T();
  }

  ByteView Bytes(Slice slice) const { return text_.substr(slice.offset, slice.size); }

  // A slot of a template before columns are given out.
  struct Slot {
    uint32_t token;
    uint32_t column;
  };

  const Strings* BuildStrings(std::span<const Slice> values, int depth) {
    Strings* const strings = New<Strings>();
    strings->values = values;
    if (DetectFormat(text_, values, &strings->numbers.format)) {
      strings->kind = Strings::Kind::kNumbers;
      strings->numbers.values = ParseAll(strings->numbers.format, values);
      return strings;
    }
    size_t bytes = 0;
    for (const Slice& value : values) bytes += value.size;
    if (depth < kMaxDepth && values.size() >= kMinTableStrings && bytes >= kMinTableBytes) {
      strings->table = BuildTable(values, depth);
      if (strings->table != nullptr) strings->kind = Strings::Kind::kTable;
    }
    return strings;
  }

  std::span<const int64_t> ParseAll(NumberFormat format, std::span<const Slice> values) {
    const std::span<int64_t> numbers = arena_.Alloc<int64_t>(values.size());
    for (size_t i = 0; i < values.size(); ++i) Parse(format, Bytes(values[i]), &numbers[i]);
    return numbers;
  }

  // Null if the strings have too little in common.
  const Table* BuildTable(std::span<const Slice> rows, int depth) {
    if (scratch_.size() <= static_cast<size_t>(depth))
      scratch_.push_back(std::make_unique<Scratch>());
    Scratch& scratch = *scratch_[static_cast<size_t>(depth)];
    const Grain grain = depth == 0 ? Grain::kLine : depth == 1 ? Grain::kValue : Grain::kDigits;
    cluster::CollectSkeletons(text_, rows, grain, &scratch.skeletons);
    cluster::ClusterOptions options;
    if (depth > 0) options.similarity = 0.3;
    cluster::ExtractTemplates(text_, rows, scratch.skeletons, options, &scratch.templates);
    const cluster::SkeletonSet& set = scratch.skeletons;
    const cluster::TemplateSet& clusters = scratch.templates;

    // Templates in order of first occurrence. Two more stand for the exceptions: a row is one
    // value, with and without a newline behind it.
    const auto cluster_count = static_cast<uint32_t>(clusters.clusters.size());
    const uint32_t line_exception = cluster_count;
    const uint32_t bare_exception = cluster_count + 1;
    std::vector<uint32_t> template_of(cluster_count + 2, kNone);
    std::vector<uint32_t> order;  // template -> cluster
    std::vector<uint32_t> row_count;
    // A row that has the template. The skeleton that a cluster began with need not be one: it may
    // have found a better place.
    std::vector<uint32_t> member;
    const std::span<uint32_t> row_template = arena_.Alloc<uint32_t>(rows.size());
    for (size_t row = 0; row < rows.size(); ++row) {
      uint32_t id = clusters.skeleton_cluster[set.row_skeleton[row]];
      if (id == cluster::kNoTemplate) id = IsLine(rows[row]) ? line_exception : bare_exception;
      if (template_of[id] == kNone) {
        template_of[id] = static_cast<uint32_t>(order.size());
        order.push_back(id);
        row_count.push_back(0);
        member.push_back(static_cast<uint32_t>(row));
      }
      row_template[row] = template_of[id];
      ++row_count[template_of[id]];
    }
    if (depth > 0 && order.size() * kMinStringsPerTemplate > rows.size()) return nullptr;

    std::vector<std::vector<Slot>> slots(order.size());
    uint32_t column_count = AssignColumns(rows, set, clusters, order, row_count, &slots);
    std::vector<uint32_t> exception_column(2, kNone);
    for (size_t t = 0; t < order.size(); ++t) {
      if (order[t] >= cluster_count) {
        if (exception_column[0] == kNone) exception_column[0] = column_count++;
        slots[t].push_back({0, exception_column[0]});
      }
    }

    // Where each column's values begin in one long array, then the values in row order.
    std::vector<uint32_t> column_begin(column_count + 1, 0);
    for (size_t t = 0; t < order.size(); ++t) {
      for (const Slot& slot : slots[t]) column_begin[slot.column + 1] += row_count[t];
    }
    for (uint32_t c = 0; c < column_count; ++c) column_begin[c + 1] += column_begin[c];
    const std::span<Slice> values = arena_.Alloc<Slice>(column_begin[column_count]);
    std::vector<uint32_t> fill(column_begin.begin(), column_begin.end() - 1);
    for (size_t row = 0; row < rows.size(); ++row) {
      const uint32_t t = row_template[row];
      if (order[t] >= cluster_count) {
        const Slice whole{rows[row].offset, rows[row].size - (order[t] == line_exception)};
        values[fill[slots[t][0].column]++] = whole;
        continue;
      }
      const auto tokens = set.TokensOf(set.skeletons[set.row_skeleton[row]]);
      uint32_t next_value = set.row_values[row];
      size_t token = 0;
      for (const Slot& slot : slots[t]) {
        for (; token < slot.token; ++token) next_value += tokens[token].variable;
        values[fill[slot.column]++] =
            tokens[token].variable ? set.values[next_value] : tokens[token].slice;
      }
    }

    const std::span<Column> columns = arena_.Alloc<Column>(column_count);
    for (uint32_t c = 0; c < column_count; ++c) {
      const std::span<const Slice> column_values =
          values.subspan(column_begin[c], column_begin[c + 1] - column_begin[c]);
      new (&columns[c]) Column();
      FillColumn(column_values, &columns[c]);
    }

    // A column with one value is part of the text of its template. Tokens with one value stand in
    // the first row as in all others, so a literal stays one slice.
    std::vector<uint32_t> final_column(column_count, kNone);
    std::vector<uint8_t> shared(column_count, 0);
    std::vector<uint32_t> user(column_count, kNone);
    for (uint32_t t = 0; t < order.size(); ++t) {
      for (const Slot& slot : slots[t]) {
        if (user[slot.column] != kNone) shared[slot.column] = 1;
        user[slot.column] = t;
      }
    }
    // Columns are numbered in the order in which templates first use them.
    uint32_t kept = 0;
    const std::span<Column> kept_columns = arena_.Alloc<Column>(column_count);
    for (uint32_t t = 0; t < order.size(); ++t) {
      for (const Slot& slot : slots[t]) {
        const Column& column = columns[slot.column];
        const bool constant = column.kind == Column::Kind::kDictionary &&
                              column.dictionary->values.size() == 1 && shared[slot.column] == 0 &&
                              slot.column != exception_column[0];
        if (constant || final_column[slot.column] != kNone) continue;
        final_column[slot.column] = kept;
        new (&kept_columns[kept++]) Column(column);
      }
    }

    Table* const table = New<Table>();
    const std::span<Template> templates = arena_.Alloc<Template>(order.size());
    for (uint32_t t = 0; t < order.size(); ++t) {
      templates[t] = order[t] >= cluster_count
                         ? ExceptionTemplate(rows[member[t]], order[t] == line_exception,
                                             final_column[exception_column[0]])
                         : MakeTemplate(rows, member[t], set, slots[t], final_column);
      templates[t].rows = row_count[t];
    }
    table->templates = templates;
    table->row_template = row_template;
    table->columns = kept_columns.subspan(0, kept);
    // The scratch of this level is free from here on; the lists of the next level need one of their
    // own.
    for (Column& column : kept_columns.subspan(0, kept)) {
      if (column.kind == Column::Kind::kDictionary)
        column.dictionary = BuildStrings(column.dictionary->values, depth + 1);
    }
    return table;
  }

  bool IsLine(Slice row) const { return row.size > 0 && text_[row.offset + row.size - 1] == '\n'; }

  // Gives every slot of every template a column: header fields share one, all other slots have
  // their own.
  uint32_t AssignColumns(std::span<const Slice> rows, const cluster::SkeletonSet& set,
                         const cluster::TemplateSet& clusters, std::span<const uint32_t> order,
                         std::span<const uint32_t> row_count,
                         std::vector<std::vector<Slot>>* slots) {
    struct Field {
      uint64_t rows = 0;
      uint32_t column = kNone;
    };
    std::unordered_map<uint64_t, Field>
        fields;  // by what stands before the slot; looked up, never walked
    std::vector<std::vector<uint64_t>> keys(order.size());
    for (size_t t = 0; t < order.size(); ++t) {
      if (order[t] >= clusters.clusters.size()) continue;
      const cluster::Cluster& cluster = clusters.clusters[order[t]];
      const cluster::Skeleton& skeleton = set.skeletons[cluster.skeleton];
      const auto tokens = set.TokensOf(skeleton);
      const auto is_slot = clusters.SlotsOf(cluster, skeleton.token_count);
      uint64_t prefix = 0;
      uint32_t at = rows[skeleton.first_row].offset;
      for (uint32_t i = 0; i < tokens.size(); ++i) {
        const Slice slice = tokens[i].slice;
        prefix = HashBytes(text_.data() + at, slice.offset - at, prefix + is_slot[i]);
        at = slice.offset + slice.size;
        if (is_slot[i] == 0) continue;
        (*slots)[t].push_back({i, kNone});
        if (i < kHeaderTokens) {
          keys[t].push_back(prefix);
          fields[prefix].rows += row_count[t];
        }
      }
    }
    uint32_t columns = 0;
    for (size_t t = 0; t < order.size(); ++t) {
      for (size_t k = 0; k < (*slots)[t].size(); ++k) {
        Slot& slot = (*slots)[t][k];
        if (k < keys[t].size() && fields[keys[t][k]].rows * kHeaderShare >= rows.size()) {
          uint32_t& column = fields[keys[t][k]].column;
          if (column == kNone) column = columns++;
          slot.column = column;
        } else {
          slot.column = columns++;
        }
      }
    }
    return columns;
  }

  // Interns the values; a column of mostly distinct numbers needs no dictionary.
  void FillColumn(std::span<const Slice> values, Column* column) {
    interner_.Reset(text_);
    const std::span<uint32_t> ids = arena_.Alloc<uint32_t>(values.size());
    for (size_t i = 0; i < values.size(); ++i) ids[i] = interner_.Intern(values[i]);
    const std::vector<Slice>& distinct = interner_.values();
    if (static_cast<double>(distinct.size()) >
            kDistinctNumbers * static_cast<double>(values.size()) &&
        distinct.size() > 1 && DetectFormat(text_, distinct, &column->numbers.format)) {
      column->kind = Column::Kind::kNumbers;
      column->numbers.values = ParseAll(column->numbers.format, values);
      return;
    }
    Strings* const dictionary = New<Strings>();
    dictionary->values = arena_.Copy(std::span<const Slice>(distinct));
    column->ids = ids;
    column->dictionary = dictionary;
  }

  // The template of `row`, whose tokens are those of its skeleton's first row.
  Template MakeTemplate(std::span<const Slice> rows, uint32_t row_index,
                        const cluster::SkeletonSet& set, std::span<const Slot> slots,
                        std::span<const uint32_t> final_column) {
    const cluster::Skeleton& skeleton = set.skeletons[set.row_skeleton[row_index]];
    const auto tokens = set.TokensOf(skeleton);
    const Slice row = rows[skeleton.first_row];
    size_t count = 0;
    for (const Slot& slot : slots) count += final_column[slot.column] != kNone;
    const std::span<Slice> literals = arena_.Alloc<Slice>(count + 1);
    const std::span<uint32_t> columns = arena_.Alloc<uint32_t>(count);
    size_t n = 0;
    uint32_t at = row.offset;
    for (const Slot& slot : slots) {
      if (final_column[slot.column] == kNone) continue;
      const Slice value = tokens[slot.token].slice;
      literals[n] = {at, value.offset - at};
      columns[n++] = final_column[slot.column];
      at = value.offset + value.size;
    }
    literals[n] = {at, row.offset + row.size - at};
    return {literals, columns, 0};
  }

  // The whole row is one value, but for the newline of a line.
  Template ExceptionTemplate(Slice row, bool line, uint32_t column) {
    const std::span<Slice> literals = arena_.AllocZeroed<Slice>(2);
    const std::span<uint32_t> columns = arena_.Alloc<uint32_t>(1);
    columns[0] = column;
    if (line) literals[1] = {row.offset + row.size - 1, 1};
    return {literals, columns, 0};
  }

  ByteView text_;
  Arena arena_;
  Interner interner_;
  std::vector<Slice> rows_;
  std::vector<std::unique_ptr<Scratch>> scratch_;
};

Builder::Builder() : impl_(new Impl) {}
Builder::~Builder() = default;

BlockView Builder::Build(ByteView text) { return impl_->Build(text); }

}  // namespace logpress::ir
