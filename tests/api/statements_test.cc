// Statements of logs and their lines as rows, through the C API and its C++.
#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "api/api_test_util.h"
#include "logpress/logpress.hpp"

namespace logpress::api {
namespace {

Statements StatementsOf(logpress_reader* reader) {
  logpress_statements* statements = nullptr;
  const logpress_code code = logpress_reader_statements(reader, &statements);
  Statements owned(statements);
  REQUIRE(code == LOGPRESS_OK);
  return owned;
}
Statements StatementsOfLog(const std::string& log) {
  logpress_statements* statements = nullptr;
  const logpress_code code =
      logpress_statements_of_log(nullptr, log.data(), log.size(), &statements);
  Statements owned(statements);
  REQUIRE(code == LOGPRESS_OK);
  return owned;
}

template <typename Struct>
Struct Sized() {
  Struct made = {};
  made.struct_size = sizeof(made);
  return made;
}

std::string Rendered(const logpress_row& row) {
  constexpr std::string_view kSlot = "<*>";
  const std::string_view text(row.text, row.text_size);
  std::string content;
  size_t at = 0;
  for (size_t i = 0; i < row.value_count; ++i) {
    const size_t slot = text.find(kSlot, at);
    content += text.substr(at, slot - at);
    content.append(row.values[i].data, row.values[i].size);
    at = slot + kSlot.size();
  }
  return content + std::string(text.substr(at));
}

// A line a row: number, fields of the header, values with their types.
std::string Described(logpress_rows* rows, size_t most = SIZE_MAX) {
  std::string all;
  logpress_row row = Sized<logpress_row>();
  logpress_code code = LOGPRESS_OK;
  while (most-- > 0 && (code = logpress_rows_next(rows, &row)) == LOGPRESS_OK) {
    CHECK(Rendered(row) == std::string(row.content, row.content_size));
    CHECK(std::string(row.statement_id) == row.template_id);
    all += std::to_string(row.number);
    for (const logpress_field& field : std::span(row.fields, row.field_count))
      all += std::string(" ") + field.name + "=" + std::string(field.data, field.size);
    for (const logpress_value& value : std::span(row.values, row.value_count)) {
      all += std::string(" ") + logpress_value_type_name(value.type) + ":" +
             std::string(value.data, value.size);
    }
    all += "\n";
  }
  return all;
}

TEST_CASE("Statements have a text, an id, counts, times and typed examples") {
  const std::string log = LogLines(3000);
  const std::string archive = Pack(log, Blocks(50'000));
  const Reader reader = OpenReader(archive);
  const Statements of_archive = StatementsOf(reader.get());
  const Statements of_log = StatementsOfLog(log);
  for (logpress_statements* const statements : {of_archive.get(), of_log.get()}) {
    REQUIRE(logpress_statements_count(statements) == 1);
    logpress_statement statement = Sized<logpress_statement>();
    REQUIRE(logpress_statements_get(statements, 0, &statement) == LOGPRESS_OK);
    CHECK(std::string(statement.text, statement.text_size) == "request <*> took <*> us");
    CHECK(std::string(statement.id).size() == 12);
    CHECK(statement.lines == 3000);
    CHECK(statement.slots == 2);
    CHECK(statement.time_kind == LOGPRESS_TIME_INSTANT);
    CHECK(statement.last_time - statement.first_time == int64_t{2999} * 1'000'000);
    int type = -1;
    const logpress_value* examples = nullptr;
    size_t count = 0;
    REQUIRE(logpress_statements_slot(statements, 0, 1, &type, &examples, &count) == LOGPRESS_OK);
    CHECK(type == LOGPRESS_VALUE_TIME);
    REQUIRE(count > 1);
    CHECK(std::string(examples[0].data, examples[0].size) == "0");
    CHECK(logpress_statements_slot(statements, 0, 2, &type, &examples, &count) ==
          LOGPRESS_OUT_OF_RANGE);
    CHECK(logpress_statements_get(statements, 1, &statement) == LOGPRESS_OUT_OF_RANGE);
  }
}

TEST_CASE("Rows have their line's number, header, statement and typed values") {
  const std::string log = LogLines(3000);
  const std::string archive = Pack(log, Blocks(50'000));
  const Reader reader = OpenReader(archive);
  const Statements of_archive = StatementsOf(reader.get());
  const Statements of_log = StatementsOfLog(log);
  std::string all;
  for (logpress_statements* const statements : {of_archive.get(), of_log.get()}) {
    logpress_rows* made = nullptr;
    REQUIRE(logpress_statements_rows(statements, 1234, 1, &made) == LOGPRESS_OK);
    const Rows one(made);
    CHECK(Described(one.get()) ==
          "1234 Date=2024-05-01 Time=00:20:34 Level=INFO Component=worker-0 object id:1234 "
          "time:4846\n");
    REQUIRE(logpress_statements_rows(statements, 0, UINT64_MAX, &made) == LOGPRESS_OK);
    const Rows every(made);
    const std::string described = Described(every.get());
    CHECK(std::count(described.begin(), described.end(), '\n') == 3000);
    if (all.empty()) all = described;
    CHECK(described == all);

    const int64_t midnight = int64_t{1714521600} * 1'000'000;
    REQUIRE(logpress_statements_rows_between(statements, midnight + 7'000'000, midnight + 9'000'000,
                                             &made) == LOGPRESS_OK);
    const Rows two(made);
    const std::string between = Described(two.get());
    CHECK(std::count(between.begin(), between.end(), '\n') == 2);
    CHECK(between.starts_with("7 "));
    REQUIRE(logpress_statements_rows(statements, 3000, 1, &made) == LOGPRESS_OK);
    CHECK(Described(Rows(made).get()).empty());
  }
}

TEST_CASE("A line without a time has that of the line before, for a range of time") {
  const std::string log = LogLines(2) + "  at a.b\n" + LogLines(1, 2);
  const std::string archive = Pack(log);
  const Reader reader = OpenReader(archive);
  const Statements of_archive = StatementsOf(reader.get());
  const Statements of_log = StatementsOfLog(log);
  for (logpress_statements* const statements : {of_archive.get(), of_log.get()}) {
    const int64_t second = (int64_t{1714521600} + 1) * 1'000'000;
    logpress_rows* made = nullptr;
    REQUIRE(logpress_statements_rows_between(statements, second, second + 1, &made) == LOGPRESS_OK);
    const Rows rows(made);
    logpress_row row = Sized<logpress_row>();
    REQUIRE(logpress_rows_next(rows.get(), &row) == LOGPRESS_OK);
    REQUIRE(logpress_rows_next(rows.get(), &row) == LOGPRESS_OK);
    CHECK(row.number == 2);
    CHECK(row.time_kind == LOGPRESS_TIME_NONE);
    CHECK(row.field_count == 0);
    CHECK(logpress_rows_next(rows.get(), &row) == LOGPRESS_END);
  }
}

TEST_CASE("What makes no sense is refused, and damage is told") {
  logpress_statement statement = Sized<logpress_statement>();
  logpress_row row = Sized<logpress_row>();
  logpress_statements* statements = nullptr;
  logpress_rows* rows = nullptr;
  CHECK(logpress_reader_statements(nullptr, &statements) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_statements_count(statements) == 0);
  CHECK(logpress_statements_get(statements, 0, &statement) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_statements_rows(statements, 0, 1, &rows) == LOGPRESS_MISUSE);
  CHECK(logpress_rows_next(rows, &row) == LOGPRESS_MISUSE);
  CHECK(logpress_rows_next(nullptr, &row) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(std::string(logpress_rows_message(rows)) != "");
  logpress_rows_free(rows);
  logpress_statements_free(statements);
  CHECK(logpress_statements_of_log(nullptr, nullptr, 1, &statements) == LOGPRESS_INVALID_ARGUMENT);
  logpress_statements_free(statements);
  CHECK(std::string(logpress_value_type_name(-1)) == "unknown");
  CHECK(std::string(logpress_value_type_name(LOGPRESS_VALUE_OTHER)) == "other");
  CHECK(std::string(logpress_value_type_name(LOGPRESS_VALUE_OTHER + 1)) == "unknown");

  std::string archive = Pack(LogLines(3000), Blocks(50'000));
  archive[archive.size() / 2] ^= 1;
  const Reader reader = OpenReader(archive);
  CHECK(logpress_reader_statements(reader.get(), &statements) == LOGPRESS_DAMAGED);
  CHECK(std::string(logpress_statements_message(statements)).find("byte") != std::string::npos);
  logpress_statements_free(statements);
  logpress_rows_free(nullptr);
  logpress_statements_free(nullptr);
}

TEST_CASE("C++ has statements and rows") {
  const std::string archive = Pack(LogLines(100));
  auto reader = logpress::Reader::OpenMemory(std::as_bytes(std::span(archive)));
  REQUIRE(reader);
  auto statements = reader->Statements();
  REQUIRE(statements);
  REQUIRE(statements->size() == 1);
  CHECK((*statements)[0].lines == 100);
  CHECK(statements->Examples(0, 0).size() == 3);
  CHECK(statements->Examples(0, 9).empty());
  auto rows = statements->Rows(99);
  REQUIRE(rows);
  auto row = rows->Next();
  REQUIRE((row && *row));
  CHECK((*row)->number == 99);
  row = rows->Next();
  REQUIRE(row);
  CHECK(!*row);
  const std::string log = LogLines(5);
  auto of_log = logpress::Statements::OfLog(log);
  REQUIRE(of_log);
  CHECK((*of_log)[0].lines == 5);
}

}  // namespace
}  // namespace logpress::api
