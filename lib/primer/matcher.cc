#include "primer/matcher.h"

#include <algorithm>
#include <cstring>

#include "base/run_hash.h"
#include "primer/shape.h"

namespace logpress::primer {
namespace {

using text::Grain;
using text::Token;

constexpr uint64_t kSeed = 0x5bd1e995u;
// More templates than these are not compared with one row.
constexpr size_t kMaxCandidates = 64;

bool SameBytes(const char* a, Slice in_a, const char* b, Slice in_b) {
  return in_a.size == in_b.size && SameRun(a + in_a.offset, b + in_b.offset, in_a.size);
}

// What lies between token i - 1 and token i of a row; the last gap ends it.
template <typename Tokens>
Slice Gap(Slice row, const Tokens& tokens, size_t i) {
  const uint32_t begin =
      i == 0 ? row.offset : tokens[i - 1].slice.offset + tokens[i - 1].slice.size;
  const uint32_t end = i == tokens.size() ? row.offset + row.size : tokens[i].slice.offset;
  return {begin, end - begin};
}

}  // namespace

Matcher::Matcher(size_t tables, std::span<const Example> examples,
                 std::span<const time::TimestampFormat> timestamps)
    : seed_(kSeed), timestamps_(timestamps.begin(), timestamps.end()), tables_(tables) {
  // What divided the values of a table is not told, but seen: its slots are tokens then.
  Vector<uint32_t> as_digits(tables, 0);
  Vector<uint32_t> as_values(tables, 0);
  Vector<Token> tokens;
  for (const Example& example : examples) {
    if (example.table == 0) continue;
    as_values[example.table] += SlotsAreTokens(example, Grain::kValue, &tokens) ? 1 : 0;
    as_digits[example.table] += SlotsAreTokens(example, Grain::kDigits, &tokens) ? 1 : 0;
  }
  for (size_t t = 1; t < tables; ++t)
    tables_[t].grain = as_digits[t] > as_values[t] ? Grain::kDigits : Grain::kValue;
  for (const Example& example : examples) {
    Table& table = tables_[example.table];
    if (SlotsAreTokens(example, table.grain, &tokens)) AddPattern(example, tokens, &table);
  }
  for (Table& table : tables_) {
    for (auto& [shape, patterns] : table.by_shape) {
      std::sort(patterns.begin(), patterns.end(), [](const Pattern& a, const Pattern& b) {
        return a.slots != b.slots ? a.slots < b.slots : a.template_id < b.template_id;
      });
      if (patterns.size() > kMaxCandidates) patterns.resize(kMaxCandidates);
    }
  }
}

uint64_t Matcher::ShapeOf(const char* text, Slice row, std::span<const Token> tokens) const {
  uint64_t hash = seed_ + tokens.size();
  for (size_t i = 0; i <= tokens.size(); ++i) {
    const Slice gap = Gap(row, tokens, i);
    hash = HashRun(text + gap.offset, gap.size, hash);
  }
  return hash;
}

bool Matcher::SlotsAreTokens(const Example& example, Grain grain, Vector<Token>* tokens) const {
  tokens->clear();
  text::Tokenize(example.row, {0, static_cast<uint32_t>(example.row.size())}, grain, timestamps_,
                 tokens);
  size_t at = 0;
  for (const Slice& slot : example.slots) {
    while (at < tokens->size() && (*tokens)[at].slice.offset < slot.offset) ++at;
    if (at == tokens->size() || (*tokens)[at].slice.offset != slot.offset ||
        (*tokens)[at].slice.size != slot.size) {
      return false;
    }
    ++at;
  }
  return true;
}

void Matcher::AddPattern(const Example& example, std::span<const Token> tokens, Table* table) {
  const auto base = static_cast<uint32_t>(text_.size());
  text_.append(example.row);
  const auto size = static_cast<uint32_t>(example.row.size());
  Pattern pattern = {example.template_id,
                     static_cast<uint32_t>(example.slots.size()),
                     {base, size},
                     static_cast<uint32_t>(tokens_.size()),
                     static_cast<uint32_t>(tokens.size())};
  size_t slot = 0;
  for (const Token& token : tokens) {
    const bool is_slot =
        slot < example.slots.size() && example.slots[slot].offset == token.slice.offset;
    slot += is_slot;
    tokens_.push_back({{base + token.slice.offset, token.slice.size}, is_slot});
  }
  const uint64_t shape = ShapeOf(example.row.data(), {0, size}, tokens);
  table->by_shape[shape].push_back(pattern);
}

bool Matcher::Fits(const Pattern& pattern, const char* text, Slice row,
                   std::span<const Token> tokens, bool of_skeleton) const {
  if (pattern.token_count != tokens.size()) return false;
  const auto known = std::span(tokens_).subspan(pattern.token_begin, pattern.token_count);
  for (size_t i = 0; i <= tokens.size(); ++i) {
    if (!SameBytes(text, Gap(row, tokens, i), text_.data(), Gap(pattern.row, known, i)))
      return false;
    if (i == tokens.size() || known[i].slot || (of_skeleton && tokens[i].variable)) continue;
    if (!SameBytes(text, tokens[i].slice, text_.data(), known[i].slice)) return false;
  }
  return true;
}

uint32_t Matcher::Find(uint32_t table, ByteView text, Slice value, Scratch* scratch) const {
  scratch->tokens.clear();
  scratch->slots.clear();
  text::Tokenize(text, value, tables_[table].grain, timestamps_, &scratch->tokens);
  const auto& by_shape = tables_[table].by_shape;
  const auto found = by_shape.find(ShapeOf(text.data(), value, scratch->tokens));
  if (found == by_shape.end()) return kNone;
  for (const Pattern& pattern : found->second) {
    if (!Fits(pattern, text.data(), value, scratch->tokens, false)) continue;
    for (size_t i = 0; i < scratch->tokens.size(); ++i) {
      if (tokens_[pattern.token_begin + i].slot) scratch->slots.push_back(scratch->tokens[i].slice);
    }
    return pattern.template_id;
  }
  return kNone;
}

void Matcher::FindPlans(ByteView text, std::span<const Slice> rows, const cluster::SkeletonSet& set,
                        Plans* plans) const {
  plans->begin.clear();
  plans->plans.clear();
  plans->sources.clear();
  const auto& by_shape = tables_[0].by_shape;
  for (const cluster::Skeleton& skeleton : set.skeletons) {
    plans->begin.push_back(static_cast<uint32_t>(plans->plans.size()));
    const auto tokens = set.TokensOf(skeleton);
    const Slice row = rows[skeleton.first_row];
    const auto found = by_shape.find(ShapeOf(text.data(), row, tokens));
    if (found == by_shape.end()) continue;
    for (const Pattern& pattern : found->second) {
      if (!Fits(pattern, text.data(), row, tokens, true)) continue;
      Plan plan = {pattern.template_id, static_cast<uint32_t>(plans->sources.size()), pattern.slots,
                   0};
      uint32_t value = 0;
      for (size_t i = 0; i < tokens.size(); ++i) {
        if (tokens_[pattern.token_begin + i].slot)
          plans->sources.push_back({tokens[i].variable ? value : kNone, tokens[i].slice});
        value += tokens[i].variable ? 1 : 0;
      }
      value = 0;
      for (size_t i = 0; i < tokens.size(); ++i) {
        const PatternToken& known = tokens_[pattern.token_begin + i];
        if (!known.slot && tokens[i].variable) {
          plans->sources.push_back({value, known.slice});
          ++plan.check_count;
        }
        value += tokens[i].variable ? 1 : 0;
      }
      plans->plans.push_back(plan);
      if (plan.check_count == 0) break;
    }
  }
  plans->begin.push_back(static_cast<uint32_t>(plans->plans.size()));
}

uint32_t Matcher::FindRow(ByteView text, uint32_t row, const cluster::SkeletonSet& set,
                          const Plans& plans, Vector<Slice>* slots) const {
  slots->clear();
  const uint32_t skeleton = set.row_skeleton[row];
  const Slice* const values = set.values.data() + set.row_values[row];
  for (uint32_t p = plans.begin[skeleton]; p < plans.begin[skeleton + 1]; ++p) {
    const Plan& plan = plans.plans[p];
    const Source* const sources = plans.sources.data() + plan.begin;
    const Source* const checks = sources + plan.source_count;
    const auto holds = [&](const Source& check) {
      return SameBytes(text.data(), values[check.value], text_.data(), check.bytes);
    };
    if (!std::all_of(checks, checks + plan.check_count, holds)) continue;
    for (const Source* source = sources; source != checks; ++source)
      slots->push_back(source->value == kNone ? source->bytes : values[source->value]);
    return plan.template_id;
  }
  return kNone;
}

}  // namespace logpress::primer
