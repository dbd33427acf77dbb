// Listings as JSON.

#include "cli/json.h"
#include "cli/library.h"
#include "cli/listing.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

void AddTimes(const logpress_time& first, const logpress_time& last, JsonObject* object) {
  if (first.kind == LOGPRESS_TIME_NONE) return;
  object->Text("first_time", LineTimeText(first)).Text("last_time", LineTimeText(last));
  if (first.kind != last.kind || last.begin < first.begin) return;
  object->Decimal("span_seconds",
                  (static_cast<double>(last.begin) - static_cast<double>(first.begin)) / 1e6);
}

void AddAmounts(const Amounts& amounts, JsonObject* object) {
  object->Number("raw_bytes", amounts.raw).Number("packed_bytes", amounts.packed);
  object->Ratio(amounts.raw, amounts.packed).Number("lines", amounts.lines);
  object->Number("blocks", amounts.blocks).Number("templates", amounts.templates);
  std::vector<std::string> levels;
  for (const int level : amounts.levels) levels.push_back(Cat(level));
  std::vector<std::string> backends;
  for (const std::string& backend : amounts.Backends()) backends.push_back(JsonString(backend));
  object->Array("levels", levels).Array("backends", backends);
  std::vector<std::string> dictionaries;
  for (const uint64_t id : amounts.dictionaries)
    dictionaries.push_back(JsonString(DictionaryName(id)));
  if (!dictionaries.empty()) object->Array("dictionaries", dictionaries);
  AddTimes(amounts.first, amounts.last, object);
}

std::string BlockJson(const logpress_block_info& block) {
  JsonObject object;
  object.Number("offset", block.offset).Number("raw_bytes", block.raw_bytes);
  object.Number("packed_bytes", block.packed_bytes).Ratio(block.raw_bytes, block.packed_bytes);
  object.Number("first_line", block.first_line + 1).Number("lines", block.lines);
  object.Flag("starts_mid_line", block.starts_inside_a_line != 0)
      .Number("templates", block.templates);
  if (const char* const name = logpress_backend_name(block.backend); name != nullptr)
    object.Text("backend", name);
  AddTimes(block.first_time, block.last_time, &object);
  return object.Done();
}

}  // namespace

std::string ListingJson(const Listing& listing) {
  JsonObject object;
  object.Text("type", "file").Name("path", listing.path);
  object.Text("outcome", listing.damage.ok() ? "listed" : "damaged");
  if (!listing.damage.ok()) object.Text("message", Message(listing.damage));
  AddAmounts(listing.amounts, &object);
  if (!listing.blocks.empty()) {
    std::vector<std::string> blocks;
    for (const logpress_block_info& block : listing.blocks) blocks.push_back(BlockJson(block));
    object.Array("block_list", blocks);
  }
  if (!listing.parts.empty()) {
    std::vector<std::string> parts;
    for (const logpress_part& part : listing.parts) {
      JsonObject row;
      row.Text("part", part.name).Number("bytes", part.bytes).Number("count", part.count);
      parts.push_back(row.Done());
    }
    object.Array("parts", parts);
  }
  return object.Done() + "\n";
}

std::string ListSummaryJson(const Amounts& total, uint64_t listed, uint64_t failed) {
  JsonObject object;
  object.Text("type", "summary").Number("listed", listed).Number("failed", failed);
  AddAmounts(total, &object);
  return object.Done() + "\n";
}

std::string FailureJson(const std::string& path, const absl::Status& status) {
  JsonObject object;
  object.Text("type", "file").Name("path", path);
  object.Text("outcome", absl::IsDataLoss(status) ? "damaged" : "failed");
  return object.Text("message", Message(status)).Done() + "\n";
}

}  // namespace logpress::cli
