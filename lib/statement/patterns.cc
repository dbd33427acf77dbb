#include "statement/patterns.h"

#include <algorithm>
#include <bit>

#include "base/hash.h"
#include "statement/words.h"

namespace logpress::statement {
namespace {

constexpr uint32_t kUnknown = ~uint32_t{0};
// The mask of a value without delimiters: it varies.
constexpr uint32_t kVaries = 0;
// Share of the lines that a header must still fit when the next block begins.
constexpr double kFits = 0.8;
constexpr size_t kFirstTable = 1024;
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

// A value of one word with a digit, as Tokenize() has it, which most are.
bool IsPlain(ByteView value) {
  bool digit = false;
  char before = '.';
  for (const char byte : value) {
    if (!IsNameByte(byte) && byte != '-' && byte != '/' && (byte != '.' || before == '.'))
      return false;
    digit |= IsDigit(byte);
    before = byte;
  }
  return digit && before != '.';
}

}  // namespace

void PatternCollector::EndLog() {
  if (mid_line_) TakeLongLine();
  mid_line_ = false;
}

void PatternCollector::BeginBlock(const RowTable& table, ByteView sample) {
  table_ = &table;
  renderer_.emplace(table);
  ListTextSlots();
  mask_ids_.clear();
  mask_texts_.clear();
  Intern(ByteView(&kValueMark, 1));
  groups_.clear();
  masks_.clear();
  slots_.assign(kFirstTable, 0);
  FindHeader(sample);
}

void PatternCollector::ListTextSlots() {
  Vector<uint32_t> first_values;
  Vector<bool> plain;
  uint32_t values = 0;
  for (const auto& dictionary : table_->dictionaries) {
    first_values.push_back(values);
    values += static_cast<uint32_t>(dictionary.size());
    plain.push_back(std::all_of(dictionary.begin(), dictionary.end(), IsPlain));
  }
  value_masks_.assign(values, kUnknown);
  templates_.clear();
  text_slots_.clear();
  for (const RowTable::Template& entry : table_->templates) {
    const auto begin = static_cast<uint32_t>(text_slots_.size());
    const std::span<const uint32_t> columns = table_->ColumnsOf(entry);
    for (size_t i = 0; i < columns.size(); ++i) {
      const RowTable::Column& column = table_->columns[columns[i]];
      if (column.numeric || plain[column.dictionary]) continue;
      text_slots_.push_back(
          {static_cast<uint32_t>(i), column.dictionary, first_values[column.dictionary]});
    }
    const bool ends_line = table_->literals[entry.literals + entry.slots].ends_with('\n');
    templates_.push_back({begin, static_cast<uint32_t>(text_slots_.size()), ends_line, kNoGroup});
  }
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
  mid_line_ = !templates_[t].ends_line && !EndsLine(t, values);
  if (!began_before) ++lines_;
  if (began_before || mid_line_) {
    renderer_->Pass(t, values, &cells_);
    if (long_line_.size() < kMostLine) renderer_->Render(t, cells_, &long_line_);
    if (!mid_line_) TakeLongLine();
    return;
  }
  bool added = false;
  Group* const group = GroupOf(t, values, &added);
  renderer_->Pass(t, values, &group->last);
  TakeLine(group, added);
}

uint32_t PatternCollector::MaskOf(const TextSlot& slot, std::span<const int64_t> values) {
  const auto id = static_cast<size_t>(values[slot.slot]);
  uint32_t& mask = value_masks_[slot.first_value + id];
  if (mask == kUnknown) mask = MakeMask(table_->dictionaries[slot.dictionary][id]);
  return mask;
}

uint32_t PatternCollector::MakeMask(ByteView value) {
  if (IsPlain(value)) return kVaries;
  Tokenize(value, &tokens_);
  masked_.clear();
  AppendMasked(value, tokens_, &masked_);
  return Intern(masked_);
}

uint32_t PatternCollector::Intern(ByteView masked) {
  if (const auto found = mask_ids_.find(masked); found != mask_ids_.end()) return found->second;
  const auto id = static_cast<uint32_t>(mask_texts_.size());
  mask_ids_.emplace(mask_texts_.emplace_back(masked), id);
  return id;
}

PatternCollector::Group* PatternCollector::GroupOf(uint32_t t, std::span<const int64_t> values,
                                                   bool* added) {
  TextSlots& text = templates_[t];
  const auto slots = std::span(text_slots_).subspan(text.begin, text.end - text.begin);
  // Most rows are as the one before of their template.
  if (text.last_group != kNoGroup) {
    const uint32_t* mask = masks_.data() + groups_[text.last_group].masks;
    if (std::all_of(slots.begin(), slots.end(),
                    [&](const TextSlot& each) { return MaskOf(each, values) == *mask++; }))
      return &groups_[text.last_group];
  }
  row_masks_.clear();
  uint64_t hash = t;
  for (const TextSlot& each : slots) {
    row_masks_.push_back(MaskOf(each, values));
    hash = HashMix(hash, row_masks_.back());
  }
  const size_t wrap = slots_.size() - 1;
  size_t slot = HashMix(hash, t) & wrap;
  for (; slots_[slot] != 0; slot = (slot + 1) & wrap) {
    Group& group = groups_[slots_[slot] - 1];
    if (group.t == t && std::equal(row_masks_.begin(), row_masks_.end(),
                                   masks_.begin() + static_cast<long>(group.masks))) {
      text.last_group = slots_[slot] - 1;
      return &group;
    }
  }
  *added = true;
  text.last_group = static_cast<uint32_t>(groups_.size());
  groups_.push_back({masks_.size(), t, 0, 0, {}, false});
  masks_.insert(masks_.end(), row_masks_.begin(), row_masks_.end());
  slots_[slot] = static_cast<uint32_t>(groups_.size());
  if (groups_.size() * 2 > slots_.size()) Grow();
  return &groups_.back();
}

// Twice as many slots.
void PatternCollector::Grow() {
  slots_.assign(slots_.size() * 2, 0);
  const size_t wrap = slots_.size() - 1;
  for (size_t i = 0; i < groups_.size(); ++i) {
    const size_t end = i + 1 < groups_.size() ? groups_[i + 1].masks : masks_.size();
    uint64_t hash = groups_[i].t;
    for (size_t m = groups_[i].masks; m < end; ++m) hash = HashMix(hash, masks_[m]);
    size_t slot = HashMix(hash, groups_[i].t) & wrap;
    while (slots_[slot] != 0) slot = (slot + 1) & wrap;
    slots_[slot] = static_cast<uint32_t>(i + 1);
  }
}

void PatternCollector::TakeLine(Group* group, bool is_new) {
  ++group->rows;
  // The first becomes bytes, and others now and then.
  group->last_shown = std::has_single_bit(group->rows) &&
                      (is_new || patterns_[group->pattern].examples.size() < kMostExamples);
  if (!group->last_shown) return;
  const ByteView line = Render(group->t, group->last);
  const ByteView content = header_.ContentOf(line);
  if (is_new) group->pattern = PatternOf(content);
  TakeExample(line, content, &patterns_[group->pattern]);
}

// A line in several rows.
void PatternCollector::TakeLongLine() {
  const ByteView line = ByteView{long_line_}.substr(0, long_line_.find('\n'));
  const ByteView content = header_.ContentOf(line);
  Pattern& pattern = patterns_[PatternOf(content)];
  ++pattern.lines;
  TakeExample(line, content, &pattern);
  long_line_.clear();
}

void PatternCollector::TakeExample(ByteView line, ByteView content, Pattern* pattern) {
  AddExample(content.substr(0, kMostContent + 1), pattern);
  NoteTime(line, pattern);
}

void PatternCollector::AddExample(ByteView example, Pattern* pattern) {
  Vector<ByteBuffer>& examples = pattern->examples;
  if (examples.size() >= kMostExamples ||
      std::find(examples.begin(), examples.end(), example) != examples.end())
    return;
  if (!examples.empty() && example_bytes_ + example.size() > kMostExampleBytes) return;
  (examples.empty() ? bytes_ : example_bytes_) += example.size();
  examples.emplace_back(example);
}

// Without its newline; lives until the next call.
ByteView PatternCollector::Render(uint32_t t, const RowRenderer::Cells& cells) {
  line_.clear();
  renderer_->Render(t, cells, &line_);
  const ByteView line = line_;
  return line.substr(0, line.find('\n'));
}

uint32_t PatternCollector::PatternOf(ByteView content) {
  Tokenize(content, &tokens_);
  masked_.clear();
  AppendMasked(content, tokens_, &masked_);
  if (const auto found = pattern_ids_.find(masked_); found != pattern_ids_.end())
    return found->second;
  Key key;
  if (patterns_.size() + 1 < kMostPatterns && bytes_ < kMostBytes) {
    // An example is no longer.
    if (content.size() > kMostContent) Tokenize(content.substr(0, kMostContent + 1), &tokens_);
    key = symbols_.KeyOf(content, tokens_);
  } else {
    masked_.assign(1, kValueMark);
    key.assign(1, kValueSymbol);
    if (const auto found = pattern_ids_.find(masked_); found != pattern_ids_.end())
      return found->second;
  }
  const auto id = static_cast<uint32_t>(patterns_.size());
  Pattern& pattern = patterns_.emplace_back();
  pattern.masked = masked_;
  pattern.key = std::move(key);
  bytes_ += masked_.size();
  pattern_ids_.emplace(pattern.masked, id);
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
  for (const Group& group : groups_) {
    Pattern& pattern = patterns_[group.pattern];
    pattern.lines += group.rows;
    if (!group.last_shown) NoteTime(Render(group.t, group.last), &pattern);
  }
  renderer_.reset();
  table_ = nullptr;
}

}  // namespace logpress::statement
