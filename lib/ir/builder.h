// Builds the intermediate representation of a block: rows, templates, columns, dictionaries, all
// the way down.
#ifndef LOGPRESS_IR_BUILDER_H_
#define LOGPRESS_IR_BUILDER_H_

#include <cstdint>
#include <memory>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "ir/ir.h"

namespace logpress::ir {

// What a block is divided into. Lines, but that long ones are cut at the objects of their arrays;
// or the members of JSON objects (text/json_members.h).
enum class Rows : uint8_t { kLines, kMembers };

// Where a variable token stands that is the same in all rows of its template: in the template; or
// in a column, since `text` is a sample, and other rows may differ.
enum class Constants : uint8_t { kInTemplates, kInColumns };

// Reused block after block, so that its memory is paid once. One thread at a time.
class Builder : public InMemory {
 public:
  Builder();
  ~Builder();

  // The structure of `text` (at most 2^31 bytes). The result points into `text` and into the
  // builder, and lives until the next call. Depends on the arguments alone.
  BlockView Build(ByteView text, Rows rows = Rows::kLines,
                  Constants constants = Constants::kInTemplates);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace logpress::ir

#endif  // LOGPRESS_IR_BUILDER_H_
