// What kind of thing the values of a slot are: the ten categories of VALB (Li et al., "Did we miss
// something important? Studying and exploring variable-aware log abstraction", ICSE 2023).
#ifndef LOGPRESS_STATEMENT_VALUE_TYPES_H_
#define LOGPRESS_STATEMENT_VALUE_TYPES_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::statement {

enum class ValueType : uint8_t {
  kObjectId,
  kLocation,
  kObjectName,
  kType,
  kSwitch,
  kTime,      // of day, or a duration
  kResource,  // of a computer: memory, bytes, a share of a processor
  kAmount,
  kStatus,
  kOther,
};

// "object id", "location", ...
std::string_view NameOf(ValueType type);

// A slot in the text of its statement. Borrows everything.
struct Slot {
  ByteView before;  // the text in front of it, up to the slot before
  ByteView behind;
  std::span<const ByteBuffer> values;         // some of those that were seen
  std::span<const ByteBuffer> previous = {};  // and of those in the slot before it
};

// A rule, and a slot that it names: "took <*>", "12.5".
struct ValueRule {
  ValueType type;
  std::string_view text;
  std::string_view value;
  bool (*holds)(const Slot& slot);
  std::string_view previous = {};  // the value of the slot before it
};

// In their order: the first that holds names the slot.
std::span<const ValueRule> ValueRules();

ValueType TypeOf(const Slot& slot);

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_VALUE_TYPES_H_
