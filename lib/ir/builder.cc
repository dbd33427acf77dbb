#include "ir/builder.h"

#include <algorithm>

#include "base/memory.h"
#include "base/run_hash.h"
#include "cluster/skeleton.h"
#include "cluster/templates.h"
#include "ir/dictionaries.h"
#include "ir/number_format.h"
#include "ir/table_draft.h"
#include "text/json_members.h"
#include "time/timestamp_run.h"

namespace logpress::ir {
namespace {

using text::Grain;

// Lines, values, digits: a list below the third level is text.
constexpr int kMaxTableDepth = 3;
// A list smaller than this is text: describing a table costs more than it saves.
constexpr size_t kMinTableStrings = 16;
constexpr size_t kMinTableBytes = 256;
// Longer values (a message of many lines in a JSON string) repeat whole passages, which a byte
// backend sees better than a table does. Of 60, 100, 160 and no limit, this one gained 12 % on
// event JSON and lost nothing elsewhere.
constexpr size_t kMaxTableStringSize = 160;
// A value list is a table only with at least this many strings a template.
constexpr size_t kMinStringsPerTemplate = 4;
// Of a list of this many values or more a sample is looked at first, which has fewer for each
// template than the list.
constexpr size_t kMinSampled = 16384;
constexpr size_t kSample = 4096;
constexpr size_t kMinSampledPerTemplate = 2;
// If more than one row in this many fits no template there is no structure worth its cost.
constexpr size_t kMaxExceptionShare = 2;
// No log has more columns than this, and one for so many bytes of the block; each takes some
// hundred bytes while values are numbered. Two equal rows of a million numbers would have a
// million.
constexpr size_t kManyColumns = 4096;
constexpr size_t kMinBytesPerColumn = 64;
// Values resemble one another less than lines do, and a template of little text costs little.
constexpr double kValueSimilarity = 0.3;
// Words that fall into more values than this are keys of letters and digits: the runs of digits in
// them say nothing. A digest of 256 bits is four numbers.
constexpr size_t kMaxValuesPerWord = 4;
// Rows shorter than this in the mean are no statements of anything, and each costs as much as a
// long one.
constexpr size_t kMinMeanRow = 4;
// A column whose values are all numbers, more than this share of them distinct, needs no
// dictionary.
constexpr double kDistinctNumbers = 0.7;
// A shorter value is no timestamp worth the name.
constexpr size_t kMinTimestamp = 6;
constexpr ptrdiff_t kMinTimestampDigits = 4;
// Zones that change more often than this, and than every 64 values, make text of a column.
constexpr size_t kMaxExtraRuns = 8;

// Logs have fewer rows and values than these, so that room for them is found once.
constexpr size_t kMinBytesPerRow = 32;

constexpr uint32_t kNone = ~uint32_t{0};

// A seed for hash tables that follows from all over the block: whoever writes some of its lines
// does not know which of his values will meet in a table.
uint64_t SeedOf(ByteView text) {
  constexpr size_t kSamples = 64;
  constexpr size_t kSampleSize = 64;
  uint64_t seed = text.size();
  const size_t step = std::max(kSampleSize, text.size() / kSamples);
  for (size_t at = 0; at < text.size(); at += step) {
    const ByteView sample = text.substr(at, kSampleSize);
    seed = HashRun(sample.data(), sample.size(), seed);
  }
  return seed;
}

// What one level of the recursion works with, kept from block to block.
struct Scratch : InMemory {
  cluster::SkeletonSet skeletons;
  cluster::TemplateSet templates;
  Dictionaries dictionaries;
};

}  // namespace

class Builder::Impl : public InMemory {
 public:
  BlockView Build(ByteView text, Rows rows, Constants constants) {
    text_ = text;
    constants_ = constants;
    seed_ = SeedOf(text);
    arena_.Reset();
    rows_.clear();
    // Where nothing is written no memory is taken, and what has room is not moved when it grows.
    rows_.reserve(text.size() / kMinBytesPerRow);
    if (rows == Rows::kMembers) {
      text::SplitMembers(text, &rows_);
    } else {
      text::SplitRows(text, &rows_);
    }
    Strings* const root = New<Strings>();
    root->values = rows_;
    if (rows_.size() * kMinMeanRow <= text.size()) {
      timestamps_ = text::DetectTimestamps(text, rows_);
      root->table = BuildTable(rows_, 0);
    }
    root->kind = root->table != nullptr ? Strings::Kind::kTable : Strings::Kind::kText;
    return {text, root};
  }

