// The statements of a log, and its lines as rows.

#include "statement/statements.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "api/handle.h"
#include "api/options.h"
#include "api/reader.h"
#include "archive/line_cursor.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/status.h"
#include "statement/log_feed.h"
#include "statement/row_maker.h"
#include "time/time_range.h"

using logpress::ByteView;
using logpress::Vector;
using logpress::archive::LineSelection;
using logpress::statement::HeaderFrom;
using logpress::statement::Row;
using logpress::statement::RowMaker;
using logpress::statement::Statement;
using logpress::statement::StatementSet;

struct logpress_statements : logpress::api::Handle {
  logpress_reader* reader = nullptr;  // null: `log`
  ByteView log;
  std::optional<StatementSet> set;
  Vector<HeaderFrom> headers;
  Vector<Vector<Vector<logpress_value>>> examples;  // per statement and slot
};

namespace {

// The lines of bytes that are no archive.
class ByteLines {
 public:
  ByteLines(ByteView log, const LineSelection& selection) : log_(log), selection_(selection) {}

  // Goes over the next line, whose row `make` returns; false behind the last.
  template <typename Make>
  bool Next(const Make& make) {
    while (at_ < log_.size() && number_ < selection_.end) {
      const size_t end = std::min(log_.find('\n', at_), log_.size());
      const ByteView line = log_.substr(at_, end - at_);
      at_ = end + 1;
      if (number_++ < selection_.first) continue;
      const Row& row = make(line, number_ - 1);
      if (row.time.kind != logpress::time::TimeKind::kNone) time_ = row.time;
      if (!selection_.between || selection_.between->Meets(time_)) return true;
    }
    return false;
  }

 private:
  const ByteView log_;
  const LineSelection selection_;
  size_t at_ = 0;
  uint64_t number_ = 0;
  logpress::time::LineTime time_;  // of the last line that has one
};

}  // namespace

struct logpress_rows : logpress::api::Handle {
  std::optional<RowMaker> maker;
  std::optional<logpress::archive::LineCursor> cursor;  // of an archive
  std::optional<ByteLines> lines;                       // of other bytes
  Vector<logpress_field> fields;
  Vector<logpress_value> values;
};

namespace {

using logpress::api::Guard;
using logpress::api::MakeHandle;
using logpress::api::Options;
using logpress::api::SetField;
using logpress::api::SizeIsSet;

logpress_value ValueOf(logpress::statement::ValueType type, ByteView bytes) {
  return {static_cast<int>(type), bytes.data(), bytes.size()};
}

// Feeds a log by `feed(&log_feed)`.
template <typename Feed>
absl::Status Learn(logpress_statements* made, const Feed& feed) {
  logpress::statement::PatternCollector collector;
  logpress::statement::LogFeed log_feed(&collector);
  LOGPRESS_RETURN_IF_ERROR(feed(&log_feed));
  made->set.emplace(collector);
  made->headers = collector.headers();
  for (const Statement& statement : made->set->statements()) {
    auto& slots = made->examples.emplace_back();
    for (size_t i = 0; i < statement.examples.size(); ++i) {
      auto& values = slots.emplace_back();
      for (const auto& example : statement.examples[i])
        values.push_back(ValueOf(statement.form().types[i], example));
    }
  }
  return absl::OkStatus();
}

// Gives rows the statements' memory.
auto PrepareFrom(const logpress_statements* statements) {
  return [statements](logpress::api::Handle* made) -> absl::Status {
    if (statements == nullptr) return absl::InvalidArgumentError("statements is NULL");
    if (statements->start != LOGPRESS_OK)
      return absl::FailedPreconditionError("the statements could not be found");
    made->memory = statements->memory;
    return absl::OkStatus();
  };
}

logpress_code OpenRows(const logpress_statements* statements, const LineSelection& selection,
                       logpress_rows** rows) {
  return MakeHandle(rows, PrepareFrom(statements), [&](logpress_rows* made) -> absl::Status {
    made->maker.emplace(&*statements->set, &statements->headers);
    if (statements->reader != nullptr) {
      LineSelection all = selection;
      all.check_all = statements->reader->check_all;
      made->cursor.emplace(&*statements->reader->blocks, all);
    } else {
      made->lines.emplace(statements->log, selection);
    }
    return absl::OkStatus();
  });
}

// Null behind the last row.
absl::StatusOr<const Row*> NextRow(logpress_rows* rows) {
  const Row* row = nullptr;
  const auto make = [&](ByteView line, uint64_t number) -> const Row& {
    row = &rows->maker->Make(line, number);
    return *row;
  };
  if (rows->lines) {
    const bool any = rows->lines->Next(make);
    return any ? row : nullptr;
  }
  logpress::archive::Line line;
  LOGPRESS_ASSIGN_OR_RETURN(const bool any, rows->cursor->Next(&line));
  if (!any) return nullptr;
  if (line.bytes.ends_with('\n')) line.bytes.remove_suffix(1);
  return &make(line.bytes, line.number);
}

void Fill(const Row& from, logpress_rows* rows, logpress_row* row) {
  rows->fields.clear();
  for (size_t i = 0; i < from.fields.size(); ++i) {
    const ByteView field = from.fields[i];
    if (!field.empty())
      rows->fields.push_back({from.header->names()[i].c_str(), field.data(), field.size()});
  }
  rows->values.clear();
  for (size_t i = 0; i < from.values.size(); ++i)
    rows->values.push_back(ValueOf(from.form->types[i], from.values[i]));
  const ByteView text = from.form->text.text();
  SetField(row, &logpress_row::number, from.number);
  SetField(row, &logpress_row::statement_id, from.statement->id().c_str());
  SetField(row, &logpress_row::template_id, from.form->id.c_str());
  SetField(row, &logpress_row::text, text.data());
  SetField(row, &logpress_row::text_size, text.size());
  SetField(row, &logpress_row::content, from.content.data());
  SetField(row, &logpress_row::content_size, from.content.size());
  SetField(row, &logpress_row::values, rows->values.data());
  SetField(row, &logpress_row::value_count, rows->values.size());
  SetField(row, &logpress_row::fields, rows->fields.data());
  SetField(row, &logpress_row::field_count, rows->fields.size());
  SetField(row, &logpress_row::time_kind, static_cast<int>(from.time.kind));
  SetField(row, &logpress_row::time, from.time.begin);
}

const Statement* Find(const logpress_statements* statements, size_t i) {
  return i < logpress_statements_count(statements) ? &statements->set->statements()[i] : nullptr;
}

}  // namespace

