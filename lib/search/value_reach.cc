#include "search/value_reach.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/newlines.h"
#include "codec/escape.h"
#include "ir/number_format.h"
#include "time/timestamp_names.h"

namespace logpress::search {
namespace {

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

// No number is longer.
constexpr size_t kMostBytes = ir::kMaxNumberSize;

Reach OfString(const Automaton& automaton, ByteView bytes) {
  Reach reach;
  automaton.Add(automaton.StepOf(bytes), &reach);
  return reach;
}

template <typename Allowed>
Reach OfRuns(const Automaton& automaton, const Allowed& allowed, size_t least, size_t most) {
  Reach reach;
  automaton.AddRuns(allowed, least, most, &reach);
  return reach;
}

// A name in the style of a pattern's field: 'b' and 'a' are its first three letters.
std::string Styled(std::string_view name, char style, bool full) {
  std::string styled(full ? name : name.substr(0, 3));
  for (char& byte : styled) {
    if (style == '^') byte = static_cast<char>(byte & ~0x20);
    if (style == '#') byte = static_cast<char>(byte | 0x20);
  }
  return styled;
}

// One field of a timestamp's pattern, without its '%'.
Reach OfField(const Automaton& automaton, std::string_view field) {
  Reach reach;
  const char last = field.back();
  if (last == 'b' || last == 'B' || last == 'a' || last == 'A') {
    const auto add = [&](std::string_view name) {
      const bool full = last == 'B' || last == 'A';
      automaton.Add(automaton.StepOf(Styled(name, field.front(), full)), &reach);
    };
    if (last == 'b' || last == 'B') {
      for (const std::string_view name : time::kMonthNames) add(name);
    } else {
      for (const std::string_view name : time::kWeekdayNames) add(name);
    }
    return reach;
  }
  if (last == 'p' || last == 'P') {
    for (const std::string_view name : {"AM", "PM", "am", "pm"})
      automaton.Add(automaton.StepOf(name), &reach);
    return reach;
  }
  if (last == 'Z') {
    for (const time::ZoneName& zone : time::kZoneNames)
      automaton.Add(automaton.StepOf(zone.name), &reach);
    return reach;
  }
  const char first = field.front();
  const auto digits = [&](size_t least, size_t most) {
    return OfRuns(automaton, IsDigit, least, most);
  };
  if (last == 'z') {
    automaton.Add(automaton.StepOf("+"), &reach);
    automaton.Add(automaton.StepOf("-"), &reach);
    reach = automaton.Join(reach, digits(2, 2));
    if (field == ":z") reach = automaton.Join(reach, OfString(automaton, ":"));
    return field == ":::z" ? reach : automaton.Join(reach, digits(2, 2));
  }
  if (last == 'f') {
    const auto places = static_cast<size_t>(field[field.size() - 2] - '0');
    if (first != '.' && first != ',') return digits(places, places);
    automaton.Add(automaton.StepOf(""), &reach);
    const Reach fraction =
        automaton.Join(OfString(automaton, field.substr(0, 1)), digits(1, places));
    Automaton::Unite(fraction, &reach);
    return reach;
  }
  if (first == '_') {
    return OfRuns(
        automaton, [](char byte) { return IsDigit(byte) || byte == ' '; }, 2, 2);
  }
  if (first == '-') return digits(1, last == 'L' ? 3 : 2);
  return last == 'Y' ? digits(4, 4) : last == 's' ? digits(10, 10) : digits(2, 2);
}

Reach OfTimestamps(const Automaton& automaton, const time::TimestampFormat& format) {
  const std::string pattern = format.Pattern();
  std::optional<Reach> reach;
  for (size_t i = 0; i < pattern.size();) {
    size_t end = i + 1;
    if (pattern[i] == '%') {
      // What stands before the letter: a style, or the digits of a fraction.
      while (std::string_view("_-^#:.,0123456789").find(pattern[end]) != std::string_view::npos)
        ++end;
      ++end;
    }
    const std::string_view piece = std::string_view{pattern}.substr(i, end - i);
    const Reach next =
        pattern[i] == '%' ? OfField(automaton, piece.substr(1)) : OfString(automaton, piece);
    reach = reach ? automaton.Join(*reach, next) : next;
    i = end;
  }
  return *reach;
}

Reach OfText(const Automaton& automaton, ByteView text) {
  Reach reach;
  // Whole literals are looked for in all strings at once.
  if (automaton.Find(text, 0) != ByteView::npos) reach.Add(0, automaton.found());
  const bool any_escaped = text.find(codec::kEscape) != ByteView::npos;
  ByteBuffer plain;
  static_assert(codec::kStringEnd == '\n');
  ForEachLine(text, text.size(), [&](size_t begin, size_t end) {
    const ByteView value(text.data() + begin, end - begin);
    if (any_escaped && value.find(codec::kEscape) != ByteView::npos) {
      plain.clear();
      // A value that ends in the middle of an escape is an error to whoever decodes it.
      static_cast<void>(codec::Unescape(value, &plain));
      automaton.Add(automaton.StepOf(plain), &reach);
    } else if (automaton.HasEdges(value)) {
      automaton.Add(automaton.EdgesOf(value), &reach);
    }
  });
  return reach;
}

// Of the rows of a table, by what of_dictionary(d) says of the values of each dictionary.
template <typename OfDictionary>
Reach OfTable(NumberReaches* numbers, const codec::DecodedTable& table,
              const OfDictionary& of_dictionary) {
  const Automaton& automaton = numbers->automaton();
  Vector<Reach> dictionaries;
  for (size_t d = 0; d < table.dictionaries.size(); ++d) dictionaries.push_back(of_dictionary(d));
  Reach reach;
  for (const codec::DecodedTemplate& entry : table.templates) {
    uint32_t literal = entry.literal_begin;
    Reach row = OfString(automaton, table.literals[literal]);
    for (const uint32_t c : table.ColumnsOf(entry)) {
      const codec::DecodedColumn& column = table.columns[c];
      row = automaton.Join(row, column.numeric ? numbers->Of(table.numbers[column.source])
                                               : dictionaries[column.source]);
      const ByteView bytes = table.literals[++literal];
      if (!bytes.empty()) row = automaton.Join(row, OfString(automaton, bytes));
    }
    Automaton::Unite(row, &reach);
  }
  return reach;
}

}  // namespace

Reach ReachOf(const Automaton& automaton, const codec::NumberKind& kind) {
  if (kind.timestamps != nullptr) return OfTimestamps(automaton, kind.timestamps->format);
  const size_t width = kind.format.width;
  const auto runs = [&](const auto& allowed, size_t least, size_t most) {
    return OfRuns(automaton, allowed, least, most);
  };
  const auto is_hex = [&](char last) {
    return [last](char byte) { return IsDigit(byte) || (byte >= last - 5 && byte <= last); };
  };
  Reach sign = OfString(automaton, "");
  automaton.Add(automaton.StepOf("-"), &sign);
  switch (kind.format.radix) {
    case ir::NumberFormat::kDecimal:
      if (width != 0) return runs(IsDigit, width, kMostBytes);
      return automaton.Join(sign, runs(IsDigit, 1, kMostBytes));
    case ir::NumberFormat::kPoint: {
      const Reach whole = automaton.Join(sign, runs(IsDigit, 1, kMostBytes));
      return automaton.Join(automaton.Join(whole, OfString(automaton, ".")),
                            runs(IsDigit, width, width));
    }
    case ir::NumberFormat::kHexLower:
      return runs(is_hex('f'), std::max<size_t>(width, 1), kMostBytes);
    case ir::NumberFormat::kHexUpper:
      return runs(is_hex('F'), std::max<size_t>(width, 1), kMostBytes);
  }
  return {};
}

const Reach& NumberReaches::Of(const codec::NumberKind& kind) {
  const auto of = [&](const auto& entry) -> const Reach& {
    const auto& [at, is_new] = entry;
    if (is_new) at->second = ReachOf(*automaton_, kind);
    return at->second;
  };
  if (kind.timestamps != nullptr)
    return of(timestamps_.try_emplace(kind.timestamps->format.Pattern()));
  return of(
      numbers_.try_emplace(static_cast<uint32_t>(kind.format.radix) << 8 | kind.format.width));
}

Reach ReachOf(NumberReaches* numbers, const codec::ListHead& head, const codec::ListOutline& list) {
  switch (head.kind) {
    case ir::Strings::Kind::kText:
      return OfText(numbers->automaton(), list.text);
    case ir::Strings::Kind::kNumbers:
      return numbers->Of(head.numbers);
    case ir::Strings::Kind::kTable:
      return OfTable(numbers, list.table->table, [&](size_t d) {
        return ReachOf(numbers, list.table->table.dictionaries[d].head, list.table->lists[d]);
      });
  }
  return {};
}

Reach ReachOf(NumberReaches* numbers, const codec::DecodedTable& table) {
  return OfTable(numbers, table, [&](size_t d) {
    const Automaton& automaton = numbers->automaton();
    return ReachOf(automaton, StepsOf(automaton, table.dictionaries[d].values));
  });
}

ValueSteps StepsOf(const Automaton& automaton, const codec::StringList& values) {
  ValueSteps known;
  known.step_of.resize(values.size());
  known.steps.push_back({});
  const auto note = [&](size_t i, const Step& step) {
    if ((step.fresh & ~kStart) == 0 && step.carry == 0 && step.ends == 0) return;
    // What is alike comes together.
    if (known.steps.back() != step || known.steps.size() == 1) known.steps.push_back(step);
    known.step_of[i] = static_cast<uint32_t>(known.steps.size() - 1);
  };
  for (size_t i = 0; i < values.size(); ++i) {
    if (automaton.HasEdges(values[i])) note(i, automaton.EdgesOf(values[i]));
  }
  // Whole literals are looked for in all values at once; one that lies across two is none.
  const ByteView all = ByteView{values.bytes}.substr(0, values.offsets.back());
  size_t i = 0;
  for (size_t at = automaton.Find(all, 0); at != ByteView::npos;) {
    while (values.offsets[i + 1] <= at) ++i;
    const Step step = automaton.StepOf(values[i]);
    if (automaton.Found(step.fresh)) {
      note(i, step);
      at = values.offsets[i + 1];
    } else {
      ++at;
    }
    at = automaton.Find(all, at);
  }
  return known;
}

Reach ReachOf(const Automaton& automaton, const ValueSteps& values) {
  Reach reach;
  for (const Step& step : values.steps) automaton.Add(step, &reach);
  return reach;
}

}  // namespace logpress::search
