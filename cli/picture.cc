#include "cli/picture.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace logpress::cli {
namespace {

constexpr size_t kGlyphRows = 7;
constexpr size_t kGlyphColumns = 5;

struct Glyph {
  char letter;
  std::array<uint8_t, kGlyphRows> rows;  // the leftmost pixel is the highest of five bits
};

constexpr Glyph kGlyphs[] = {
    {'0', {0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110}},
    {'1', {0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110}},
    {'2', {0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111}},
    {'3', {0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110}},
    {'4', {0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010}},
    {'5', {0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110}},
    {'6', {0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110}},
    {'7', {0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000}},
    {'8', {0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110}},
    {'9', {0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100}},
    {'-', {0b00000, 0b00000, 0b00000, 0b11111, 0b00000, 0b00000, 0b00000}},
    {':', {0b00000, 0b00100, 0b00100, 0b00000, 0b00100, 0b00100, 0b00000}},
    {'T', {0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100}},
    {'a', {0b00000, 0b00000, 0b01110, 0b00001, 0b01111, 0b10001, 0b01111}},
    {'c', {0b00000, 0b00000, 0b01110, 0b10000, 0b10000, 0b10001, 0b01110}},
    {'d', {0b00001, 0b00001, 0b01101, 0b10011, 0b10001, 0b10001, 0b01111}},
    {'e', {0b00000, 0b00000, 0b01110, 0b10001, 0b11111, 0b10000, 0b01110}},
    {'h', {0b10000, 0b10000, 0b10110, 0b11001, 0b10001, 0b10001, 0b10001}},
    {'i', {0b00100, 0b00000, 0b01100, 0b00100, 0b00100, 0b00100, 0b01110}},
    {'l', {0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110}},
    {'m', {0b00000, 0b00000, 0b11010, 0b10101, 0b10101, 0b10101, 0b10101}},
    {'n', {0b00000, 0b00000, 0b10110, 0b11001, 0b10001, 0b10001, 0b10001}},
    {'o', {0b00000, 0b00000, 0b01110, 0b10001, 0b10001, 0b10001, 0b01110}},
    {'s', {0b00000, 0b00000, 0b01111, 0b10000, 0b01110, 0b00001, 0b11110}},
    {'t', {0b01000, 0b01000, 0b11100, 0b01000, 0b01000, 0b01001, 0b00110}},
};

void AppendNumber(size_t number, std::string* out) {
  for (int shift = 24; shift >= 0; shift -= 8)
    out->push_back(static_cast<char>(number >> shift & 0xff));
}

// A part of the file: how long it is, what it is, its bytes and their checksum.
void AppendChunk(std::string_view kind, std::string_view bytes, std::string* png) {
  AppendNumber(bytes.size(), png);
  const size_t begin = png->size();
  png->append(kind).append(bytes);
  const auto* const summed = reinterpret_cast<const Bytef*>(png->data() + begin);
  AppendNumber(crc32(0, summed, static_cast<uInt>(png->size() - begin)), png);
}

}  // namespace

Picture::Picture(size_t width, size_t height)
    : width_(width), height_(height), rows_((width + 1) * height, '\0') {}

void Picture::Fill(size_t x, size_t y, size_t width, size_t height, Color color) {
  const size_t end = std::min(x + width, width_);
  for (size_t row = y; x < end && row < std::min(y + height, height_); ++row) {
    const auto begin = rows_.begin() + static_cast<std::ptrdiff_t>(row * (width_ + 1) + 1 + x);
    std::fill_n(begin, end - x, static_cast<char>(color));
  }
}

void Picture::Write(size_t x, size_t y, std::string_view text) {
  for (const char letter : text) {
    const Glyph* const glyph =
        std::find_if(std::begin(kGlyphs), std::end(kGlyphs),
                     [letter](const Glyph& each) { return each.letter == letter; });
    for (size_t row = 0; glyph != std::end(kGlyphs) && row < kGlyphRows; ++row) {
      for (size_t column = 0; column < kGlyphColumns; ++column) {
        if ((glyph->rows[row] >> (kGlyphColumns - 1 - column) & 1) == 0) continue;
        Fill(x + column * kScale, y + row * kScale, kScale, kScale, Color::kBlack);
      }
    }
    x += kAdvance;
  }
}

absl::StatusOr<std::string> Picture::Png() const {
  uLongf size = compressBound(static_cast<uLong>(rows_.size()));
  std::string packed(size, '\0');
  if (compress(reinterpret_cast<Bytef*>(packed.data()), &size,
               reinterpret_cast<const Bytef*>(rows_.data()),
               static_cast<uLong>(rows_.size())) != Z_OK)
    return absl::ResourceExhaustedError("out of memory");
  packed.resize(size);
  constexpr std::string_view kDepthAndKind("\x08\x03\0\0\0", 5);  // a byte a pixel, of a palette
  constexpr std::string_view kPalette("\xff\xff\xff\x3a\x6e\xa5\0\0\0", 9);
  std::string header;
  AppendNumber(width_, &header);
  AppendNumber(height_, &header);
  header.append(kDepthAndKind);
  std::string png = "\x89PNG\r\n\x1a\n";
  AppendChunk("IHDR", header, &png);
  AppendChunk("PLTE", kPalette, &png);
  AppendChunk("IDAT", packed, &png);
  AppendChunk("IEND", "", &png);
  return png;
}

}  // namespace logpress::cli
