#include "backend/mix/parse.h"

#include <algorithm>

#include "backend/mix/skeletons.h"
#include "base/hash.h"
#include "base/memory.h"

namespace logpress::mix {
namespace {

// What fine division is worth: strings of this size, of that many tokens.
constexpr size_t kMaxFine = 2048;
constexpr size_t kMaxFineTokens = 100;

class Parser {
 public:
  Parser(ByteView text, std::span<const time::TimestampFormat> formats, const Sizes& sizes,
         Parse* parse)
      : text_(text), formats_(formats), sizes_(sizes), parse_(parse) {
    index_.assign(size_t{1} << 10, 0);
    parse_->values.push_back({});
  }

  bool Run() {
    DivideRows();
    const size_t coarse_end = parse_->values.size();
    DivideValues(1, coarse_end, [this](size_t i) { return ScanCoarseValue(i); }, {2, 3});
    DivideValues(1, parse_->values.size(), [this](size_t i) { return ScanFineValue(i); }, {5, 5});
    uint64_t slots = 0;
    uint64_t pattern_bytes = 0;
    for (const ParsedPattern& pattern : parse_->patterns) {
      slots += pattern.slots;
      pattern_bytes += pattern.text.size();
    }
    return !full_ && slots <= sizes_.max_slots && pattern_bytes <= sizes_.max_pattern_bytes &&
           parse_->patterns.size() <= sizes_.max_templates;
  }

 private:
  ByteView Bytes(const ParsedValue& value) const { return text_.substr(value.offset, value.size); }

  void CutLongRows() {
    const auto is_long = [](const text::Slice& row) { return row.size > kMaxRow; };
    if (std::none_of(parse_->rows.begin(), parse_->rows.end(), is_long)) return;
    parse_->pieces.clear();
    for (text::Slice row : parse_->rows) {
      for (; is_long(row); row = {row.offset + kMaxRow, row.size - kMaxRow})
        parse_->pieces.push_back({row.offset, kMaxRow});
      parse_->pieces.push_back(row);
    }
    parse_->rows = parse_->pieces;
  }

  void DivideRows() {
    CutLongRows();
    Skeletons skeletons(text_);
    Vector<uint32_t> skeleton_of(parse_->rows.size(), Skeletons::kNone);
    for (size_t i = 0; i < skeleton_of.size(); ++i) {
      const text::Slice row = parse_->rows[i];
      // A piece has no structure worth finding.
      if (row.size == kMaxRow) continue;
      ScanCoarsely(text_.substr(row.offset, row.size), formats_, &tokens_);
      skeleton_of[i] = skeletons.Add(row.offset, tokens_);
    }
    ClusterRules rules;
    rules.own_count = 8;
    const size_t first = AddPatterns(&skeletons, rules);
    parse_->parsed_rows.reserve(skeleton_of.size());
    for (size_t i = 0; i < skeleton_of.size(); ++i) {
      ParsedRow parsed = {kNoPattern, static_cast<uint32_t>(parse_->children.size())};
      const uint32_t pattern =
          skeleton_of[i] == Skeletons::kNone ? kNoPattern : skeletons.pattern_of(skeleton_of[i]);
      if (pattern != kNoPattern) {
        const text::Slice row = parse_->rows[i];
        ScanCoarsely(text_.substr(row.offset, row.size), formats_, &tokens_);
        if (CollectChildren(row.offset, row.size, first + pattern))
          parsed.pattern = static_cast<uint32_t>(first + pattern);
      }
      parse_->parsed_rows.push_back(parsed);
      CountRow(parsed.pattern);
    }
  }

  void CountRow(uint32_t pattern) {
    if (pattern == kNoPattern) {
      ++parse_->rows_without;
    } else if (++parse_->patterns[pattern].rows == 1) {
      parse_->patterns[pattern].coded = static_cast<uint32_t>(parse_->row_patterns.size());
      parse_->row_patterns.push_back(pattern);
    }
  }

  bool ScanCoarseValue(size_t i) {
    const ParsedValue& value = parse_->values[i];
    if (value.kind != kText || value.size >= kMaxRow || !HasSeparator(Bytes(value))) return false;
    parse_->values[i].divided = true;
    ScanCoarsely(Bytes(value), formats_, &tokens_);
    return true;
  }

  bool ScanFineValue(size_t i) {
    const ParsedValue& value = parse_->values[i];
    if (value.divided || (value.kind != kText && value.kind != kWord) || value.size <= 1 ||
        value.size >= kMaxFine) {
      return false;
    }
    ScanFinely(Bytes(value), formats_, &tokens_);
    return tokens_.size() >= 2 && tokens_.size() <= kMaxFineTokens;
  }

