// The result of one scan: what every output format shows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "findings/finding.h"
#include "findings/ignore.h"
#include "inventory/inventory.h"

namespace vigil::findings {

/// A pair that a vendor's statement, a rule or the ignore file keeps out.
struct Hidden {
  std::string vulnerability;
  std::string package;  ///< name and version; empty for a whole finding
  std::string why;
};

struct NotAssessed {
  std::string why;
  std::vector<std::string> packages;  ///< names
};

struct IntelligenceInfo {
  std::string stamp;
  std::string described;         ///< "directory ../feeds, 3 days old"
  std::int64_t newest_data = 0;  ///< the newest date the data itself carries
};

struct Report {
  Resource resource;
  inventory::Inventory inventory;
  std::vector<Finding> findings;
  std::vector<Hidden> suppressed;
  std::vector<Hidden> ignored;
  std::vector<NotAssessed> not_assessed;
  IntelligenceInfo intelligence;
  std::vector<std::string> notes;  ///< expired ignore rules and the like
  std::int64_t time = 0;
};

}  // namespace vigil::findings