 private:
  template <typename T>
  T* New() {
    return new (arena_.Alloc<T>(1).data()) T();
  }

  ByteView Bytes(Slice slice) const { return text_.substr(slice.offset, slice.size); }

  const Strings* BuildStrings(std::span<const Slice> values, int depth) {
    Strings* const strings = New<Strings>();
    strings->values = values;
    if (ParseNumbers(ParseIntegers, values, &strings->numbers) ||
        ParseTimestamps(values, InOrder(values.size()), &strings->numbers) ||
        ParseNumbers(ParsePoints, values, &strings->numbers)) {
      strings->kind = Strings::Kind::kNumbers;
      return strings;
    }
    size_t bytes = 0;
    for (const Slice& value : values) bytes += value.size;
    if (bytes < values.size() * kMaxTableStringSize && depth < kMaxTableDepth &&
        values.size() >= kMinTableStrings && bytes >= kMinTableBytes &&
        LooksLikeTable(values, depth)) {
      strings->table = BuildTable(values, depth);
      if (strings->table != nullptr) strings->kind = Strings::Kind::kTable;
    }
    return strings;
  }

  // The numbers below `count`, until the next call.
  std::span<const uint32_t> InOrder(size_t count) {
    while (in_order_.size() < count) in_order_.push_back(static_cast<uint32_t>(in_order_.size()));
    return std::span<const uint32_t>(in_order_).first(count);
  }

  // Turns strings into integers with `parse` if all of them are of one format.
  template <typename Parse>
  bool ParseNumbers(const Parse& parse, std::span<const Slice> strings, Numbers* numbers) {
    if (!parse(text_, strings, &numbers->format, &parsed_)) return false;
    numbers->values = arena_.Copy(std::span<const int64_t>(parsed_));
    return true;
  }

  // The same for timestamps: those at `order`, in that order.
  bool ParseTimestamps(std::span<const Slice> strings, std::span<const uint32_t> order,
                       Numbers* numbers) {
    const ByteView first = Bytes(strings[0]);
    time::TimestampFormat format;
    size_t size;
    const auto digits =
        std::count_if(first.begin(), first.end(), [](char c) { return c >= '0' && c <= '9'; });
    // Looking closely takes microseconds.
    if (first.size() < kMinTimestamp || digits < kMinTimestampDigits ||
        !time::DetectTimestamp(first.data(), first.data() + first.size(), &format, &size) ||
        size != first.size()) {
      return false;
    }
    const std::span<int64_t> ticks = arena_.Alloc<int64_t>(strings.size());
    const std::span<int64_t> extra_of = arena_.Alloc<int64_t>(strings.size());
    time::TimestampMatcher matcher(format);
    for (size_t i = 0; i < strings.size(); ++i) {
      const ByteView bytes = Bytes(strings[i]);
      if (!matcher.Match(bytes.data(), bytes.data() + bytes.size(), &ticks[i], &extra_of[i],
                         &size) ||
          size != bytes.size()) {
        return false;
      }
    }
    numbers->values = ticks;
    extras_.clear();
    for (size_t i = 0; i < order.size(); ++i) {
      const int64_t extra = extra_of[order[i]];
      if (!extras_.empty() && extras_.back().extra == extra) continue;
      extras_.push_back({static_cast<uint32_t>(i), extra});
      if (extras_.size() > kMaxExtraRuns + order.size() / 64) return false;
    }
    time::TimestampFormat* const kept = arena_.Alloc<time::TimestampFormat>(1).data();
    numbers->timestamp = new (kept) time::TimestampFormat(format);
    numbers->extras = arena_.Copy(std::span<const Numbers::ExtraRun>(extras_));
    return true;
  }

  // What a list's templates say of it.
  enum class Verdict { kTable, kTryFinerGrain, kNoTable };

