#include "search/plan.h"

#include <algorithm>
#include <string>

namespace logpress::search {

Plan::Plan(const Query& query) : exact_(query.exact) {
  needs_ = Compile(query.needs, query.ignore_case);
}

Plan::Node Plan::Compile(const Needs& needs, bool ignore_case) {
  Node node;
  node.kind = needs.kind;
  for (const Needs& part : needs.parts) node.parts.push_back(Compile(part, ignore_case));
  if (needs.kind != Needs::Kind::kLiteral) return node;
  const auto known = std::find(literals_.begin(), literals_.end(), needs.literal);
  node.literal = static_cast<size_t>(known - literals_.begin());
  if (known != literals_.end()) return node;
  if (literals_.size() == kMaxLiterals || needs.literal.empty()) {
    node.kind = Needs::Kind::kNothing;
    exact_ = false;
    return node;
  }
  literals_.push_back(needs.literal);
  automata_.emplace_back(needs.literal, ignore_case);
  exact_ = exact_ && automata_.back().whole();
  return node;
}

bool Plan::Met(const Node& node, Literals found) {
  const auto met = [found](const Node& part) { return Met(part, found); };
  switch (node.kind) {
    case Needs::Kind::kNothing:
      return true;
    case Needs::Kind::kLiteral:
      return (found >> node.literal & 1) != 0;
    case Needs::Kind::kAll:
      return std::all_of(node.parts.begin(), node.parts.end(), met);
    case Needs::Kind::kAny:
      return std::any_of(node.parts.begin(), node.parts.end(), met);
  }
  return true;
}

}  // namespace logpress::search
