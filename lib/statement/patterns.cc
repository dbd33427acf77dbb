#include "statement/patterns.h"

#include <algorithm>
#include <utility>

#include "statement/words.h"

namespace logpress::statement {
namespace {

// Share of the lines that a header must still fit when the next block begins.
constexpr double kFits = 0.8;
// Of a line in several rows, what is looked at: of its content at least kMostContent.
constexpr size_t kMostLine = 2 * kMostContent;

// Lines evenly spread over `text`, without their newlines.
Vector<ByteView> SampleLines(ByteView text) {
  Vector<ByteView> lines;
  const size_t step = text.size() / PatternCollector::kSampledLines + 1;
  size_t next = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (at >= next) {
      lines.push_back(text.substr(at, end - at));
      next = std::max(next + step, at + 1);
    }
    at = end + 1;
  }
  return lines;
}

}  // namespace

void PatternCollector::EndLog() {
  if (mid_line_) TakeLongLine();
  mid_line_ = false;
}

void PatternCollector::BeginBlock(const RowTable& table, ByteView sample) {
  table_ = &table;
  renderer_.emplace(table);
  mask_groups_.Begin(table);
  ends_line_.clear();
  for (const RowTable::Template& entry : table.templates)
    ends_line_.push_back(table.literals[entry.literals + entry.slots].ends_with('\n'));
  groups_.clear();
  cells_.clear();
  long_parts_.Clear();
  long_lines_.clear();
  // Groups have other numbers now.
  parts_known_ = false;
  FindHeader(sample);
}

void PatternCollector::FindHeader(ByteView sample) {
  const Vector<time::TimePlace> places = time::FindTimePlaces(sample);
  clock_ = time::LineClock(places);
  const Vector<ByteView> lines = SampleLines(sample);
  const size_t fitting = header_.CountIn(lines);
  // Of short blocks little can be said.
  if (header_.fields() > 0 &&
      static_cast<double>(fitting) >= kFits * static_cast<double>(lines.size()))
    return;
  Header found = Header::Find(lines);
  if (found.CountIn(lines) <= fitting) return;
  header_ = std::move(found);
  shape_patterns_.clear();
  shapes_.Clear();
  headers_.push_back({lines_, header_, places});
}

bool PatternCollector::EndsLine(uint32_t t, std::span<const int64_t> values) const {
  const RowTable::Template& entry = table_->templates[t];
  ByteView end = table_->literals[entry.literals + entry.slots];
  if (end.empty() && entry.slots > 0) {
    const RowTable::Column& column = table_->columns[table_->ColumnsOf(entry).back()];
    if (column.numeric) return false;
    end = table_->dictionaries[column.dictionary][static_cast<size_t>(values.back())];
  }
  return end.ends_with('\n');
}

void PatternCollector::Row(uint32_t t, std::span<const int64_t> values) {
  const bool began_before = mid_line_;
  mid_line_ = !ends_line_[t] && !EndsLine(t, values);
  if (!began_before) ++lines_;
  const uint32_t g = mask_groups_.GroupOf(t, values);
  if (g == groups_.size()) groups_.emplace_back();
  if (began_before || mid_line_) {
    if (!began_before) parts_known_ = true;
    return TakePart(g, t, values);
  }
  Group& group = groups_[g];
  if (group.lines.count == 0) {
    group.cells = cells_.size();
    cells_.resize(group.cells + renderer_->CellsOf(t));
  }
  renderer_->Pass(t, values, cells_.data() + group.cells);
  const bool is_new = ++group.lines.count == 1;
  const bool known = is_new && KnowsShape(g);
  group.last_shown = is_new || IsSample(group.lines);
  if (group.last_shown) TakeExample(Render(g), &group.lines);
  if (is_new && !known) KeepShape(group.lines.pattern);
}

// Whether rows of the group's shape, which becomes shape_, are known: it gets their pattern.
bool PatternCollector::KnowsShape(uint32_t g) {
  mask_groups_.MasksOf(g, &shape_masks_);
  shape_.clear();
  renderer_->RenderShape(mask_groups_.TemplateOf(g), CellsOf(g), shape_masks_, &shape_);
  const uint32_t known = shapes_.Find(shape_);
  if (known == TextSet::kNone) return false;
  groups_[g].lines.pattern = shape_patterns_[known];
  return true;
}

void PatternCollector::KeepShape(uint32_t pattern) {
  if (shapes_.bytes() + shape_.size() > kMostShapeBytes) return;
  shapes_.Add(shape_);
  shape_patterns_.push_back(pattern);
}

// Of many lines fewer and fewer are looked at.
bool PatternCollector::IsSample(const Lines& lines) const {
  return (lines.count & (lines.count - 1)) == 0 && WantsExample(lines.pattern);
}

