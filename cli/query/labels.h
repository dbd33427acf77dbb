// What the labels of a query are in a line: fields of its header, its statement, and its parameters
// by the names that stand before them.
#ifndef LOGPRESS_CLI_QUERY_LABELS_H_
#define LOGPRESS_CLI_QUERY_LABELS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "cli/query/expression.h"
#include "statement/row_maker.h"

namespace logpress::cli::query {

// The value of a label, and the unit behind it in the text.
struct LabelValue {
  ByteView text;
  ByteView unit;
};

// One thread at a time.
class Labels {
 public:
  // Of a row: a field of the header, else the first parameter of that name; empty if there is none.
  // `statement` is the id, `template` the text of the statement. Names are compared without case,
  // and with '_' for what is neither letter nor digit.
  LabelValue Of(const statement::Row& row, std::string_view label);

  bool Holds(const statement::Row& row, const Condition& condition);

 private:
  struct Parameter {
    std::string name;
    ByteView unit;
  };

  const std::vector<Parameter>& ParametersOf(const statement::Form& form);

  std::map<const statement::Form*, std::vector<Parameter>> parameters_;
};

}  // namespace logpress::cli::query

#endif  // LOGPRESS_CLI_QUERY_LABELS_H_
