#include "statement/merge.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "statement/quoted.h"

namespace logpress::statement {
namespace {

// Each round makes more keys equal at all places but one; few logs need more than six.
constexpr int kMostRounds = 12;
// Words of a line beside one.
constexpr size_t kManyWords = 4;
constexpr uint32_t kNone = KeySet::kNone;

class Merger {
 public:
  // Borrows all but the patterns.
  Merger(std::span<const KeyView> patterns, const Symbols& symbols, const MergeOptions& options,
         MergedKeys* merged)
      : symbols_(symbols), options_(options), keys_(merged->keys), final_(merged->of) {
    final_.reserve(patterns.size());
    for (const KeyView key : patterns) final_.push_back(keys_.Add(key));
  }

  void Run() {
    LeaveAssigned();
    for (int round = 0; round < kMostRounds; ++round) {
      FindLive();
      target_.assign(keys_.size(), kNone);
      MergeSlots();
      MergeBrackets();
      if (!Apply()) break;
    }
  }

 private:
  enum class Place { kLabel, kAfterEquals, kAfterCue, kOther };

  // A word at a place: the keys of one context are equal but for that place.
  struct Occurrence {
    uint64_t context;
    uint32_t key;
    uint32_t place;
  };
  // A place of a key, which has this hash for all but the place.
  struct Context {
    uint64_t hash;
    uint32_t place;
  };
  struct Range {
    size_t begin = 0;
    size_t end = 0;
  };
  struct Candidate {
    size_t words;
    uint32_t hole;
    size_t begin;  // of its occurrences
    size_t end;
  };

  // The number of a key that some pattern has; kNone if there is none.
  uint32_t Find(KeyView key) const {
    const uint32_t id = keys_.Find(key);
    return id >= live_.size() || live_[id] == 0 ? kNone : id;
  }

  void FindLive() {
    live_.assign(keys_.size(), 0);
    for (const uint32_t id : final_) live_[id] = 1;
  }

  bool IsWord(Symbol symbol) const { return symbols_.IsWord(symbol); }
  size_t CountWords(KeyView key) const {
    return static_cast<size_t>(
        std::count_if(key.begin(), key.end(), [this](Symbol each) { return IsWord(each); }));
  }

  // Whether what stays tells a statement from others: a word, or, if very many words vary, as in
  // the frames of a stack, some marks.
  bool SaysEnough(KeyView hole, size_t words) const {
    constexpr size_t kMarks = 3;
    if (CountWords(hole) > 0) return true;
    const auto marks = static_cast<size_t>(std::count_if(
        hole.begin(), hole.end(), [this](Symbol each) { return symbols_.MarkOf(each) != '\0'; }));
    return words >= options_.labels && marks >= kMarks;
  }

  // What stands behind "name=" is a value where it varies anywhere in the log, whatever the rest of
  // the line is.
  void LeaveAssigned() {
    HashMap<Symbol, Vector<Symbol>> assigned;
    for (uint32_t id = 0; id < keys_.size(); ++id) {
      const KeyView key = keys_[id];
      for (size_t i = 1; i + 1 < key.size(); ++i) {
        if (!IsAssignment(key, i)) continue;
        if (key[i + 1] == kValueSymbol || IsWord(key[i + 1]))
          assigned[key[i - 1]].push_back(key[i + 1]);
      }
    }
    HashMap<Symbol, bool> varies;
    for (auto& [name, values] : assigned) {
      std::sort(values.begin(), values.end());
      values.erase(std::unique(values.begin(), values.end()), values.end());
      varies[name] = values.size() >= options_.after_equals ||
                     (values.size() > 1 && values[0] == kValueSymbol);
    }
    if (assigned.empty()) return;
    for (uint32_t& id : final_) {
      Key key;
      const KeyView from = keys_[id];
      if (!HasAssignment(from)) continue;
      for (size_t i = 0; i < from.size(); ++i) {
        key.push_back(from[i]);
        if (!IsAssignment(from, i)) continue;
        const auto found = varies.find(from[i - 1]);
        if (found == varies.end() || !found->second) continue;
        if (i + 1 < from.size() && IsWord(from[i + 1])) {
          key.push_back(kValueSymbol);
          ++i;
        } else if (i + 1 == from.size() || EndsValue(from[i + 1])) {
          key.push_back(kValueSymbol);
        }
      }
      id = keys_.Add(symbols_.JoinValues(key));
    }
  }
  bool HasAssignment(KeyView key) const {
    for (size_t i = 1; i < key.size(); ++i)
      if (IsAssignment(key, i)) return true;
    return false;
  }
  bool IsAssignment(KeyView key, size_t i) const {
    return i > 0 && symbols_.IsMark(key[i], '=') && IsWord(key[i - 1]);
  }
  bool EndsValue(Symbol symbol) const {
    return symbol == kBlankSymbol || symbols_.IsMark(symbol, ',') || symbols_.IsMark(symbol, ')') ||
           symbols_.IsMark(symbol, ';');
  }

