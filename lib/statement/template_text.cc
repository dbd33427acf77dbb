#include "statement/template_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "statement/tokens.h"
#include "statement/words.h"

namespace logpress::statement {
namespace {

constexpr size_t kNone = ByteView::npos;

// Where `piece` ends if it stands at content[at]; kNone if it does not.
size_t EndAt(ByteView piece, ByteView content, size_t at, bool loose) {
  const bool here = content.substr(at).starts_with(piece);
  if (!loose) return here ? at + piece.size() : kNone;
  if (here) {
    // Of blanks that are one in the piece there may be more.
    at += piece.size();
    if (piece.ends_with(' '))
      while (at < content.size() && IsBlank(content[at])) ++at;
    return at;
  }
  for (const char byte : piece) {
    if (at == content.size()) return kNone;
    if (byte == ' ' && IsBlank(content[at])) {
      while (at < content.size() && IsBlank(content[at])) ++at;
    } else if (content[at++] != byte) {
      return kNone;
    }
  }
  return at;
}

size_t FindBlank(ByteView content, size_t at) {
  while (at < content.size() && !IsBlank(content[at])) ++at;
  return at < content.size() ? at : kNone;
}

// The first place from `at` on where `piece` stands, and its end.
bool FindPiece(ByteView piece, ByteView content, size_t at, bool loose, size_t* begin,
               size_t* end) {
  for (; at <= content.size(); ++at) {
    if (!piece.empty()) {
      at = loose && piece[0] == ' ' ? FindBlank(content, at) : content.find(piece[0], at);
      if (at == kNone) return false;
    }
    *end = EndAt(piece, content, at, loose);
    if (*end == kNone) continue;
    *begin = at;
    return true;
  }
  return false;
}

}  // namespace

TemplateText TemplateText::OfAny() {
  TemplateText any;
  any.AppendSlot();
  return any;
}

void TemplateText::Clear() {
  text_.clear();
  slots_.clear();
}

void TemplateText::AppendText(ByteView text) {
  if (text.find(kSlot.back()) == kNone) {
    text_.append(text);
    return;
  }
  // It may begin behind what was text before.
  const size_t last = slots_.empty() ? 0 : slots_.back() + kSlot.size();
  const size_t overlap = std::min(text_.size() - last, kSlot.size() - 1);
  size_t at = text_.size() - overlap;
  text_.append(text);
  for (at = text_.find(kSlot, at); at != kNone; at = text_.find(kSlot, at + kSlot.size()))
    slots_.push_back(static_cast<uint32_t>(at));
}

void TemplateText::AppendSlot() {
  constexpr size_t kFewSlots = 8;
  if (slots_.empty()) slots_.reserve(kFewSlots);
  slots_.push_back(static_cast<uint32_t>(text_.size()));
  text_.append(kSlot);
}

ByteView TemplateText::piece(size_t i) const {
  const size_t begin = i == 0 ? 0 : slots_[i - 1] + kSlot.size();
  const size_t end = i < slots_.size() ? slots_[i] : text_.size();
  return ByteView{text_}.substr(begin, end - begin);
}

bool TemplateText::Match(ByteView content, bool loose, Vector<ByteView>* values) const {
  values->clear();
  size_t at = EndAt(piece(0), content, 0, loose);
  if (at == kNone) return false;
  for (size_t i = 1; i <= slots(); ++i) {
    const ByteView piece = this->piece(i);
    size_t begin = 0;
    size_t end = 0;
    if (i < slots()) {
      if (!FindPiece(piece, content, at, loose, &begin, &end)) return false;
    } else {
      // The last one ends the content.
      end = kNone;
      size_t from = at;
      if (!loose)
        from = content.size() >= at + piece.size() ? content.size() - piece.size() : kNone;
      for (; from <= content.size(); from = begin + 1) {
        if (!FindPiece(piece, content, from, loose, &begin, &end)) return false;
        if (piece.empty()) begin = end = content.size();
        if (end == content.size()) break;
      }
      if (end != content.size()) return false;
    }
    values->push_back(content.substr(at, begin - at));
    at = end;
  }
  return at == content.size();
}

}  // namespace logpress::statement
