#include "search/word_edges.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/status.h"

namespace logpress::search {
namespace {

using Kind = Expression::Kind;

// Saying what follows may repeat parts of the pattern.
constexpr size_t kMaxNodes = 100'000;
constexpr size_t kMaxEdges = 200;

enum class Side { kBehind, kBefore };

absl::Status NotPossible(Side side) {
  return absl::InvalidArgumentError(
      side == Side::kBehind
          ? "\\< is supported only before what takes at least one byte; use \\b, or lpzcat and grep"
          : "\\> is supported only behind what takes at least one byte; use \\b, or lpzcat and "
            "grep");
}

bool HasPlaces(const Expression& expression) {
  return expression.is_place() ||
         std::any_of(expression.parts.begin(), expression.parts.end(), HasPlaces);
}

size_t CountNodes(const Expression& expression) {
  size_t count = 1;
  for (const Expression& part : expression.parts) count += CountNodes(part);
  return count;
}

class Resolver {
 public:
  absl::StatusOr<Expression> Resolve(Expression expression) {
    for (Expression& part : expression.parts) {
      // Those of a concatenation see their neighbours, below.
      if (expression.kind == Kind::kConcat && part.is_place()) continue;
      LOGPRESS_ASSIGN_OR_RETURN(part, Resolve(std::move(part)));
    }
    if (expression.kind == Kind::kWordBegin) return NotPossible(Side::kBehind);
    if (expression.kind == Kind::kWordEnd) return NotPossible(Side::kBefore);
    if (expression.kind != Kind::kConcat) return expression;

    const std::span<const Expression> row(expression.parts);
    const auto edge = std::find_if(row.begin(), row.end(), [](const Expression& part) {
      return part.kind == Kind::kWordBegin || part.kind == Kind::kWordEnd;
    });
    if (edge == row.end()) return expression;
    const Side side = edge->kind == Kind::kWordBegin ? Side::kBehind : Side::kBefore;
    if (++edges_ > kMaxEdges) return NotPossible(side);
    auto before = row.first(static_cast<size_t>(edge - row.begin()));
    auto behind = row.subspan(before.size() + 1);
    LOGPRESS_ASSIGN_OR_RETURN(const Expression told,
                              Restrict(side == Side::kBehind ? behind : before, side));
    (side == Side::kBehind ? behind : before) = std::span(&told, 1);
    std::vector<Expression> parts(before.begin(), before.end());
    parts.push_back(Expression::Place(Kind::kWordEdge));
    parts.insert(parts.end(), behind.begin(), behind.end());
    return Resolve(Expression::Concat(std::move(parts)));
  }

 private:
  // The parts in a row, of which the first byte (the last one, with kBefore) is one of a word.
  absl::StatusOr<Expression> Restrict(std::span<const Expression> row, Side side) {
    const bool behind = side == Side::kBehind;
    std::vector<Expression> ways;
    std::vector<Expression> places;  // that were passed
    for (size_t n = 0; n < row.size(); ++n) {
      const size_t i = behind ? n : row.size() - 1 - n;
      const Expression& part = row[i];
      if (part.is_place()) {
        places.insert(behind ? places.end() : places.begin(), part);
        continue;
      }
      LOGPRESS_ASSIGN_OR_RETURN(Expression edge, RestrictPart(part, side));
      const auto rest = behind ? row.subspan(i + 1) : row.first(i);
      std::vector<Expression> way(rest.begin(), rest.end());
      way.insert(behind ? way.begin() : way.end(), std::move(edge));
      way.insert(behind ? way.begin() : way.end(), places.begin(), places.end());
      ways.push_back(Expression::Concat(std::move(way)));
      nodes_ += CountNodes(ways.back());
      if (nodes_ > kMaxNodes) return NotPossible(side);
      if (!MayBeEmpty(part)) return Expression::Alternate(std::move(ways));
      if (HasPlaces(part)) return NotPossible(side);
    }
    return NotPossible(side);
  }

  absl::StatusOr<Expression> RestrictPart(const Expression& part, Side side) {
    const bool behind = side == Side::kBehind;
    switch (part.kind) {
      case Kind::kBytes:
        return Expression::Bytes(part.bytes & WordBytes());
      case Kind::kConcat: {
        // Only what takes a byte: what is empty is the business of the row around it.
        if (!MayBeEmpty(part)) return Restrict(part.parts, side);
        std::vector<Expression> ways;
        for (size_t i = 0; i < part.parts.size(); ++i) {
          const std::span<const Expression> all(part.parts);
          if (part.parts[i].is_place()) return NotPossible(side);
          LOGPRESS_ASSIGN_OR_RETURN(Expression edge, RestrictPart(part.parts[i], side));
          const auto rest = behind ? all.subspan(i + 1) : all.first(i);
          std::vector<Expression> way(rest.begin(), rest.end());
          way.insert(behind ? way.begin() : way.end(), std::move(edge));
          ways.push_back(Expression::Concat(std::move(way)));
        }
        return Expression::Alternate(std::move(ways));
      }
      case Kind::kAlternate: {
        std::vector<Expression> ways;
        for (const Expression& way : part.parts) {
          LOGPRESS_ASSIGN_OR_RETURN(Expression edge, RestrictPart(way, side));
          ways.push_back(std::move(edge));
        }
        return Expression::Alternate(std::move(ways));
      }
      case Kind::kRepeat: {
        LOGPRESS_ASSIGN_OR_RETURN(Expression once, RestrictPart(part.parts[0], side));
        const int max = part.max == Expression::kNoMax ? part.max : part.max - 1;
        Expression others = Expression::Repeat(part.parts[0], std::max(part.min - 1, 0), max);
        std::vector<Expression> row;
        row.push_back(std::move(behind ? once : others));
        row.push_back(std::move(behind ? others : once));
        return Expression::Concat(std::move(row));
      }
      case Kind::kEmpty:
        return Expression::Bytes({});
      default:
        return NotPossible(side);
    }
  }

  size_t nodes_ = 0;
  size_t edges_ = 0;
};

}  // namespace

absl::StatusOr<Expression> ResolveWordEdges(Expression expression) {
  return Resolver().Resolve(std::move(expression));
}

}  // namespace logpress::search
