// The intelligence a command works with, and what to say about it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "findings/report.h"
#include "intel/snapshot.h"

namespace vigil::cli {

struct Intelligence {
  intel::Snapshot snapshot;
  std::string path;
};

/// Opens the snapshot at --intel, VIGIL_INTEL or the default place; without one, an error that says
/// how to get it.
Result<Intelligence> open_intelligence(const std::string& given);

/// The newest date that any source's own data carries; 0 if none does.
std::int64_t newest_data(const intel::Snapshot& snapshot);

findings::IntelligenceInfo describe_intelligence(const Intelligence& intelligence,
                                                 std::int64_t now);

}  // namespace vigil::cli