void PatternCollector::TakePart(uint32_t g, uint32_t t, std::span<const int64_t> values) {
  part_.resize(renderer_->CellsOf(t));
  renderer_->Pass(t, values, part_.data());
  if (long_line_.size() < kMostLine) renderer_->Render(t, part_, &long_line_);
  parts_known_ &= long_line_.size() <= kMostContent && parts_.size() < kMostContent;
  if (parts_known_) parts_.push_back(g);
  if (!mid_line_) TakeLongLine();
}

// A line in several rows.
void PatternCollector::TakeLongLine() {
  const ByteView line = ByteView{long_line_}.substr(0, long_line_.find('\n'));
  Lines once;
  const uint32_t known = parts_known_ ? long_parts_.Add(parts_) : kNone;
  if (known == long_lines_.size()) long_lines_.emplace_back();
  Lines& lines = parts_known_ ? long_lines_[known] : once;
  ++lines.count;
  if (lines.pattern == kNone || IsSample(lines)) {
    TakeExample(line, &lines);
  } else {
    NoteTime(line, &patterns_[lines.pattern]);
  }
  ++patterns_[lines.pattern].lines;
  long_line_.clear();
  parts_.clear();
}

// A line of `lines`, which get a pattern if they have none.
void PatternCollector::TakeExample(ByteView line, Lines* lines) {
  if (lines->pattern == kNone || WantsExample(lines->pattern)) {
    const ByteView content = header_.ContentOf(line);
    if (lines->pattern == kNone) lines->pattern = PatternOf(content);
    AddExample(content.substr(0, kMostContent + 1), &patterns_[lines->pattern]);
  }
  NoteTime(line, &patterns_[lines->pattern]);
}

void PatternCollector::AddExample(ByteView example, Pattern* pattern) {
  Vector<ByteView>& examples = pattern->examples;
  if (examples.size() >= kMostExamples ||
      std::find(examples.begin(), examples.end(), example) != examples.end())
    return;
  if (!examples.empty() && example_bytes_ + example.size() > kMostExampleBytes) return;
  (examples.empty() ? bytes_ : example_bytes_) += example.size();
  examples.push_back(arena_.Copy(example));
}

RowRenderer::Cells PatternCollector::CellsOf(uint32_t g) const {
  return std::span(cells_).subspan(groups_[g].cells,
                                   renderer_->CellsOf(mask_groups_.TemplateOf(g)));
}

// The last line of a group, without its newline; lives until the next call.
ByteView PatternCollector::Render(uint32_t g) {
  line_.clear();
  renderer_->Render(mask_groups_.TemplateOf(g), CellsOf(g), &line_);
  const ByteView line = line_;
  return line.substr(0, line.find('\n'));
}

uint32_t PatternCollector::PatternOf(ByteView content) {
  Tokenize(content, &tokens_);
  masked_.clear();
  AppendMasked(content, tokens_, &masked_);
  if (const uint32_t known = masked_texts_.Find(masked_); known != TextSet::kNone) return known;
  Key key;
  if (patterns_.size() + 1 < kMostPatterns && bytes_ < kMostBytes) {
    // An example is no longer.
    if (content.size() > kMostContent) Tokenize(content.substr(0, kMostContent + 1), &tokens_);
    key = symbols_.KeyOf(content, tokens_);
  } else {
    masked_.assign(1, kValueMark);
    key.assign(1, kValueSymbol);
    if (const uint32_t known = masked_texts_.Find(masked_); known != TextSet::kNone) return known;
  }
  const uint32_t id = masked_texts_.Add(masked_);
  Pattern& pattern = patterns_.emplace_back();
  pattern.masked = masked_texts_[id];
  pattern.has_values = pattern.masked.find(kValueMark) != ByteView::npos;
  pattern.key = CopyKey(key, &arena_);
  bytes_ += masked_.size();
  return id;
}

void PatternCollector::NoteTime(ByteView line, Pattern* pattern) {
  if (clock_.empty()) return;
  const char* const end = line.data() + line.size();
  const time::LineTime time = clock_.TimeOf(line.data(), end, end);
  if (time.kind == time::TimeKind::kNone) return;
  const auto none = time::TimeKind::kNone;
  // Times of different kinds cannot be compared.
  if (pattern->first.kind == none ||
      (pattern->first.kind == time.kind && time.begin < pattern->first.begin))
    pattern->first = time;
  if (pattern->last.kind == none ||
      (pattern->last.kind == time.kind && time.begin > pattern->last.begin))
    pattern->last = time;
}

void PatternCollector::EndBlock() {
  for (uint32_t g = 0; g < groups_.size(); ++g) {
    const Group& group = groups_[g];
    if (group.lines.count == 0) continue;  // its rows are parts of lines
    Pattern& pattern = patterns_[group.lines.pattern];
    pattern.lines += group.lines.count;
    if (!group.last_shown && !clock_.empty()) NoteTime(Render(g), &pattern);
  }
  renderer_.reset();
  table_ = nullptr;
}

}  // namespace logpress::statement