  // Divides values [begin, end) where scan() gives tokens.
  template <typename Scan>
  void DivideValues(size_t begin, size_t end, const Scan& scan, ClusterRules rules) {
    Skeletons skeletons(text_);
    Vector<uint32_t> skeleton_of(end, Skeletons::kNone);
    for (size_t i = begin; i < end; ++i) {
      if (scan(i)) skeleton_of[i] = skeletons.Add(parse_->values[i].offset, tokens_);
    }
    const size_t first = AddPatterns(&skeletons, rules);
    for (size_t i = begin; i < end; ++i) {
      if (skeleton_of[i] == Skeletons::kNone) continue;
      const uint32_t pattern = skeletons.pattern_of(skeleton_of[i]);
      // A pattern without slots would say no less than the value.
      if (pattern == kNoPattern || parse_->patterns[first + pattern].slots == 0) continue;
      scan(i);
      const uint32_t offset = parse_->values[i].offset;
      const auto first_child = static_cast<uint32_t>(parse_->children.size());
      if (!CollectChildren(offset, parse_->values[i].size, first + pattern)) continue;
      ParsedValue& value = parse_->values[i];
      value.pattern = static_cast<uint32_t>(first + pattern);
      value.first_child = first_child;
      value.children = static_cast<uint32_t>(parse_->children.size()) - first_child;
    }
  }

  size_t AddPatterns(Skeletons* skeletons, const ClusterRules& rules) {
    Vector<ByteBuffer> texts;
    skeletons->Cluster(rules, &texts);
    const size_t first = parse_->patterns.size();
    for (ByteBuffer& text : texts) {
      ParsedPattern pattern;
      for (size_t p = 0; p < text.size(); ++p) {
        if (text[p] == kMark && static_cast<uint8_t>(text[++p]) > kSlotBase) ++pattern.slots;
      }
      pattern.text = std::move(text);
      parse_->patterns.push_back(std::move(pattern));
    }
    return first;
  }

  // Walks tokens_ along the pattern and appends the values of its slots. False, with nothing
  // appended, unless pattern and values give exactly these bytes: whatever clustering did, what is
  // coded is exact.
  bool CollectChildren(uint32_t offset, uint32_t size, size_t pattern_index) {
    const size_t mark = parse_->children.size();
    const ByteView pattern = parse_->patterns[pattern_index].text;
    size_t p = 0;
    uint32_t end = 0;
    for (const ScannedToken& token : tokens_) {
      if (token.offset != end) break;
      if (p + 1 < pattern.size() && pattern[p] == kMark &&
          static_cast<uint8_t>(pattern[p + 1]) > kSlotBase) {
        const auto kind = static_cast<uint8_t>(pattern[p + 1] - kSlotBase);
        if (token.type == ScannedToken::kDelimiter || token.size == 0) break;
        if ((token.type == ScannedToken::kSlot ? token.kind : uint8_t{kWord}) != kind) break;
        parse_->children.push_back(Intern(offset + token.offset, token.size, kind));
        p += 2;
      } else {
        escaped_.clear();
        AppendEscaped(text_.substr(offset + token.offset, token.size), &escaped_);
        if (token.type == ScannedToken::kSlot || pattern.substr(p, escaped_.size()) != escaped_) {
          break;
        }
        p += escaped_.size();
      }
      end += token.size;
    }
    if (end == size && p == pattern.size() && parse_->children.size() - mark < 65536) return true;
    parse_->children.resize(mark);
    return false;
  }

  uint32_t Intern(uint32_t offset, uint32_t size, uint8_t kind) {
    const auto hash = static_cast<uint32_t>(HashBytes(text_.data() + offset, size, kind) >> 32);
    Vector<ParsedValue>& values = parse_->values;
    size_t mask = index_.size() - 1;
    size_t place = hash & mask;
    for (; index_[place] != 0; place = (place + 1) & mask) {
      const ParsedValue& value = values[index_[place]];
      if (value.hash == hash && value.kind == kind && value.size == size &&
          Bytes(value) == text_.substr(offset, size)) {
        return index_[place];
      }
    }
    if (values.size() >= sizes_.max_values) {
      full_ = true;
      return 0;
    }
    const auto id = static_cast<uint32_t>(values.size());
    ParsedValue value;
    value.offset = offset;
    value.size = size;
    value.hash = hash;
    value.kind = kind;
    values.push_back(value);
    index_[place] = id;
    if (values.size() * 2 > index_.size()) Grow();
    return id;
  }

  void Grow() {
    index_.assign(index_.size() * 2, 0);
    const size_t mask = index_.size() - 1;
    for (uint32_t id = 1; id < parse_->values.size(); ++id) {
      size_t place = parse_->values[id].hash & mask;
      while (index_[place] != 0) place = (place + 1) & mask;
      index_[place] = id;
    }
  }

  ByteView text_;
  std::span<const time::TimestampFormat> formats_;
  const Sizes& sizes_;
  Parse* parse_;
  Vector<ScannedToken> tokens_;
  Vector<uint32_t> index_;  // values by hash, open addressing
  ByteBuffer escaped_;
  bool full_ = false;
};

}  // namespace

bool ParseBlock(ByteView text, std::span<const text::Slice> rows,
                std::span<const time::TimestampFormat> formats, const Sizes& sizes, Parse* parse) {
  *parse = Parse();
  parse->rows = rows;
  return Parser(text, formats, sizes, parse).Run();
}

}  // namespace logpress::mix
