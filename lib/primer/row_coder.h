// Codes rows with their values: an id that is new is followed by what it stands for.
//
// In a block without a dictionary, lists come before the rows that use them. Here nearly all values
// are known from the dictionary; the few that are not stand where they first occur, so that a
// column without a new value takes nothing. A new value of a table is a row of that table, and so
// on down to numbers and text.
//
// One class for both directions: a coder that decodes ignores what it is given. `Side` is what
// differs:
//
//   encoding   Match(table, value, slots) -> template, or their number if none fits
//              IdOf(dictionary, value) -> id, or their number;  Is(dictionary, id, value);
//              Number(number, value, &ticks, &extra) Byte(offset)
//   decoding   Literal(bytes), Value(dictionary, id), Number(number, ticks, extra), Byte(byte)
//              append, and are false where it would be too much;  position();
//              NoteSlot(table, template, begin), NoteRow: a slot, a row ends here
//   both       Add(dictionary, value)
#ifndef LOGPRESS_PRIMER_ROW_CODER_H_
#define LOGPRESS_PRIMER_ROW_CODER_H_

#include <cstdint>

#include "base/memory.h"
#include "codec/decoded_table.h"
#include "primer/shape.h"
#include "primer/state.h"
#include "text/tokenizer.h"

namespace logpress::primer {

using text::Slice;

template <typename Coder, typename Side>
class RowCoder {
 public:
  RowCoder(const Shape& shape, State* state, Side* side, Coder* coder)
      : shape_(shape), state_(*state), side_(*side), coder_(*coder) {}

  // The template of the next row of the block: as many as there are if it fits none.
  uint32_t CodeTemplate(uint32_t t) { return state_.tables[0].rows.CodeTemplate(coder_, t); }
  uint32_t templates() const {
    return static_cast<uint32_t>(shape_.tables[0].table.templates.size());
  }

  // A row that fits no template, behind that: its size, unless it is told by the newline at its
  // end. Returns 0 for that.
  uint64_t CodeLooseRow(uint64_t size) {
    codec::ModelTable& bits = state_.models.bits;
    if (bits.Code(coder_, state_.row_end, size == 0 ? 1 : 0) != 0) return 0;
    return static_cast<uint64_t>(state_.row_sizes.Code(coder_, bits, static_cast<int64_t>(size)));
  }

  // Its slots. False if they are not what an encoder writes.
  bool CodeSlots(uint32_t t, const Slice* slots) { return CodeSlots(0, t, slots); }

 private:
  static constexpr bool kDecodes = Coder::kDecodes;
  // A byte packer sees in a longer string what repeats of it, and takes less time.
  static constexpr uint32_t kLongText = 48;

  bool CodeSlots(uint32_t index, uint32_t t, const Slice* slots) {
    const ShapeTable& shape = shape_.tables[index];
    const codec::DecodedTable& table = shape.table;
    const codec::DecodedTemplate& entry = table.templates[t];
    const uint32_t begin = Position();
    uint32_t literal = entry.literal_begin;
    if (!Literal(table, literal)) return false;
    const bool usual = CodeUsual(index, t, slots);
    for (const uint32_t c : table.ColumnsOf(entry)) {
      const Slice value = kDecodes ? Slice{} : *slots++;
      const uint32_t slot_begin = Position();
      bool fine = true;
      if (table.columns[c].numeric) {
        fine = CodeNumber(index, c, value);
      } else if (!usual || !table.IsConstant(table.columns[c])) {
        fine = CodeId(index, c, value);
      } else if constexpr (kDecodes) {
        fine = side_.Value(shape.first_dictionary + table.columns[c].source, LastId(index, c));
      }
      if (!fine) return false;
      if constexpr (kDecodes) side_.NoteSlot(index, t, slot_begin);
      if (!Literal(table, ++literal)) return false;
    }
    if constexpr (kDecodes) side_.NoteRow(index, t, begin);
    // As everywhere: no more slots than bytes, or a few bits could ask for endless work.
    return !kDecodes || Position() - begin + 1 >= entry.column_count;
  }

  // Most columns that had one value in the dictionary still have it, or another one throughout: so
  // a row says once for all of them whether each has its last value. Such ones are no neighbours.
  bool CodeUsual(uint32_t index, uint32_t t, const Slice* slots) {
    const ShapeTable& shape = shape_.tables[index];
    const codec::DecodedTable& table = shape.table;
    bool constants = false;
    bool usual = true;
    for (const uint32_t c : table.ColumnsOf(table.templates[t])) {
      if (table.IsConstant(table.columns[c])) {
        constants = true;
        if constexpr (kDecodes) break;
        const uint32_t dictionary = shape.first_dictionary + table.columns[c].source;
        if constexpr (!kDecodes) usual = usual && side_.Is(dictionary, LastId(index, c), *slots);
      }
      if constexpr (!kDecodes) ++slots;
    }
    if (!constants) return true;
    TableState& state = state_.tables[index];
    codec::ModelTable& bits = state_.models.bits;
    if (state.usual == kNone)
      state.usual = bits.NewWindow(static_cast<uint32_t>(table.templates.size()));
    return bits.Code(coder_, state.usual + t, usual ? 1 : 0) != 0;
  }

  uint32_t LastId(uint32_t index, uint32_t c) const {
    const uint32_t last = state_.tables[index].columns[c].ids.last;
    return last == 0 ? 0 : last - 1;
  }

