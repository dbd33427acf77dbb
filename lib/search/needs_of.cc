#include "search/needs_of.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace logpress::search {
namespace {

using Kind = Expression::Kind;

// A set of strings is kept as such up to this: more would be a long list of weak conditions.
constexpr size_t kMaxStrings = 16;
// An OR of more literals costs more to look for than it leaves out. As many patterns as that may be
// given, so it is not small.
constexpr size_t kMaxLiterals = 1000;
constexpr size_t kMaxRepeated = 1000;  // bytes that a repetition is written out to

using Strings = std::vector<std::string>;  // sorted, each once

// What is known of a part of an expression.
struct Known {
  std::optional<Strings> exactly;  // it matches one of these and nothing else
  Needs needs;                     // if not so
};

size_t CountLiterals(const Needs& needs) {
  size_t count = needs.kind == Needs::Kind::kLiteral || needs.kind == Needs::Kind::kSets ? 1 : 0;
  for (const Needs& part : needs.parts) count += CountLiterals(part);
  return count;
}

Needs AnyOf(std::vector<Needs> parts) {
  size_t literals = 0;
  for (const Needs& part : parts) {
    if (part.kind == Needs::Kind::kNothing) return {};
    literals += CountLiterals(part);
  }
  if (literals > kMaxLiterals) return {};
  if (parts.size() == 1) return std::move(parts[0]);
  return Needs::Any(std::move(parts));
}

Needs AllOf(std::vector<Needs> parts) {
  std::erase_if(parts, [](const Needs& part) { return part.kind == Needs::Kind::kNothing; });
  if (parts.empty()) return {};
  if (parts.size() == 1) return std::move(parts[0]);
  return Needs::All(std::move(parts));
}

// The line holds one of `strings`.
Needs OneOf(const Strings& strings) {
  std::vector<Needs> parts;
  for (const std::string& string : strings) {
    if (string.empty()) return {};
    // What holds the longer one holds the shorter one.
    const bool held = std::any_of(strings.begin(), strings.end(), [&string](const auto& other) {
      return other.size() < string.size() && string.find(other) != std::string::npos;
    });
    if (!held) parts.push_back(Needs::Literal(string));
  }
  return AnyOf(std::move(parts));
}

Needs NeedsOfKnown(Known known) {
  return known.exactly ? OneOf(*known.exactly) : std::move(known.needs);
}

void Sort(Strings* strings) {
  std::sort(strings->begin(), strings->end());
  strings->erase(std::unique(strings->begin(), strings->end()), strings->end());
}

Strings Product(const Strings& left, const Strings& right) {
  Strings product;
  product.reserve(left.size() * right.size());
  for (const std::string& a : left)
    for (const std::string& b : right) product.push_back(a + b);
  Sort(&product);
  return product;
}

class Walker {
 public:
  explicit Walker(bool ignore_case) : ignore_case_(ignore_case) {}

  Known Walk(const Expression& expression) const {
    switch (expression.kind) {
      case Kind::kBytes:
        return WalkBytes(expression.bytes);
      case Kind::kConcat:
        return WalkConcat(expression.parts);
      case Kind::kAlternate:
        return WalkAlternate(expression.parts);
      case Kind::kRepeat:
        return WalkRepeat(expression);
      default:
        return {Strings{""}, {}};  // a place has no bytes
    }
  }

 private:
  Known WalkBytes(const ByteSet& bytes) const {
    Strings strings;
    if (bytes.count() > 2 * kMaxStrings) return {};
    for (size_t byte = 0; byte < bytes.size(); ++byte) {
      const bool upper = byte >= 'A' && byte <= 'Z';
      if (bytes[byte])
        strings.emplace_back(1, static_cast<char>(ignore_case_ && upper ? byte | 0x20 : byte));
    }
    Sort(&strings);
    if (strings.size() > kMaxStrings) return {};
    return {std::move(strings), {}};
  }

