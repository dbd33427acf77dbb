#include "search/filter_sink.h"

#include "absl/strings/str_cat.h"
#include "base/status.h"

namespace logpress::search {
namespace {

// So many values are kept from group to group.
constexpr size_t kMuch = size_t{32} << 10;

}  // namespace

FilterSink::FilterSink(const BlockFilter& filter, const codec::BlockTables& tables,
                       const BlockSearchOptions& options, bool count_only, BlockFind* find)
    : filter_(filter),
      tables_(tables),
      table_(tables.table()),
      options_(options),
      count_only_(count_only),
      find_(find),
      has_places_(table_.templates.size(), 0),
      places_(table_.numbers.size(), 0),
      state_(filter.StartLine()) {
  for (const codec::RowGroup& group : tables.groups().groups)
    most_values_ += static_cast<size_t>(group.size / 8);
  for (size_t t = 0; t < table_.templates.size(); ++t) {
    for (const uint32_t c : table_.ColumnsOf(table_.templates[t]))
      has_places_[t] |= static_cast<uint8_t>(HasPlaces(table_.columns[c]));
    any_places_ = any_places_ || has_places_[t] != 0;
  }
}

bool FilterSink::HasPlaces(const codec::DecodedColumn& column) const {
  if (!column.numeric) return false;
  const codec::NumberKind& kind = table_.numbers[column.source];
  return kind.timestamps != nullptr && !kind.timestamps->extras.empty();
}

void FilterSink::Start(size_t group, bool to_the_end) {
  const codec::RowGroups& groups = tables_.groups();
  done_ = false;
  to_the_end_ = to_the_end;
  candidates_ = 0;
  for (uint32_t t = 0; t < table_.templates.size(); ++t) {
    if (filter_.Touches(t))
      candidates_ += groups.template_rows[group * table_.templates.size() + t];
  }
  line_ = 0;
  if (filter_.rows_are_lines()) {
    line_ = groups.groups[group].first_row;
  } else {
    for (size_t g = 0; g < group; ++g) line_ += groups.groups[g].newlines;
  }
  if (!any_places_) return;
  const Vector<uint32_t> before = tables_.ValuesBefore(group);
  for (size_t c = 0; c < before.size(); ++c) {
    if (table_.columns[c].numeric) places_[table_.columns[c].source] = before[c];
  }
}

const char* FilterSink::Row(uint32_t t, std::span<const int64_t> slots) {
  if (filter_.Touches(t)) --candidates_;
  if (filter_.rows_are_lines()) {
    Line(t, slots);
  } else {
    PartOfLine(t, slots);
  }
  // Nobody asks for what is behind the last row that may match.
  if ((candidates_ == 0 && !to_the_end_ && !in_line()) || line_ >= options_.end_line) done_ = true;
  return nullptr;
}

void FilterSink::Line(uint32_t t, std::span<const int64_t> slots) {
  const uint64_t line = line_++;
  const bool wanted = filter_.Touches(t) && AskedFor(line);
  if (wanted && count_only_ && filter_.Always(t)) {
    ++find_->matched;
  } else if (wanted && filter_.MayMatch(t, slots)) {
    kept_rows_.push_back({t, values_.size()});
    kept_lines_.push_back({line, 1});
    AddValues(t, slots);
    Note(line);
    return;
  }
  Pass(t);
}

void FilterSink::PartOfLine(uint32_t t, std::span<const int64_t> slots) {
  filter_.Run(t, slots, &state_);
  rows_.push_back({t, values_.size()});
  AddValues(t, slots);
  if (filter_.EndsLine(t)) EndLine();
}

void FilterSink::EndLine() {
  const uint64_t line = line_++;
  if (AskedFor(line) && filter_.MayMatch(state_)) {
    kept_rows_.insert(kept_rows_.end(), rows_.begin(), rows_.end());
    kept_lines_.push_back({line, rows_.size()});
    Note(line);
  } else {
    values_.resize(rows_.front().first_value);
  }
  rows_.clear();
  state_.Start();
}

void FilterSink::AddValues(uint32_t t, std::span<const int64_t> slots) {
  values_.insert(values_.end(), slots.begin(), slots.end());
  if (has_places_[t] != 0) {
    for (const uint32_t c : table_.ColumnsOf(table_.templates[t])) {
      if (HasPlaces(table_.columns[c])) values_.push_back(places_[table_.columns[c].source]++);
    }
  }
  if (values_.size() + kept_rows_.size() + rows_.size() > most_values_) GiveUp();
}

// Goes on behind a row that is not kept.
void FilterSink::Pass(uint32_t t) {
  if (has_places_[t] == 0) return;
  for (const uint32_t c : table_.ColumnsOf(table_.templates[t])) {
    if (HasPlaces(table_.columns[c])) ++places_[table_.columns[c].source];
  }
}

bool FilterSink::AskedFor(uint64_t line) const {
  return line >= options_.first_line && line < options_.end_line;
}

void FilterSink::Note(uint64_t line) {
  constexpr uint64_t kSomeLines = 2048;
  const bool some_lines = options_.first_line > 0 || options_.end_line != options_.kToEnd;
  if (++wanted_ == kSomeLines && line < 2 * kSomeLines && !count_only_ && !some_lines) GiveUp();
}

void FilterSink::GiveUp() {
  given_up_ = true;
  done_ = true;
}

absl::Status FilterSink::Flush(backend::BlockParts* parts) {
  return values_.size() < kMuch || in_line() ? absl::OkStatus() : Render(parts);
}

absl::Status FilterSink::Finish(backend::BlockParts* parts) {
  // The end of the block ends a line.
  if (in_line()) EndLine();
  return Render(parts);
}

absl::Status FilterSink::Render(backend::BlockParts* parts) {
  if (kept_rows_.empty()) return absl::OkStatus();
  Vector<uint8_t> shown(table_.dictionaries.size(), 0);
  for (const KeptRow& row : kept_rows_) {
    for (const uint32_t c : table_.ColumnsOf(table_.templates[row.template_id])) {
      if (!table_.columns[c].numeric) shown[table_.columns[c].source] = 1;
    }
  }
  LOGPRESS_RETURN_IF_ERROR(parts->ReadValues(shown, nullptr));
  uint64_t most = 0;
  for (const codec::RowGroup& group : tables_.groups().groups) most += group.size;
  codec::RenderSink render(table_, {}, {&find_->bytes, most, nullptr, nullptr});
  const KeptRow* row = kept_rows_.data();
  for (const KeptLine& line : kept_lines_) {
    const uint64_t begin = render.size();
    for (size_t i = 0; i < line.rows; ++i) {
      if (const char* const wrong = RenderRow(*row++, &render); wrong != nullptr)
        return absl::DataLossError(absl::StrCat("the block's payload is damaged: ", wrong));
    }
    const uint64_t size = render.size() - begin;
    Vector<BlockFind::Run>& runs = find_->runs;
    if (!runs.empty() && runs.back().first_line + runs.back().lines == line.number) {
      ++runs.back().lines;
      runs.back().size += size;
    } else {
      runs.push_back({line.number, 1, size});
    }
  }
  render.Finish();
  kept_rows_.clear();
  kept_lines_.clear();
  values_.clear();
  return absl::OkStatus();
}

const char* FilterSink::RenderRow(const KeptRow& row, codec::RenderSink* render) const {
  const codec::DecodedTemplate& entry = table_.templates[row.template_id];
  const std::span<const uint32_t> columns = table_.ColumnsOf(entry);
  const int64_t* const values = values_.data() + row.first_value;
  const int64_t* place = values + columns.size();
  render->BeginRow(entry);
  for (size_t i = 0; i < columns.size(); ++i) {
    const codec::DecodedColumn& column = table_.columns[columns[i]];
    if (HasPlaces(column)) render->SeekNumber(column, static_cast<uint32_t>(*place++));
    const char* const wrong = column.numeric ? render->AddNumber(column, values[i])
                                             : render->AddId(table_.dictionaries[column.source],
                                                             static_cast<uint32_t>(values[i]));
    if (wrong != nullptr) return wrong;
  }
  return render->EndRow();
}

}  // namespace logpress::search
