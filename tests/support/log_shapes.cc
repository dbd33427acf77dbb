#include "support/log_shapes.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "support/log_values.h"

namespace logpress::testing {
namespace {

using std::string_view;

// Constants and slots in turn: what a statement of a program writes.
class Template {
 public:
  Template(Random* random, uint64_t slots) {
    constants_.push_back(Constant(random));
    for (uint64_t i = 0; i < slots; ++i) {
      slots_.emplace_back(random, RandomKind(random));
      constants_.push_back(Constant(random));
    }
  }

  void Append(Random* random, std::string* out) {
    out->append(constants_[0]);
    for (size_t i = 0; i < slots_.size(); ++i) {
      slots_[i].Append(random, out);
      out->append(constants_[i + 1]);
    }
  }

 private:
  static std::string Constant(Random* random) {
    constexpr std::array<string_view, 16> kDelimiters = {
        " ", " ", " ", "=", ": ", "[", "] ", "(", ") ", ", ", "|", "\t", "", "  ", "/", "<"};
    std::string text;
    for (uint64_t i = 0, words = random->Below(4); i < words; ++i) {
      text.append(random->Pick(kDelimiters));
      text.append(RandomWord(random));
    }
    text.append(random->Pick(kDelimiters));
    return text;
  }

  std::vector<std::string> constants_;
  std::vector<ValueSource> slots_;
};

void AppendTemplates(Random* random, size_t size, std::string* out) {
  // Time, host, level, process: the same slots before every line, so that they are block-wide
  // columns.
  std::vector<ValueSource> header;
  if (!random->OneIn(4)) {
    header.emplace_back(random, ValueKind::kTimestamp);
    for (uint64_t i = 0, fields = random->Below(4); i < fields; ++i)
      header.emplace_back(random, random->OneIn(2) ? ValueKind::kWord : RandomKind(random));
  }
  const char separator = " \t|,"[random->Skewed(2)];
  std::vector<Template> templates;
  for (uint64_t i = 0, count = 1 + random->Skewed(8); i < count; ++i)
    templates.emplace_back(random, random->Below(8));
  while (out->size() < size) {
    for (ValueSource& field : header) {
      field.Append(random, out);
      out->push_back(separator);
    }
    // Some statements are written far more often than others.
    templates[random->Below(1 + random->Below(templates.size()))].Append(random, out);
    out->push_back('\n');
  }
}

void AppendJsonValue(Random* random, ValueSource* source, int depth, std::string* out) {
  switch (random->Below(depth < 4 ? 12 : 10)) {
    case 0:
      out->append(random->OneIn(2) ? "true" : "null");
      return;
    case 10:
      out->append("{\"").append(RandomWord(random)).append("\":");
      AppendJsonValue(random, source, depth + 1, out);
      out->push_back('}');
      return;
    case 11:
      out->push_back('[');
      for (uint64_t i = 0, count = random->Below(4); i < count; ++i) {
        if (i > 0) out->push_back(',');
        AppendJsonValue(random, source, depth + 1, out);
      }
      out->push_back(']');
      return;
    default:
      out->push_back('"');
      source->Append(random, out);
      out->push_back('"');
  }
}

void AppendJson(Random* random, size_t size, std::string* out) {
  struct Key {
    std::string name;
    ValueSource source;
    uint64_t left_out;  // in this many of 8 lines
    bool number;
  };
  std::vector<Key> keys;
  for (uint64_t i = 0, count = 1 + random->Below(12); i < count; ++i) {
    const bool number = random->OneIn(3);
    const ValueKind kind = i == 0 ? ValueKind::kTimestamp : RandomKind(random);
    keys.push_back({RandomWord(random), ValueSource(random, number ? ValueKind::kInteger : kind),
                    random->OneIn(2) ? random->Below(8) : 0, number});
  }
  const string_view comma = random->OneIn(2) ? "," : ", ";
  const string_view colon = random->OneIn(2) ? ":" : ": ";
  while (out->size() < size) {
    if (random->OneIn(20)) random->Shuffle(&keys);
    out->push_back('{');
    bool first = true;
    for (Key& key : keys) {
      if (random->Below(8) < key.left_out) continue;
      if (!first) out->append(comma);
      first = false;
      out->append("\"").append(key.name).append("\"").append(colon);
      if (key.number) {
        key.source.Append(random, out);
      } else {
        AppendJsonValue(random, &key.source, 0, out);
      }
    }
    out->append("}\n");
  }
}

void AppendTable(Random* random, size_t size, std::string* out) {
  std::vector<ValueSource> columns;
  for (uint64_t i = 0, count = 1 + random->Below(16); i < count; ++i)
    columns.emplace_back(random, RandomKind(random));
  const char separator = random->OneIn(4) ? ',' : '\t';
  while (out->size() < size) {
    if (random->OneIn(200)) out->append("#fields\ta\tb\n");
    for (size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out->push_back(separator);
      if (random->OneIn(16)) {
        out->push_back('-');
      } else {
        columns[i].Append(random, out);
      }
    }
    out->push_back('\n');
  }
}

void AppendKeyValue(Random* random, size_t size, std::string* out) {
  std::vector<std::string> names;
  std::vector<ValueSource> values;
  for (uint64_t i = 0, count = 2 + random->Below(10); i < count; ++i) {
    names.push_back(RandomWord(random));
    values.emplace_back(random, RandomKind(random));
  }
  while (out->size() < size) {
    for (size_t i = 0; i < names.size(); ++i) {
      if (random->OneIn(6)) continue;
      out->append(names[i]).push_back('=');
      values[i].Append(random, out);
      out->push_back(' ');
    }
    out->push_back('\n');
  }
}

void AppendStackTraces(Random* random, size_t size, std::string* out) {
  ValueSource time(random, ValueKind::kTimestamp);
  std::vector<std::string> frames;
  for (uint64_t i = 0, count = 1 + random->Below(40); i < count; ++i) {
    frames.push_back("\tat org." + RandomWord(random) + "." + RandomWord(random) + "(" +
                     RandomWord(random) + ".java:" + std::to_string(random->Below(900)) + ")\n");
  }
  while (out->size() < size) {
    time.Append(random, out);
    out->append(random->OneIn(2) ? " ERROR " : " WARN  ").append(RandomWord(random)).append("\n");
    if (random->OneIn(2)) continue;
    out->append("java.lang.").append(RandomWord(random)).append("Exception: null\n");
    const size_t from = random->Below(frames.size());
    for (size_t i = from; i < frames.size() && !random->OneIn(12); ++i) out->append(frames[i]);
    if (random->OneIn(4)) out->append("\t... 23 more\n");
  }
}

void AppendManySlots(Random* random, size_t size, std::string* out) {
  ValueSource value(random, random->OneIn(2) ? ValueKind::kInteger : RandomKind(random));
  const uint64_t per_line = 1 + random->Skewed(17);
  const char separator = " ,;|"[random->Below(4)];
  while (out->size() < size) {
    for (uint64_t i = 0; i < per_line && out->size() < size; ++i) {
      value.Append(random, out);
      out->push_back(separator);
    }
    out->push_back('\n');
  }
}

void AppendNewTemplates(Random* random, size_t size, std::string* out) {
  while (out->size() < size) {
    Template(random, random->Below(12)).Append(random, out);
    out->push_back('\n');
  }
}

void AppendUniqueTokens(Random* random, size_t size, std::string* out) {
  uint64_t token = random->Next();
  const bool letters = random->OneIn(2);
  while (out->size() < size) {
    for (uint64_t i = 0, tokens = random->Below(12); i < tokens; ++i) {
      token += 0x9e3779b97f4a7c15;
      for (uint64_t rest = token; rest != 0; rest >>= 4)
        out->push_back(
            static_cast<char>((letters ? 'a' : '0') + (letters ? rest % 16 : rest % 10)));
      out->push_back(' ');
    }
    out->push_back('\n');
  }
}

void AppendFrom(Random* random, string_view alphabet, size_t size, std::string* out) {
  while (out->size() < size) out->push_back(alphabet[random->Below(alphabet.size())]);
}

void AppendLongLines(Random* random, size_t size, std::string* out) {
  const size_t before = random->Below(size / 4 + 1);
  AppendTemplates(random, before, out);
  std::string line;
  AppendTemplates(random, size - before, &line);
  std::replace(line.begin(), line.end(), '\n', ' ');
  out->append(line).push_back('\n');
  AppendTemplates(random, out->size() + random->Below(200), out);
}

void AppendRepeats(Random* random, size_t size, std::string* out) {
  std::vector<std::string> lines(1 + random->Below(6));
  for (std::string& line : lines) {
    Template(random, random->Below(4)).Append(random, &line);
    line.push_back('\n');
  }
  while (out->size() < size) {
    const std::string& line = random->Pick(lines);
    for (uint64_t i = 0, times = 1 + random->Skewed(10); i < times && out->size() < size; ++i)
      out->append(line);
  }
}

void AppendOddNumbers(Random* random, size_t size, std::string* out) {
  constexpr std::array<ValueKind, 6> kNumbers = {ValueKind::kPadded, ValueKind::kSigned,
                                                 ValueKind::kHuge,   ValueKind::kDecimal,
                                                 ValueKind::kHex,    ValueKind::kCounter};
  std::vector<ValueSource> sources;
  for (uint64_t i = 0, count = 1 + random->Below(6); i < count; ++i)
    sources.emplace_back(random, random->Pick(kNumbers));
  while (out->size() < size) {
    for (ValueSource& source : sources) {
      source.Append(random, out);
      if (!random->OneIn(30)) out->push_back(' ');
    }
    out->push_back('\n');
  }
}

void AppendPlaceholders(Random* random, size_t size, std::string* out) {
  constexpr std::array<string_view, 22> kMarks = {
      "<*>",   "<$>",  "{}",    "%s",    "%d",
      "$1",    "\\1",  "<NUM>", "<#1#>", string_view("\0", 1),
      "\x01",  "\x02", "\x11",  "\x12",  "\x1f",
      "\xfe",  "\xff", "\\",    "\\n",   "*",
      "<<*>>", " "};
  while (out->size() < size) {
    for (uint64_t i = 0, marks = random->Below(10); i < marks; ++i) {
      out->append(random->Pick(kMarks));
      if (random->OneIn(3)) out->append(std::to_string(random->Below(1000)));
    }
    out->push_back('\n');
  }
}

}  // namespace

std::string GenerateShape(Random* random, LogShape shape, size_t size) {
  std::string out;
  switch (shape) {
    case LogShape::kTemplates:
      AppendTemplates(random, size, &out);
      break;
    case LogShape::kJson:
      AppendJson(random, size, &out);
      break;
    case LogShape::kTabSeparated:
      AppendTable(random, size, &out);
      break;
    case LogShape::kKeyValue:
      AppendKeyValue(random, size, &out);
      break;
    case LogShape::kStackTraces:
      AppendStackTraces(random, size, &out);
      break;
    case LogShape::kManySlots:
      AppendManySlots(random, size, &out);
      break;
    case LogShape::kNewTemplates:
      AppendNewTemplates(random, size, &out);
      break;
    case LogShape::kUniqueTokens:
      AppendUniqueTokens(random, size, &out);
      break;
    case LogShape::kDelimiters:
      AppendFrom(random, " \t\n,;:=|[](){}<>\"'/.-", size, &out);
      break;
    case LogShape::kLongLines:
      AppendLongLines(random, size, &out);
      break;
    case LogShape::kRepeats:
      AppendRepeats(random, size, &out);
      break;
    case LogShape::kOddNumbers:
      AppendOddNumbers(random, size, &out);
      break;
    case LogShape::kPlaceholders:
      AppendPlaceholders(random, size, &out);
      break;
    case LogShape::kFewBytes:
      AppendFrom(random, random->OneIn(2) ? string_view("a0 \n") : string_view("\0\r\n1", 4), size,
                 &out);
      break;
    case LogShape::kArbitraryBytes:
      while (out.size() < size) out.push_back(random->Byte());
      break;
  }
  return out;
}

}  // namespace logpress::testing
