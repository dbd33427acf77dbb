// Making a whole archive of a damaged one.

#include "archive/repair.h"

#include "api/call.h"
#include "api/callbacks.h"
#include "api/times.h"
#include "base/status.h"

using logpress::api::SetField;
using logpress::archive::LostPlace;

extern "C" logpress_code logpress_repair(const logpress_options* options,
                                         const logpress_source* source,
                                         logpress_write_function write, void* write_opaque,
                                         logpress_lost_function lost, void* lost_opaque,
                                         logpress_repair_report* report) {
  return logpress::api::Call(options, [&](const logpress::api::Options&) -> absl::Status {
    LOGPRESS_RETURN_IF_ERROR(logpress::api::CheckSource(source));
    if (write == nullptr) return absl::InvalidArgumentError("write is NULL");
    if (report != nullptr && !logpress::api::SizeIsSet(report))
      return absl::InvalidArgumentError("report: struct_size is not set; set it to sizeof");
    logpress::api::CallbackSource file(*source);
    logpress::api::CallbackSink sink(write, write_opaque);
    const auto tell = [&](const LostPlace& place) {
      const logpress_lost_place told = {sizeof(told),
                                        place.damage.message.c_str(),
                                        place.damage.offset,
                                        place.damage.packed_bytes,
                                        place.damage.lines_known ? 1 : 0,
                                        place.damage.lines,
                                        place.damage.out_of_place ? 1 : 0,
                                        logpress::api::TimeOf(place.after),
                                        logpress::api::TimeOf(place.before)};
      if (lost != nullptr) logpress::api::CallOut([&] { lost(lost_opaque, &told); });
    };
    logpress::archive::RepairReport made;
    LOGPRESS_RETURN_IF_ERROR(
        logpress::api::ReadingStatus(logpress::archive::Repair(&file, &sink, tell, &made)));
    if (report == nullptr) return absl::OkStatus();
    SetField(report, &logpress_repair_report::whole, made.whole ? 1 : 0);
    SetField(report, &logpress_repair_report::archives, made.archives);
    SetField(report, &logpress_repair_report::blocks, made.blocks);
    SetField(report, &logpress_repair_report::lines, made.lines);
    SetField(report, &logpress_repair_report::raw_bytes, made.raw_bytes);
    SetField(report, &logpress_repair_report::packed_bytes, made.packed_bytes);
    SetField(report, &logpress_repair_report::places, made.places);
    SetField(report, &logpress_repair_report::lost_packed_bytes, made.lost_packed_bytes);
    SetField(report, &logpress_repair_report::lost_lines, made.lost_lines);
    SetField(report, &logpress_repair_report::all_losses_known, made.all_losses_known ? 1 : 0);
    SetField(report, &logpress_repair_report::blocks_out_of_place, made.blocks_out_of_place);
    return absl::OkStatus();
  });
}