  bool CodeId(uint32_t index, uint32_t c, Slice value) {
    const ShapeTable& shape = shape_.tables[index];
    TableState& state = state_.tables[index];
    const uint32_t d = shape.table.columns[c].source;
    const uint32_t dictionary = shape.first_dictionary + d;
    codec::DictionaryState& known = state.dictionaries[d];
    const uint32_t before = known.known;
    uint32_t id = 0;
    if constexpr (!kDecodes) id = side_.IdOf(dictionary, value);
    id = state.rows.CodeId(coder_, known, state.columns[c], id);
    if (id != before) {
      if constexpr (kDecodes) return side_.Value(dictionary, id);
      return true;
    }
    const uint32_t begin = Position();
    if (!CodeNew(index, d, value)) return false;
    if constexpr (kDecodes) value = {begin, Position() - begin};
    side_.Add(dictionary, value);
    return true;
  }

  // A value that is not in its dictionary yet.
  bool CodeNew(uint32_t index, uint32_t d, Slice value) {
    const ShapeTable& shape = shape_.tables[index];
    const codec::DecodedDictionary& dictionary = shape.table.dictionaries[d];
    switch (dictionary.head.kind) {
      case ir::Strings::Kind::kText:
        break;
      case ir::Strings::Kind::kNumbers: {
        TableState& state = state_.tables[index];
        codec::NumberCoder& numbers = state.lists[d];
        return CodeNumber(dictionary.head.numbers, dictionary.start.key, value,
                          &state.list_numbers[d], [&](int64_t number, bool fresh) {
                            codec::ModelTable& bits = state_.models.bits;
                            return fresh ? numbers.CodeBehindGap(coder_, bits, number)
                                         : numbers.Code(coder_, bits, number);
                          });
      }
      case ir::Strings::Kind::kTable: {
        const uint32_t below = shape.below[d];
        const auto none = static_cast<uint32_t>(shape_.tables[below].table.templates.size());
        uint32_t t = none;
        const Slice* slots = nullptr;
        if constexpr (!kDecodes) t = side_.Match(below, value, &slots);
        t = state_.tables[below].rows.CodeTemplate(coder_, t);
        if (t < none) return CodeSlots(below, t, slots);
        break;
      }
    }
    return CodeText(dictionary.start.key, value);
  }

  bool CodeNumber(uint32_t index, uint32_t c, Slice value) {
    const codec::DecodedTable& table = shape_.tables[index].table;
    TableState& state = state_.tables[index];
    codec::ColumnState& column = state.columns[c];
    return CodeNumber(table.numbers[table.columns[c].source], table.key, value,
                      &state.column_numbers[c], [&](int64_t number, bool fresh) {
                        return fresh ? state.rows.CodeNumberBehindGap(coder_, column, number)
                                     : state.rows.CodeNumber(coder_, column, number);
                      });
  }

  // A number, or text where it is none.
  template <typename Code>
  bool CodeNumber(const codec::NumberKind& kind, uint64_t key, Slice value, NumberState* state,
                  const Code& code) {
    codec::ModelTable& bits = state_.models.bits;
    if (state->flags == kNone) state->flags = bits.NewWindow(2);
    int64_t number = 0;
    int64_t extra = state->extra;
    uint32_t is_text = 0;
    if constexpr (!kDecodes) is_text = side_.Number(kind, value, &number, &extra) ? 0 : 1;
    if (bits.Code(coder_, state->flags, is_text) != 0) return CodeText(key, value);
    if (kind.timestamps != nullptr &&
        bits.Code(coder_, state->flags + 1, extra != state->extra) != 0) {
      state->extra = state->extras.Code(coder_, bits, extra);
    }
    number = code(number, state->fresh);
    state->fresh = false;
    if constexpr (kDecodes) return side_.Number(kind, number, state->extra);
    return true;
  }

  bool CodeText(uint64_t key, Slice value) {
    state_.text.Begin(key);
    for (uint32_t i = 0;; ++i) {
      uint32_t symbol = TextCoder::kEnd;
      if constexpr (!kDecodes) {
        if (i < value.size) symbol = uint32_t{side_.Byte(value.offset + i)} + 1;
        if (value.size >= kLongText) symbol = TextCoder::kLong;
      }
      symbol = state_.text.Code(coder_, state_.models, symbol);
      if (symbol == TextCoder::kEnd) return true;
      if (symbol == TextCoder::kLong) {
        const auto size = static_cast<uint64_t>(
            state_.text_sizes.Code(coder_, state_.models.bits, int64_t{value.size}));
        if constexpr (kDecodes) {
          return i == 0 && side_.Text(size);
        } else {
          side_.Text(value);
          return true;
        }
      }
      if constexpr (kDecodes) {
        if (symbol > TextCoder::kLong || !side_.Byte(static_cast<uint8_t>(symbol - 1)))
          return false;
      }
    }
  }

  bool Literal(const codec::DecodedTable& table, uint32_t literal) {
    if constexpr (kDecodes) return side_.Literal(table.literals[literal]);
    return true;
  }
  uint32_t Position() const {
    if constexpr (kDecodes) return side_.position();
    return 0;
  }

  const Shape& shape_;
  State& state_;
  Side& side_;
  Coder& coder_;
};

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_ROW_CODER_H_
