#include "primer/file.h"

#include "absl/strings/str_cat.h"
#include "base/checksum.h"
#include "codec/decode_cost.h"
#include "primer/sizes.h"

namespace logpress::primer {
namespace {

constexpr ByteView kMagic("\x8bLPD", 4);
constexpr char kVersion = 0;

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("the dictionary is damaged: ", what));
}

}  // namespace

void AppendFile(File* file, ByteBuffer* out) {
  ByteBuffer body;
  PutVarint(&body, file->described);
  PutVarint(&body, file->rows);
  PutVarint(&body, file->text_size);
  PutVarint(&body, file->meta_size);
  PutVarint(&body, file->long_size);
  body.push_back(static_cast<char>(file->packer));
  PutVarint(&body, file->packed.size());
  body.append(file->packed);
  body.append(file->coded);
  file->id = Checksum64(body);
  out->append(kMagic);
  out->push_back(kVersion);
  PutFixed64(out, file->id);
  out->append(body);
}

absl::Status ParseFile(ByteView bytes, File* file) {
  if (bytes.substr(0, kMagic.size()) != kMagic)
    return absl::InvalidArgumentError("not a dictionary of logpress");
  ByteReader reader(bytes.substr(kMagic.size()));
  ByteView version;
  if (!reader.GetBytes(1, &version) || !reader.GetFixed64(&file->id)) return Damaged("cut off");
  if (version[0] != kVersion) {
    return absl::UnimplementedError(
        absl::StrCat("the dictionary has version ", int{static_cast<uint8_t>(version[0])},
                     ", which this program does not know; use a newer logpress"));
  }
  if (Checksum64(bytes.substr(bytes.size() - reader.remaining())) != file->id)
    return Damaged("it does not match its id");
  uint64_t packer;
  uint64_t packed_size;
  if (!reader.GetVarintUpTo(kMaxSample, &file->described) ||
      !reader.GetVarintUpTo(kMaxSample, &file->rows) ||
      !reader.GetVarintUpTo(kMaxSample, &file->text_size) ||
      !reader.GetVarintUpTo(codec::DecodeBudget(file->described), &file->meta_size) ||
      !reader.GetVarintUpTo(file->text_size, &file->long_size) ||
      !reader.GetVarintUpTo(static_cast<uint64_t>(backend::PackerId::kXz), &packer) ||
      !reader.GetVarintUpTo(reader.remaining(), &packed_size) ||
      !reader.GetBytes(packed_size, &file->packed)) {
    return Damaged("bad sizes");
  }
  file->packer = static_cast<backend::PackerId>(packer);
  reader.GetBytes(reader.remaining(), &file->coded);
  return absl::OkStatus();
}

}  // namespace logpress::primer