  // Divides rows into templates with a grain that goes with the depth.
  TableDraft Divide(std::span<const Slice> rows, int depth) {
    if (scratch_.size() <= static_cast<size_t>(depth))
      scratch_.push_back(std::make_unique<Scratch>());
    Scratch& scratch = *scratch_[static_cast<size_t>(depth)];
    const Grain grain = depth == 0 ? Grain::kLine : depth == 1 ? Grain::kValue : Grain::kDigits;
    cluster::CollectSkeletons(text_, rows, grain, timestamps_, seed_, &scratch.skeletons);
    cluster::ClusterOptions options;
    if (depth > 0) options.similarity = kValueSimilarity;
    cluster::ExtractTemplates(text_, rows, scratch.skeletons, options, &scratch.templates);
    return TableDraft(text_, rows, scratch.skeletons, scratch.templates, &arena_);
  }

  // Gives the slots columns, if it comes to that.
  static Verdict Judge(size_t rows, int depth, size_t strings_per_template, TableDraft* draft) {
    if (depth > 0 && draft->templates().size() * strings_per_template > rows)
      return Verdict::kNoTable;
    if (draft->exception_rows() * kMaxExceptionShare > rows) return Verdict::kNoTable;
    draft->AssignColumns();
    // Values that are one token each are to be divided more finely or not at all.
    if (depth > 0 && draft->IsOneSlot())
      return depth + 1 < kMaxTableDepth ? Verdict::kTryFinerGrain : Verdict::kNoTable;
    if (depth + 1 == kMaxTableDepth && draft->value_count() > rows * kMaxValuesPerWord)
      return Verdict::kNoTable;
    return Verdict::kTable;
  }

  // Whether a sample of a long list of values looks as if the list could be a table. Keys and
  // digests are many and have nothing in common, which some of them show as well as all.
  bool LooksLikeTable(std::span<const Slice> values, int depth) {
    if (values.size() < kMinSampled) return true;
    const size_t step = values.size() / kSample;
    const std::span<Slice> sample = arena_.Alloc<Slice>(kSample);
    for (size_t i = 0; i < kSample; ++i) sample[i] = values[i * step];
    for (; depth < kMaxTableDepth; ++depth) {
      TableDraft draft = Divide(sample, depth);
      const Verdict verdict = Judge(kSample, depth, kMinSampledPerTemplate, &draft);
      if (verdict != Verdict::kTryFinerGrain) return verdict == Verdict::kTable;
    }
    return false;
  }

  // Null if the strings have too little in common.
  const Table* BuildTable(std::span<const Slice> rows, int depth) {
    TableDraft draft = Divide(rows, depth);
    switch (Judge(rows.size(), depth, kMinStringsPerTemplate, &draft)) {
      case Verdict::kNoTable:
        return nullptr;
      case Verdict::kTryFinerGrain:
        return BuildTable(rows, depth + 1);
      case Verdict::kTable:
        break;
    }
    if (draft.column_count() > kManyColumns + text_.size() / kMinBytesPerColumn) return nullptr;
    Scratch& scratch = *scratch_[static_cast<size_t>(depth)];
    Dictionaries& dictionaries = scratch.dictionaries;
    dictionaries.Build(text_, seed_, draft, &arena_);
    // They have numbers now; their place is that of what comes next.
    scratch.skeletons.values = Vector<Slice>();
    scratch.skeletons.row_values = Vector<uint32_t>();
    return FinishTable(draft, dictionaries, depth);
  }

