// What the fields of a header are called, and what they hold in a line.
#include <algorithm>
#include <string>
#include <string_view>

#include "statement/header.h"
#include "statement/header_sample.h"
#include "statement/words.h"

namespace logpress::statement {
namespace {

// Where "[123]" begins at the end of the name of a process; 0 if there is none.
size_t PidIn(ByteView value) {
  const size_t open = value.rfind('[');
  if (open == ByteView::npos || open == 0 || !value.ends_with(']')) return 0;
  const ByteView digits = value.substr(open + 1, value.size() - open - 2);
  return !digits.empty() && std::all_of(digits.begin(), digits.end(), IsDigit) ? open : 0;
}

// Without ':' and what else closes it, and without the brackets around it.
ByteView WithoutMarks(ByteView field) {
  while (!field.empty() && (field.back() == ':' || field.back() == ',' || field.ends_with(" -")))
    field = Trimmed(field.substr(0, field.size() - 1));
  const bool bracket = field.size() > 1 && field.front() == '[' && field.back() == ']';
  return bracket ? Trimmed(field.substr(1, field.size() - 2)) : field;
}

}  // namespace

// Gives names to the columns of a header.
class HeaderNamer {
 public:
  // Borrows both.
  HeaderNamer(const Vector<SampledLine>& sample, Header* header)
      : sample_(sample), header_(*header) {}

  void Run() {
    for (size_t c = 0; c < header_.forms_.size(); ++c) {
      const Column column = ColumnOf(sample_, c);
      const std::string name = NameOf(c, column);
      if (name.empty()) continue;
      Add(name, c);
      if (name == "Component" && MostHavePid(c)) Add("Pid", c);
    }
  }

 private:
  void Add(const std::string& name, size_t column) {
    std::string unique = name;
    for (int n = 2; Has(unique); ++n) unique = name + std::to_string(n);
    header_.names_.push_back(unique);
    header_.columns_.push_back(static_cast<uint8_t>(column));
  }
  bool Has(std::string_view name) const {
    return std::find(header_.names_.begin(), header_.names_.end(), name) != header_.names_.end();
  }
  bool Most(size_t lines) const { return 2 * lines > sample_.size(); }

  template <typename Holds>
  bool MostHold(size_t c, const Holds& holds) const {
    return Most(static_cast<size_t>(
        std::count_if(sample_.begin(), sample_.end(), [&](const SampledLine& each) {
          if (each.fields.size() <= c) return false;
          const Field& field = each.fields[c];
          return holds(each.line.substr(field.begin, field.end - field.begin));
        })));
  }
  bool MostHavePid(size_t c) const {
    return MostHold(c, [](ByteView field) { return PidIn(WithoutMarks(field)) != 0; });
  }

  std::string NameOf(size_t c, const Column& column) const {
    switch (column.top) {
      case FieldForm::kLevel:
        return "Level";
      case FieldForm::kLabel:
        return "Component";
      case FieldForm::kDash:
      case FieldForm::kPipe:
        return "";
      case FieldForm::kMonth:
        return Has("Weekday") || !MonthFollows(c) ? "Month" : "Weekday";
      case FieldForm::kBracket:
        return Most(column.times) ? "Time" : "Context";
      case FieldForm::kNumber:
        return NameOfNumber(c, column);
      case FieldForm::kMixed:
      case FieldForm::kWord:
        break;
    }
    if (Most(column.times)) return "Time";
    // As syslog writes it: a host, and then what logs.
    const bool labelled = header_.last_ == static_cast<uint8_t>(FieldForm::kLabel);
    return labelled && !Has("Level") && !Has("Host") ? "Host" : "Component";
  }

  bool MonthFollows(size_t c) const {
    return c + 1 < header_.forms_.size() && ColumnOf(sample_, c + 1).top == FieldForm::kMonth;
  }

  std::string NameOfNumber(size_t c, const Column& column) const {
    if (Most(column.times)) {
      const bool clock =
          MostHold(c, [](ByteView field) { return field.find(':') != ByteView::npos; });
      const bool date = MostHold(c, [](ByteView field) {
        return field.find_first_of("T-/") != ByteView::npos && field.size() > 14;
      });
      if (clock) return date ? "Timestamp" : "Time";
      return MostHold(
                 c, [](ByteView field) { return std::all_of(field.begin(), field.end(), IsDigit); })
                 ? "Timestamp"
                 : "Date";
    }
    // 081109 203615
    if (c == 0 && IsPacked(0) && IsPacked(1)) return "Date";
    if (c == 1 && Has("Date") && IsPacked(1)) return "Time";
    if (MostHold(c, [](ByteView field) { return field.find_first_of("-/", 1) != ByteView::npos; }))
      return "Date";
    if (c > 0 && ColumnOf(sample_, c - 1).top == FieldForm::kMonth) return "Day";
    return Has("Pid") ? "Tid" : "Pid";
  }

  // Six or eight digits.
  bool IsPacked(size_t c) const {
    return MostHold(c, [](ByteView field) {
      return (field.size() == 6 || field.size() == 8) &&
             std::all_of(field.begin(), field.end(), IsDigit);
    });
  }

  const Vector<SampledLine>& sample_;
  Header& header_;
};

void Header::SetNames(const Vector<SampledLine>& sample) { HeaderNamer(sample, this).Run(); }

void Header::ValuesIn(ByteView line, Vector<ByteView>* values) const {
  values->assign(names_.size(), ByteView());
  const size_t size = SizeIn(line);
  if (size == 0) return;
  FieldList fields;
  SplitFields(line, forms_.size(), &fields);
  for (size_t i = 0; i < names_.size(); ++i) {
    const size_t c = columns_[i];
    // A name of several words goes up to what closes the header.
    const size_t end = c + 1 == forms_.size() ? size : fields[c].end;
    ByteView value = WithoutMarks(Trimmed(line.substr(fields[c].begin, end - fields[c].begin)));
    const size_t pid = PidIn(value);
    const bool is_pid = i > 0 && columns_[i - 1] == c;
    if (is_pid) {
      value = pid == 0 ? ByteView() : value.substr(pid + 1, value.size() - pid - 2);
    } else if (pid != 0 && i + 1 < names_.size() && columns_[i + 1] == c) {
      value = value.substr(0, pid);
    }
    (*values)[i] = value;
  }
}

}  // namespace logpress::statement