  Place PlaceOf(KeyView key, size_t i) const {
    size_t next = i + 1;
    if (next + 1 < key.size() && key[next] == kBlankSymbol && symbols_.IsMark(key[next + 1], '='))
      ++next;
    if (next < key.size() && (symbols_.IsMark(key[next], '=') || symbols_.IsMark(key[next], ':')))
      return Place::kLabel;
    const auto before = key.begin() + static_cast<long>(i);
    if (std::none_of(key.begin(), before,
                     [this](Symbol each) { return each == kValueSymbol || IsWord(each); }))
      return Place::kLabel;
    size_t last = i - 1;
    if (last > 0 && (symbols_.IsMark(key[last], '"') || symbols_.IsMark(key[last], '\''))) --last;
    if (symbols_.IsMark(key[last], '=')) return Place::kAfterEquals;
    while (last > 0 && key[last] == kBlankSymbol) --last;
    return symbols_.AnnouncesName(key[last]) ? Place::kAfterCue : Place::kOther;
  }

  // Nearly all contexts come once, and sorting them would take longest. So there is a bit for what
  // is seen, and one for what is seen again; that some share a bit, and that keys no longer live
  // have left theirs, does no harm.
  void NoteContexts() {
    const size_t known = contexts_.size();
    contexts_of_.resize(keys_.size());
    for (uint32_t id = 0; id < live_.size(); ++id) {
      Range& range = contexts_of_[id];
      if (live_[id] == 0 || range.end != 0) continue;
      range.begin = contexts_.size();
      FindContexts(keys_[id]);
      range.end = contexts_.size();
    }
    if (seen_.empty()) {
      const size_t bits = std::bit_ceil(8 * contexts_.size() + 64);
      seen_.resize(bits);
      again_.resize(bits);
    }
    for (const Context& each : std::span(contexts_).subspan(known)) {
      const size_t bit = each.hash & (seen_.size() - 1);
      if (seen_[bit]) again_[bit] = true;
      seen_[bit] = true;
    }
  }
  // For each word and value of the key.
  void FindContexts(KeyView key) {
    suffix_.assign(key.size() + 1, 0);
    for (size_t i = key.size(); i-- > 0;) suffix_[i] = HashMix(suffix_[i + 1], key[i]);
    uint64_t prefix = key.size();
    for (size_t i = 0; i < key.size(); ++i) {
      if (IsWord(key[i]) || key[i] == kValueSymbol)
        contexts_.push_back({HashMix(prefix, suffix_[i + 1]), static_cast<uint32_t>(i)});
      prefix = HashMix(prefix, key[i]);
    }
  }

  // Contexts of words in live keys that come more than once, equal ones side by side, in the order
  // of their first key.
  Vector<Occurrence> Occurrences() {
    NoteContexts();
    Vector<Occurrence> all;
    for (uint32_t id = 0; id < live_.size(); ++id) {
      if (live_[id] == 0) continue;
      const Range& range = contexts_of_[id];
      for (const Context& each :
           std::span(contexts_).subspan(range.begin, range.end - range.begin)) {
        if (again_[each.hash & (again_.size() - 1)] && IsWord(keys_[id][each.place]))
          all.push_back({each.hash, id, each.place});
      }
    }
    std::sort(all.begin(), all.end(), [](const Occurrence& a, const Occurrence& b) {
      return std::tie(a.context, a.key) < std::tie(b.context, b.key);
    });
    return all;
  }

