#include "statement/quoted.h"

#include <cstddef>

#include "base/hash.h"

namespace logpress::statement {
namespace {

// Each makes other lines equal: an access log has two such texts.
constexpr int kMostRounds = 4;

class QuoteMerger {
 public:
  QuoteMerger(const Symbols& symbols, uint32_t least, Vector<KeyView>* keys, TextArena* arena)
      : symbols_(symbols), least_(least), arena_(arena) {
    for (KeyView& key : *keys)
      if (MayHaveText(key)) keys_.push_back(&key);
  }

  // Whether there was any.
  bool Round() {
    contexts_.clear();
    HashMap<uint64_t, bool> seen;
    for (const KeyView* const key : keys_) {
      Find(*key);
      if (!seen.try_emplace(whole_, true).second) continue;
      for (const Quoted& each : quoted_) {
        Context& context = contexts_[each.context];
        (IsValue(*key, each) ? context.has_value : context.has_text) = true;
        ++context.count;
      }
    }
    bool any = false;
    for (KeyView* const each_key : keys_) {
      const KeyView key = *each_key;
      Find(key);
      const Quoted* best = nullptr;
      size_t most = 0;
      for (const Quoted& each : quoted_) {
        const Context& context = contexts_[each.context];
        const bool varies = context.count >= least_ || (context.has_value && context.has_text);
        if (IsValue(key, each) || !varies || context.count <= most) continue;
        best = &each;
        most = context.count;
      }
      if (best == nullptr) continue;
      any = true;
      const auto at = [&key](size_t i) { return key.begin() + static_cast<long>(i); };
      changed_.assign(key.begin(), at(best->begin));
      changed_.push_back(kValueSymbol);
      changed_.insert(changed_.end(), at(best->end), key.end());
      *each_key = CopyKey(changed_, arena_);
    }
    return any;
  }

 private:
  // Symbols [begin, end) between quotes.
  struct Quoted {
    size_t begin;
    size_t end;
    uint64_t context;  // a hash of the rest of the line
  };
  struct Context {
    uint32_t count = 0;  // of texts and values
    bool has_value = false;
    bool has_text = false;
  };

  bool IsQuote(Symbol symbol) const { return symbols_.IsMark(symbol, '"'); }
  bool MayHaveText(KeyView key) const {
    for (size_t i = 1; i < key.size(); ++i)
      if (IsQuote(key[i]) && MayOpen(key, i)) return true;
    return false;
  }
  static bool IsValue(KeyView key, const Quoted& quoted) {
    return quoted.end == quoted.begin + 1 && key[quoted.begin] == kValueSymbol;
  }

  // Sets quoted_ and whole_.
  void Find(KeyView key) {
    quoted_.clear();
    suffixes_.assign(key.size() + 1, 0);
    size_t words = 0;
    for (size_t i = key.size(); i-- > 0;) {
      suffixes_[i] = HashMix(suffixes_[i + 1], key[i]);
      words += symbols_.IsWord(key[i]) ? 1 : 0;
    }
    whole_ = suffixes_[0];
    uint64_t prefix = 0;
    size_t hashed = 0;
    for (size_t open = 0; open < key.size(); ++open) {
      if (!IsQuote(key[open])) continue;
      size_t close = open + 1;
      size_t inside = 0;
      for (; close < key.size() && !IsQuote(key[close]); ++close)
        inside += symbols_.IsWord(key[close]) ? 1 : 0;
      if (close == key.size()) return;
      if (close > open + 1 && words > inside && MayOpen(key, open) && MayClose(key, close)) {
        for (; hashed < open; ++hashed) prefix = HashMix(prefix, key[hashed]);
        quoted_.push_back({open + 1, close, HashMix(prefix, suffixes_[close])});
      }
      open = close;
    }
  }
  bool MayOpen(KeyView key, size_t open) const {
    size_t i = open;
    while (i > 0 && key[i - 1] == kBlankSymbol) --i;
    return i > 0 && i < open && !symbols_.IsMark(key[i - 1], ':') &&
           !symbols_.IsMark(key[i - 1], '=');
  }
  bool MayClose(KeyView key, size_t close) const {
    return close + 1 == key.size() || key[close + 1] == kBlankSymbol ||
           symbols_.IsMark(key[close + 1], ',');
  }

  const Symbols& symbols_;
  const uint32_t least_;
  TextArena* const arena_;
  Vector<KeyView*> keys_;  // those in which there may be any
  HashMap<uint64_t, Context> contexts_;
  Vector<Quoted> quoted_;  // of one key
  uint64_t whole_ = 0;     // its hash
  Vector<uint64_t> suffixes_;
  Key changed_;
};

}  // namespace

void MergeQuoted(const Symbols& symbols, uint32_t least, Vector<KeyView>* keys, TextArena* arena) {
  QuoteMerger merger(symbols, least, keys, arena);
  for (int round = 0; round < kMostRounds && merger.Round(); ++round) {
  }
}

}  // namespace logpress::statement