extern "C" {

logpress_code logpress_reader_statements(logpress_reader* reader,
                                         logpress_statements** statements) {
  return MakeHandle(statements, PrepareFrom(reader), [&](logpress_statements* made) {
    made->reader = reader;
    return Learn(made, [&](auto* feed) { return feed->AddArchive(reader->index.get()); });
  });
}

logpress_code logpress_statements_of_log(const logpress_options* options, const void* data,
                                         size_t size, logpress_statements** statements) {
  Options converted;
  return MakeHandle(
      statements, [&](logpress_statements* made) { return Prepare(options, made, &converted); },
      [&](logpress_statements* made) -> absl::Status {
        if (data == nullptr && size != 0) return absl::InvalidArgumentError("data is NULL");
        made->log = ByteView(static_cast<const char*>(data), size);
        return Learn(made, [&](auto* feed) -> absl::Status {
          LOGPRESS_RETURN_IF_ERROR(feed->Write(made->log));
          return feed->Finish();
        });
      });
}

size_t logpress_statements_count(const logpress_statements* statements) {
  return statements == nullptr || !statements->set ? 0 : statements->set->statements().size();
}

logpress_code logpress_statements_get(const logpress_statements* statements, size_t i,
                                      logpress_statement* statement) {
  if (statements == nullptr || !SizeIsSet(statement)) return LOGPRESS_INVALID_ARGUMENT;
  if (statements->start != LOGPRESS_OK) return statements->start;
  const Statement* const found = Find(statements, i);
  if (found == nullptr) return LOGPRESS_OUT_OF_RANGE;
  SetField(statement, &logpress_statement::id, found->id().c_str());
  SetField(statement, &logpress_statement::text, found->text().data());
  SetField(statement, &logpress_statement::text_size, found->text().size());
  SetField(statement, &logpress_statement::slots, found->form().types.size());
  SetField(statement, &logpress_statement::lines, found->lines);
  SetField(statement, &logpress_statement::time_kind, static_cast<int>(found->first.kind));
  SetField(statement, &logpress_statement::first_time, found->first.begin);
  SetField(statement, &logpress_statement::last_time, found->last.begin);
  return LOGPRESS_OK;
}

logpress_code logpress_statements_slot(const logpress_statements* statements, size_t i, size_t slot,
                                       int* type, const logpress_value** examples, size_t* count) {
  if (statements == nullptr) return LOGPRESS_INVALID_ARGUMENT;
  if (statements->start != LOGPRESS_OK) return statements->start;
  const Statement* const found = Find(statements, i);
  if (found == nullptr || slot >= found->form().types.size()) return LOGPRESS_OUT_OF_RANGE;
  const Vector<logpress_value>& values = statements->examples[i][slot];
  if (type != nullptr) *type = static_cast<int>(found->form().types[slot]);
  if (examples != nullptr) *examples = values.data();
  if (count != nullptr) *count = values.size();
  return LOGPRESS_OK;
}

const char* logpress_value_type_name(int type) {
  constexpr auto kLast = static_cast<int>(logpress::statement::ValueType::kOther);
  if (type < 0 || type > kLast) return "unknown";
  return NameOf(static_cast<logpress::statement::ValueType>(type)).data();
}

const char* logpress_statements_message(const logpress_statements* statements) {
  return statements == nullptr ? "" : statements->error.message();
}

void logpress_statements_free(logpress_statements* statements) { delete statements; }

logpress_code logpress_statements_rows(logpress_statements* statements, uint64_t first,
                                       uint64_t count, logpress_rows** rows) {
  LineSelection selection;
  selection.first = first;
  selection.end = first + std::min(count, ~uint64_t{0} - first);
  return OpenRows(statements, selection, rows);
}

logpress_code logpress_statements_rows_between(logpress_statements* statements, int64_t from,
                                               int64_t to, logpress_rows** rows) {
  LineSelection selection;
  selection.between.emplace(from, to);
  return OpenRows(statements, selection, rows);
}

logpress_code logpress_rows_next(logpress_rows* rows, logpress_row* row) {
  if (rows == nullptr || !SizeIsSet(row)) return LOGPRESS_INVALID_ARGUMENT;
  if (rows->start != LOGPRESS_OK) return rows->start;
  bool end = false;
  const logpress_code code = Guard(rows, [&]() -> absl::Status {
    LOGPRESS_ASSIGN_OR_RETURN(const Row* const next, NextRow(rows));
    end = next == nullptr;
    if (!end) Fill(*next, rows, row);
    return absl::OkStatus();
  });
  return code == LOGPRESS_OK && end ? LOGPRESS_END : code;
}

const char* logpress_rows_message(const logpress_rows* rows) {
  return rows == nullptr ? "" : rows->error.message();
}

void logpress_rows_free(logpress_rows* rows) { delete rows; }

}  // extern "C"