  bool SameContext(const Occurrence& a, const Occurrence& b) const {
    const KeyView one = keys_[a.key];
    const KeyView other = keys_[b.key];
    const auto at = static_cast<long>(a.place);
    return a.place == b.place && one.size() == other.size() &&
           std::equal(one.begin(), one.begin() + at, other.begin()) &&
           std::equal(one.begin() + at + 1, one.end(), other.begin() + at + 1);
  }

  bool VariesFreely(KeyView key, size_t place, size_t words, size_t identifiers, size_t dotted,
                    bool has_value) const {
    switch (PlaceOf(key, place)) {
      case Place::kLabel:
        // Where much else is the same it is no name of what is done.
        if (words >= options_.words && CountWords(key) > kManyWords) return true;
        return words + (has_value ? 1 : 0) >= options_.labels ||
               (words >= options_.identifiers && 2 * dotted >= words);
      case Place::kAfterEquals:
        if (words >= options_.after_equals) return true;
        break;
      case Place::kAfterCue:
        return words + (has_value ? 1 : 0) >= options_.after_cue;
      case Place::kOther:
        if (words >= options_.words) return true;
        break;
    }
    return has_value || (words >= options_.identifiers && 2 * identifiers >= words);
  }

  void MergeSlots() {
    const Vector<Occurrence> all = Occurrences();
    Vector<Candidate> candidates;
    for (size_t begin = 0; begin < all.size();) {
      size_t end = begin;
      while (end < all.size() && all[end].context == all[begin].context) ++end;
      Consider(all, begin, end, &candidates);
      begin = end;
    }
    std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
      return std::make_tuple(b.words, all[a.begin].key, all[a.begin].place) <
             std::make_tuple(a.words, all[b.begin].key, all[b.begin].place);
    });
    Vector<uint8_t> used(keys_.size(), 0);
    for (const Candidate& candidate : candidates) {
      const auto taken = [&](size_t i) { return used[all[i].key] != 0; };
      bool free = candidate.hole >= target_.size() || target_[candidate.hole] == kNone;
      for (size_t i = candidate.begin; i < candidate.end; ++i) free &= !taken(i);
      if (!free) continue;
      for (size_t i = candidate.begin; i < candidate.end; ++i) {
        target_[all[i].key] = candidate.hole;
        used[all[i].key] = 1;
      }
      if (candidate.hole < used.size()) used[candidate.hole] = 1;
    }
  }

  void Consider(const Vector<Occurrence>& all, size_t begin, size_t end,
                Vector<Candidate>* candidates) {
    const Occurrence& first = all[begin];
    const KeyView key = keys_[first.key];
    Key hole(key.begin(), key.end());
    hole[first.place] = kValueSymbol;
    const bool has_value = Find(hole) != kNone;
    const size_t words = end - begin;
    if (words + (has_value ? 1 : 0) < 2 || !SaysEnough(hole, words)) return;
    size_t identifiers = 0;
    size_t dotted = 0;
    for (size_t i = begin; i < end; ++i) {
      // Two contexts of one hash: leave them.
      if (!SameContext(first, all[i])) return;
      const Symbol word = keys_[all[i].key][all[i].place];
      identifiers += symbols_.IsIdentifier(word) ? 1 : 0;
      dotted += symbols_.IsDottedName(word) ? 1 : 0;
    }
    if (!VariesFreely(key, first.place, words, identifiers, dotted, has_value)) return;
    const uint32_t id = keys_.Add(hole);
    candidates->push_back({words + (has_value ? 1 : 0), id, begin, end});
  }