  // A byte of each set in a row, from parts[*i] on if parts begin with some and there are those in
  // their middle that may be many bytes: otherwise strings say the same.
  static std::vector<ByteSet> SetsAt(const std::vector<Expression>& parts, size_t* i) {
    std::vector<ByteSet> sets;
    size_t end = *i;
    for (; end < parts.size(); ++end) {
      const Expression& part = parts[end];
      if (part.is_place()) continue;
      const bool repeated =
          part.kind == Kind::kRepeat && part.min == part.max && part.parts[0].kind == Kind::kBytes;
      if (part.kind != Kind::kBytes && !repeated) break;
      const size_t times = repeated ? static_cast<size_t>(part.min) : 1;
      if (sets.size() + times > kMaxRepeated) break;
      sets.insert(sets.end(), times, repeated ? part.parts[0].bytes : part.bytes);
    }
    const auto is_wide = [](const ByteSet& set) { return set.count() > kMaxStrings; };
    while (!sets.empty() && is_wide(sets.back())) sets.pop_back();
    const auto first = std::find_if_not(sets.begin(), sets.end(), is_wide);
    sets.erase(sets.begin(), first);
    const auto any_none =
        std::any_of(sets.begin(), sets.end(), [](const ByteSet& set) { return set.none(); });
    if (any_none || std::none_of(sets.begin(), sets.end(), is_wide)) return {};
    *i = end;
    return sets;
  }

  // Keeps what the parts in a row spell together, as long as that is known: the longest literals.
  Known WalkConcat(const std::vector<Expression>& parts) const {
    Strings run{""};
    bool whole = true;  // the run is all that was walked over
    std::vector<Needs> needs;
    const auto begin_anew = [&](Strings next) {
      needs.push_back(OneOf(run));
      run = std::move(next);
      whole = false;
    };
    for (size_t i = 0; i < parts.size(); ++i) {
      if (i == 0 || (parts[i - 1].kind != Kind::kBytes && !parts[i - 1].is_place())) {
        if (std::vector<ByteSet> sets = SetsAt(parts, &i); !sets.empty()) {
          begin_anew({""});
          needs.push_back(Needs::Sets(std::move(sets)));
          if (i == parts.size()) break;
        }
      }
      const Expression& part = parts[i];
      Known known = Walk(part);
      if (known.exactly && known.exactly->size() * run.size() <= kMaxStrings) {
        run = Product(run, *known.exactly);
      } else if (known.exactly) {
        begin_anew(std::move(*known.exactly));
      } else if (std::optional<Strings> once = RepeatedAtLeastOnce(part)) {
        // Its first time is behind the run, its last before what follows.
        if (once->size() * run.size() <= kMaxStrings) run = Product(run, *once);
        begin_anew(std::move(*once));
      } else {
        begin_anew({""});
        needs.push_back(std::move(known.needs));
      }
    }
    if (whole) return {std::move(run), {}};
    needs.push_back(OneOf(run));
    return {std::nullopt, AllOf(std::move(needs))};
  }

  std::optional<Strings> RepeatedAtLeastOnce(const Expression& part) const {
    if (part.kind != Kind::kRepeat || part.min == 0) return std::nullopt;
    return Walk(part.parts[0]).exactly;
  }

  Known WalkAlternate(const std::vector<Expression>& parts) const {
    std::vector<Known> branches;
    Strings all;
    bool exactly = true;
    for (const Expression& part : parts) {
      branches.push_back(Walk(part));
      const auto& strings = branches.back().exactly;
      exactly = exactly && strings && all.size() + strings->size() <= kMaxStrings;
      if (exactly) all.insert(all.end(), strings->begin(), strings->end());
    }
    if (exactly) {
      Sort(&all);
      return {std::move(all), {}};
    }
    std::vector<Needs> needs;
    needs.reserve(branches.size());
    for (Known& branch : branches) needs.push_back(NeedsOfKnown(std::move(branch)));
    return {std::nullopt, AnyOf(std::move(needs))};
  }

  Known WalkRepeat(const Expression& repeat) const {
    Known once = Walk(repeat.parts[0]);
    if (once.exactly && repeat.max == 1) {  // then min is 0
      once.exactly->emplace_back();
      Sort(&*once.exactly);
      if (once.exactly->size() <= kMaxStrings) return once;
    }
    if (repeat.min == 0) return {};
    if (once.exactly && once.exactly->size() == 1 && repeat.min == repeat.max &&
        (*once.exactly)[0].size() * static_cast<size_t>(repeat.min) <= kMaxRepeated) {
      std::string all;
      for (int i = 0; i < repeat.min; ++i) all += (*once.exactly)[0];
      return {Strings{std::move(all)}, {}};
    }
    return {std::nullopt, NeedsOfKnown(std::move(once))};
  }

  const bool ignore_case_;
};

}  // namespace

Needs NeedsOf(const Expression& expression, bool ignore_case) {
  return NeedsOfKnown(Walker(ignore_case).Walk(expression));
}

}  // namespace logpress::search
