// ListCoverage and ListCoverageStatistics: what is watched, how, and since when not.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "findings/filter.h"
#include "store/engine.h"

namespace vigil::store {

struct CoverageQuery {
  std::vector<std::int64_t> accounts;
  /// CoverageFilterCriteria under the API's member names: "scanStatusCode", "resourceType", ...
  std::map<std::string, std::vector<findings::StringTest>> strings;
  std::map<std::string, std::vector<findings::MapTest>> maps;
  std::map<std::string, std::vector<findings::RangeTest>> ranges;
  std::size_t limit = 200;
  std::string after;
};

/// One row per resource and scan type.
struct CoverageRow {
  std::int64_t account = 0;
  std::string resource_type;
  std::string resource_id;
  std::string scan_type;  ///< PACKAGE, NETWORK, CODE
  std::string status_code;
  std::string status_reason;
  std::string scan_mode;
  std::int64_t last_scanned = 0;
  std::string platform;
  std::string resource_body;  ///< findings::resource_document, for resourceMetadata
};

struct CoveragePage {
  std::vector<CoverageRow> rows;
  std::string next;
};
Result<CoveragePage> coverage(Connection& from, const CoverageQuery& query);

struct CoverageCounts {
  std::int64_t total = 0;
  std::map<std::string, std::int64_t> by_group;  ///< the group's value -> count
};
/// `group`: Inspector2's GroupKey; empty: only the total.
Result<CoverageCounts> coverage_statistics(Connection& from, const CoverageQuery& query,
                                           std::string_view group);

}  // namespace vigil::store