  // () is ( value ), "x" is "x ( value )", and Name( value ) is a value, where there is such a key.
  void MergeBrackets() {
    for (uint32_t id = 0; id < live_.size(); ++id) {
      if (live_[id] == 0 || target_[id] != kNone || !HasBracket(id)) continue;
      for (size_t i = 0; i + 1 < keys_[id].size() && target_[id] == kNone; ++i) MergeBracket(id, i);
    }
  }

  // Found once for each key.
  bool HasBracket(uint32_t id) {
    for (uint32_t next = static_cast<uint32_t>(has_bracket_.size()); next <= id; ++next) {
      const KeyView key = keys_[next];
      has_bracket_.push_back(std::any_of(key.begin(), key.end(), [this](Symbol each) {
        const char mark = symbols_.MarkOf(each);
        return mark == '(' || mark == '[' || mark == '{';
      }));
    }
    return has_bracket_[id];
  }

  void MergeBracket(uint32_t id, size_t i) {
    const KeyView key = keys_[id];
    const char mark = symbols_.MarkOf(key[i]);
    if (mark != '(' && mark != '[' && mark != '{') return;
    const char close = Closing(mark);
    const auto at = [](size_t place) { return static_cast<long>(place); };
    if (symbols_.IsMark(key[i + 1], close)) {
      Key filled(key.begin(), key.end());
      filled.insert(filled.begin() + at(i) + 1, kValueSymbol);
      if (const uint32_t target = Find(filled); target != kNone && target_[target] == kNone)
        target_[id] = target;
      return;
    }
    if (i + 2 >= key.size() || key[i + 1] != kValueSymbol || !symbols_.IsMark(key[i + 2], close))
      return;
    if (i > 1 && key[i - 1] == kBlankSymbol) {
      Key without(key.begin(), key.end());
      without.erase(without.begin() + at(i) - 1, without.begin() + at(i) + 3);
      const uint32_t other = Find(without);
      if (other != kNone && target_[other] == kNone && CountWords(without) >= 2) {
        // Both become one with a value for the bracket and the blank before it.
        without.insert(without.begin() + at(i) - 1, kValueSymbol);
        const uint32_t merged = keys_.Add(without);
        target_[id] = merged;
        target_[other] = merged;
        return;
      }
    }
    if (i > 0 && IsWord(key[i - 1])) {
      Key value(key.begin(), key.end());
      value.erase(value.begin() + at(i), value.begin() + at(i) + 3);
      value[i - 1] = kValueSymbol;
      const uint32_t target = Find(value);
      if (target != kNone && target_[target] == kNone && CountWords(value) >= 1)
        target_[id] = target;
    }
  }

  // Whether anything was merged.
  bool Apply() {
    bool any = false;
    Vector<uint32_t> next(target_.size(), kNone);
    for (size_t id = 0; id < target_.size(); ++id) {
      if (target_[id] == kNone || target_[id] == id) continue;
      next[id] = keys_.Add(symbols_.JoinValues(keys_[target_[id]]));
    }
    for (uint32_t& id : final_) {
      // A target may itself have one.
      for (int steps = 0; steps < kMostRounds && id < next.size() && next[id] != kNone; ++steps) {
        if (next[id] == id) break;
        id = next[id];
        any = true;
      }
    }
    return any;
  }

  const Symbols& symbols_;
  const MergeOptions& options_;
  KeySet& keys_;
  Vector<uint32_t>& final_;  // per pattern the id of its key so far
  Vector<Context> contexts_;
  Vector<Range> contexts_of_;  // per id, once it was live
  Vector<uint64_t> suffix_;
  Vector<bool> seen_;  // by the hash of a context
  Vector<bool> again_;
  Vector<bool> has_bracket_;  // per id
  Vector<uint8_t> live_;      // per id: some pattern has it
  Vector<uint32_t> target_;   // per id: what it becomes in this round
};

}  // namespace

void MergePatterns(Vector<KeyView> patterns, const Symbols& symbols, const MergeOptions& options,
                   MergedKeys* merged) {
  TextArena arena;
  MergeQuoted(symbols, options.labels, &patterns, &arena);
  Merger(patterns, symbols, options, merged).Run();
}

}  // namespace logpress::statement
