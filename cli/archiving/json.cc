#include "cli/archiving/json.h"

#include <cstdint>
#include <cstdio>

#include "absl/strings/str_format.h"
#include "cli/archiving/report.h"
#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

// How many bytes the UTF-8 character at the begin of `bytes` has (Unicode 15, table 3-7); 0 when
// there is none.
size_t CharacterSize(std::string_view bytes) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const size_t size = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (size == 0 || bytes.size() < size) return 0;
  for (size_t i = 1; i < size; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  const bool overlong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
  const bool beyond = (first == 0xed && byte(1) >= 0xa0) || (first == 0xf4 && byte(1) >= 0x90);
  return overlong || beyond ? 0 : size;
}

// An object, member by member.
class Object {
 public:
  Object& Add(std::string_view key, const std::string& json) {
    Append(&text_, text_.size() > 1 ? ", " : "", "\"", key, "\": ", json);
    return *this;
  }
  Object& Text(std::string_view key, std::string_view value) { return Add(key, JsonString(value)); }
  Object& Number(std::string_view key, uint64_t value) { return Add(key, Cat(value)); }
  Object& Decimal(std::string_view key, double value) {
    return Add(key, absl::StrFormat("%.3f", value));
  }
  Object& Flag(std::string_view key, bool value) { return Add(key, value ? "true" : "false"); }
  // A name; where it is not UTF-8, its bytes follow in hex.
  Object& Name(std::string_view key, std::string_view value) {
    Text(key, value);
    if (IsUtf8(value)) return *this;
    std::string hex;
    for (const char c : value) absl::StrAppendFormat(&hex, "%02x", static_cast<unsigned char>(c));
    return Text(Cat(key, "_hex"), hex);
  }
  Object& Ratio(uint64_t source, uint64_t packed) {
    if (packed == 0) return *this;
    return Decimal("ratio", static_cast<double>(source) / static_cast<double>(packed));
  }
  std::string Done() const { return text_ + "}"; }
  void Print() const {
    const std::string line = Done() + "\n";
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
  }

 private:
  std::string text_ = "{";
};

}  // namespace

bool IsUtf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const size_t size = CharacterSize(bytes);
    if (size == 0) return false;
    bytes.remove_prefix(size);
  }
  return true;
}

std::string JsonString(std::string_view bytes) {
  std::string text = "\"";
  while (!bytes.empty()) {
    const size_t size = CharacterSize(bytes);
    const char c = bytes[0];
    if (size == 0) {
      text += "\\ufffd";
    } else if (c == '"' || c == '\\') {
      Append(&text, "\\", bytes.substr(0, 1));
    } else if (size == 1 && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)) {
      absl::StrAppendFormat(&text, "\\u%04x", static_cast<unsigned char>(c));
    } else {
      text += bytes.substr(0, size);
    }
    bytes.remove_prefix(size == 0 ? 1 : size);
  }
  return text + '"';
}

void PrintJsonFile(const FileResult& result, std::string_view policy, bool dry_run) {
  Object object;
  object.Text("type", "file").Text("policy", policy).Name("path", result.path);
  object.Text("outcome", OutcomeName(result.outcome));
  if (dry_run) object.Flag("dry_run", true);
  if (result.outcome == Outcome::kSkipped || result.outcome == Outcome::kIgnored)
    object.Text("reason", ReasonName(result.reason));
  if (!result.message.empty()) object.Text("message", result.message);
  if (result.packer != Packer::kNone) object.Text("repacked_from", PackerName(result.packer));
  if (result.outcome == Outcome::kDeleted) {
    object.Number("archive_bytes", result.source_bytes);
  } else if (result.outcome == Outcome::kPacked || result.outcome == Outcome::kFinished) {
    object.Text("chosen", result.chosen).Number("source_bytes", result.source_bytes);
    if (!result.due.empty()) object.Text("due", result.due);
    if (!dry_run) {
      object.Name("archive", result.archive).Number("raw_bytes", result.raw_bytes);
      object.Number("archive_bytes", result.archive_bytes);
      object.Ratio(result.source_bytes, result.archive_bytes);
      object.Flag("removed_source", result.removed_source).Decimal("seconds", result.seconds);
    }
  }
  object.Print();
}

void PrintJsonMessage(std::string_view type, std::string_view path, std::string_view message) {
  Object().Text("type", type).Name("path", path).Text("message", message).Print();
}

void PrintJsonSummary(const PolicyTotals& totals, double seconds, std::string_view stopped,
                      bool dry_run) {
  Object object;
  object.Text("type", "summary");
  if (dry_run) object.Flag("dry_run", true);
  for (size_t i = 0; i < kOutcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    object.Number(OutcomeName(outcome), totals.count(outcome));
  }
  Object reasons;
  for (const auto& [reason, count] : totals.skipped) reasons.Number(reason, count);
  object.Add("skipped_for", reasons.Done());
  object.Number("errors", totals.errors).Number("warnings", totals.warnings);
  object.Number("source_bytes", totals.source_bytes).Number("raw_bytes", totals.raw_bytes);
  object.Number("archive_bytes", totals.archive_bytes);
  object.Ratio(totals.source_bytes, totals.archive_bytes);
  object.Number("deleted_bytes", totals.deleted_bytes)
      .Number("due", totals.due)
      .Decimal("seconds", seconds);
  if (!stopped.empty()) object.Text("stopped", stopped);
  object.Print();
}

}  // namespace logpress::cli::archiving
