// The resources of an account, page by page, with the counts of their ACTIVE findings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/engine.h"
#include "store/severity_counts.h"

namespace vigil::store {

struct ListedResource {
  std::uint64_t id = 0;
  std::string type;
  std::string resource_id;
  std::string name;
  std::string platform;
  std::string status_code;
  std::string status_reason;
  std::int64_t first_seen = 0;
  std::int64_t last_scanned = 0;
  std::int64_t removed = 0;
  SeverityCounts findings;
};

struct ResourceListQuery {
  std::int64_t account = 0;
  std::string type;        ///< empty: all
  std::string after_type;  ///< of the last resource of the page before; empty: the first page
  std::string after;       ///< its resource id
  std::size_t limit = 100;
};

/// By type and resource id.
Result<std::vector<ListedResource>> list_resources(Connection& from,
                                                   const ResourceListQuery& query);

/// Of one resource; zeroes if there is no such resource.
struct ResourceCounts {
  SeverityCounts active;
  std::int64_t suppressed = 0;
};
Result<ResourceCounts> resource_counts(Connection& from, std::int64_t account,
                                       std::uint64_t resource);

}  // namespace vigil::store
