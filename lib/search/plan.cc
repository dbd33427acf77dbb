#include "search/plan.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace logpress::search {
namespace {

std::vector<ByteSet> SetsOf(std::string_view literal, bool ignore_case) {
  std::vector<ByteSet> sets;
  for (const char byte : literal) {
    ByteSet set;
    set.set(static_cast<uint8_t>(byte));
    if (ignore_case && byte >= 'a' && byte <= 'z') set.set(static_cast<uint8_t>(byte - 32));
    sets.push_back(set);
  }
  return sets;
}

// The one letter of the set, as a capital if that is in it; NUL: there is none, or several.
char LetterOf(const ByteSet& set) {
  for (const char capital : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
    const auto byte = static_cast<uint8_t>(capital);
    const size_t letters = (set[byte] ? 1 : 0) + (set[byte + 32] ? 1 : 0);
    if (letters == 0) continue;
    if (letters != set.count()) return '\0';
    return set[byte] ? capital : static_cast<char>(byte + 32);
  }
  return '\0';
}

}  // namespace

Plan::Plan(const Query& query) : exact_(query.exact) {
  needs_ = Compile(query.needs, query.ignore_case);
}

Plan::Node Plan::Compile(const Needs& needs, bool ignore_case) {
  Node node;
  node.kind = needs.kind;
  for (const Needs& part : needs.parts) node.parts.push_back(Compile(part, ignore_case));
  if (needs.kind != Needs::Kind::kLiteral && needs.kind != Needs::Kind::kSets) return node;
  const std::vector<ByteSet> sets =
      needs.kind == Needs::Kind::kSets ? needs.sets : SetsOf(needs.literal, ignore_case);
  const auto known = std::find(literals_.begin(), literals_.end(), sets);
  node.literal = static_cast<size_t>(known - literals_.begin());
  if (known != literals_.end()) return node;
  if (literals_.size() == kMaxLiterals || sets.empty()) {
    node.kind = Needs::Kind::kNothing;
    exact_ = false;
    return node;
  }
  automata_.emplace_back(sets);
  literals_.push_back(sets);
  std::transform(sets.begin(), sets.end(), std::back_inserter(letters_.emplace_back()), LetterOf);
  exact_ = exact_ && automata_.back().whole();
  return node;
}

bool Plan::Met(const Node& node, Literals found) {
  const auto met = [found](const Node& part) { return Met(part, found); };
  switch (node.kind) {
    case Needs::Kind::kNothing:
      return true;
    case Needs::Kind::kLiteral:
    case Needs::Kind::kSets:
      return (found >> node.literal & 1) != 0;
    case Needs::Kind::kAll:
      return std::all_of(node.parts.begin(), node.parts.end(), met);
    case Needs::Kind::kAny:
      return std::any_of(node.parts.begin(), node.parts.end(), met);
  }
  return true;
}

}  // namespace logpress::search
