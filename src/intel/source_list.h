// The snapshot's own account of what went into it, as bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intel/snapshot.h"

namespace vigil::intel {

struct SourceList {
  std::vector<std::string> feeds;  ///< names that rows refer to by index
  std::string epss_date;           ///< of the EPSS scores, YYYY-MM-DD; may be empty
  std::vector<Source> sources;
};

std::string encode_source_list(const SourceList& list);
Result<SourceList> decode_source_list(std::string_view bytes);

}  // namespace vigil::intel
