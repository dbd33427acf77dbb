#include "cli/record_writer.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/csv.h"
#include "cli/json.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

using statement::Row;

std::vector<std::string> JsonStrings(const Vector<ByteView>& values) {
  std::vector<std::string> strings;
  for (const ByteView value : values) strings.push_back(JsonString(value));
  return strings;
}

std::string JsonList(const Vector<ByteView>& values) {
  std::string text;
  for (const std::string& value : JsonStrings(values))
    Append(&text, text.empty() ? "" : ", ", value);
  return Cat("[", text, "]");
}

// The layout of logparser: a column for each field of the header.
class CsvRecords : public RecordWriter {
 public:
  void Begin(const Vector<std::string>& names, std::string* out) override {
    names_ = names;
    CsvWriter csv(out);
    csv.Cell("LineId");
    for (const std::string& name : names_) csv.Cell(name);
    csv.Cell("Content").Cell("EventId").Cell("EventTemplate").Cell("ParameterList").EndRecord();
  }

  void Write(const Row& row, std::string* out) override {
    CsvWriter csv(out);
    csv.Cell(Cat(row.number + 1));
    for (const std::string& name : names_) {
      const auto found = std::find(row.header->names().begin(), row.header->names().end(), name);
      csv.Cell(found == row.header->names().end()
                   ? ByteView()
                   : row.fields[static_cast<size_t>(found - row.header->names().begin())]);
    }
    csv.Cell(row.content).Cell(row.statement->id()).Cell(row.form->text.text());
    csv.Cell(JsonList(row.values)).EndRecord();
  }

 private:
  Vector<std::string> names_;
};

class JsonRecords : public RecordWriter {
 public:
  void Write(const Row& row, std::string* out) override {
    JsonObject object;
    object.Number("LineId", row.number + 1);
    for (size_t i = 0; i < row.fields.size(); ++i) {
      if (!row.fields[i].empty()) object.Text(row.header->names()[i], row.fields[i]);
    }
    object.Text("Content", row.content);
    object.Text("EventId", row.statement->id()).Text("EventTemplate", row.form->text.text());
    std::vector<std::string> types;
    for (const statement::ValueType type : row.form->types)
      types.push_back(JsonString(NameOf(type)));
    object.Array("ParameterList", JsonStrings(row.values)).Array("ParameterTypes", types);
    Append(out, object.Done(), "\n");
  }
};

// OpenTelemetry's LogsData in the JSON of its protocol, one for each record, as collectors read
// them from files: https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/
class OtlpRecords : public RecordWriter {
 public:
  void Write(const Row& row, std::string* out) override {
    JsonObject log;
    if (row.time.kind == time::TimeKind::kInstant && row.time.begin > 0)
      log.Text("timeUnixNano", Cat(row.time.begin, "000"));
    std::vector<std::string> attributes;
    for (size_t i = 0; i < row.fields.size(); ++i) {
      const ByteView value = row.fields[i];
      const std::string& name = row.header->names()[i];
      if (value.empty()) continue;
      if (name == "Level") {
        if (const int severity = SeverityNumber(value); severity != 0)
          log.Number("severityNumber", static_cast<uint64_t>(severity));
        log.Text("severityText", value);
      } else {
        attributes.push_back(Attribute(Cat("log.header.", name), StringValue(value)));
      }
    }
    log.Add("body", StringValue(row.content));
    attributes.push_back(Attribute("log.record.template", StringValue(row.form->text.text())));
    attributes.push_back(Attribute("log.record.template.id", StringValue(row.statement->id())));
    if (!row.values.empty())
      attributes.push_back(Attribute("log.record.parameters", ListValue(row.values)));
    log.Array("attributes", attributes);
    Append(out, R"({"resourceLogs": [{"scopeLogs": [{"logRecords": [)", log.Done(), "]}]}]}\n");
  }

 private:
  static std::string StringValue(std::string_view value) {
    return JsonObject().Text("stringValue", value).Done();
  }
  static std::string ListValue(const Vector<ByteView>& values) {
    std::vector<std::string> list;
    for (const ByteView value : values) list.push_back(StringValue(value));
    return JsonObject().Add("arrayValue", JsonObject().Array("values", list).Done()).Done();
  }
  static std::string Attribute(std::string_view key, const std::string& value) {
    return JsonObject().Text("key", key).Add("value", value).Done();
  }
};

}  // namespace

std::unique_ptr<RecordWriter> NewRecordWriter(Layout layout) {
  switch (layout) {
    case Layout::kOtlp:
      return std::make_unique<OtlpRecords>();
    case Layout::kJson:
      return std::make_unique<JsonRecords>();
    default:
      return std::make_unique<CsvRecords>();
  }
}

int SeverityNumber(std::string_view level) {
  // By the letters that tell names and abbreviations apart; INFO2, ERROR2 and ERROR3 are what
  // OpenTelemetry maps notice, critical and alert to.
  constexpr std::pair<std::string_view, int> kSeverities[] = {
      {"tr", 1},  {"v", 1},   {"d", 5},   {"no", 10}, {"i", 9},   {"w", 13}, {"cr", 18},
      {"al", 19}, {"em", 21}, {"pa", 21}, {"f", 21},  {"se", 17}, {"e", 17}};
  std::string lower(level);
  for (char& byte : lower) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte | 0x20);
  }
  for (const auto& [begin, number] : kSeverities) {
    if (lower.starts_with(begin)) return number;
  }
  return 0;
}

}  // namespace logpress::cli