  const Table* FinishTable(const TableDraft& draft, const Dictionaries& dictionaries, int depth) {
    Vector<uint8_t> kept(draft.column_count(), 0);
    for (uint32_t c = 0; c < draft.column_count(); ++c) {
      // A column with one value is part of the text of its template. Tokens with one value stand in
      // the first row as in all others, so a literal stays one slice.
      const bool constant = constants_ == Constants::kInTemplates &&
                            dictionaries.Distinct(dictionaries.DictionaryOf(c)).size() == 1;
      kept[c] = !constant || draft.IsShared(c) || draft.IsException(c);
    }
    // Columns and dictionaries are numbered in the order in which templates first use them.
    const std::span<Template> templates = arena_.Alloc<Template>(draft.templates().size());
    Vector<uint32_t> column_number(draft.column_count(), kNone);
    Vector<uint32_t> dictionary_number(draft.column_count(), kNone);
    Vector<Column> columns;
    Vector<uint32_t> used_dictionaries;
    for (size_t t = 0; t < templates.size(); ++t) {
      const DraftTemplate& entry = draft.templates()[t];
      const std::span<const Slice> literals = draft.Literals(entry, kept);
      const std::span<uint32_t> numbers = arena_.Alloc<uint32_t>(literals.size() - 1);
      size_t n = 0;
      for (const DraftSlot& slot : entry.slots) {
        if (kept[slot.column] == 0) continue;
        uint32_t& number = column_number[slot.column];
        if (number == kNone) {
          number = static_cast<uint32_t>(columns.size());
          columns.push_back(MakeColumn(dictionaries, slot.column));
          if (columns.back().kind == Column::Kind::kDictionary) {
            uint32_t& dictionary = dictionary_number[columns.back().dictionary];
            if (dictionary == kNone) {
              dictionary = static_cast<uint32_t>(used_dictionaries.size());
              used_dictionaries.push_back(columns.back().dictionary);
            }
            columns.back().dictionary = dictionary;
          }
        }
        numbers[n++] = number;
      }
      templates[t] = {literals, numbers, entry.rows};
    }
    const std::span<const Strings*> lists = arena_.Alloc<const Strings*>(used_dictionaries.size());
    for (size_t d = 0; d < lists.size(); ++d) {
      lists[d] = BuildStrings(dictionaries.Distinct(used_dictionaries[d]), depth + 1);
    }
    Table* const table = New<Table>();
    table->templates = templates;
    table->row_template = draft.row_template();
    table->columns = arena_.Copy(std::span<const Column>(columns));
    table->dictionaries = lists;
    return table;
  }

  // A column of mostly distinct numbers needs no dictionary, nor do timestamps, unless other
  // columns repeat them. Columns of one dictionary become numbers together or not at all: the ids
  // of one that stayed would count values that only another had.
  Column MakeColumn(const Dictionaries& dictionaries, uint32_t index) {
    Column column;
    column.dictionary = dictionaries.DictionaryOf(index);
    const std::span<const Slice> distinct = dictionaries.Distinct(column.dictionary);
    const bool mostly_distinct =
        static_cast<double>(distinct.size()) >
        kDistinctNumbers * static_cast<double>(dictionaries.ValuesIn(column.dictionary));
    const std::span<const uint32_t> ids = dictionaries.IdsOf(index);
    if (distinct.size() > 1 &&
        ((mostly_distinct && ParseNumbers(ParseIntegers, distinct, &column.numbers)) ||
         (!dictionaries.IsGrouped(index) && ParseTimestamps(distinct, ids, &column.numbers)) ||
         (mostly_distinct && ParseNumbers(ParsePoints, distinct, &column.numbers)))) {
      column.kind = Column::Kind::kNumbers;
      const std::span<int64_t> values = arena_.Alloc<int64_t>(ids.size());
      for (size_t i = 0; i < ids.size(); ++i) values[i] = column.numbers.values[ids[i]];
      column.numbers.values = values;
      return column;
    }
    column.ids = ids;
    column.repeats = dictionaries.Repeats(index);
    return column;
  }

  ByteView text_;
  Constants constants_ = Constants::kInTemplates;
  uint64_t seed_ = 0;
  Arena arena_;
  Vector<time::TimestampFormat> timestamps_;
  Vector<Numbers::ExtraRun> extras_;
  Vector<Slice> rows_;
  Vector<uint32_t> in_order_;
  Vector<int64_t> parsed_;
  Vector<std::unique_ptr<Scratch>> scratch_;
};

Builder::Builder() : impl_(new Impl) {}
Builder::~Builder() = default;

BlockView Builder::Build(ByteView text, Rows rows, Constants constants) {
  return impl_->Build(text, rows, constants);
}

}  // namespace logpress::ir
