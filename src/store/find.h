// ListFindings: filter, sort, page. Pages are found by key, not by counting, so paging to the end
// neither skips nor repeats what does not change meanwhile, and the last page costs what the first
// does. How it stays fast at millions of rows is told in store/find.cc.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "findings/document.h"
#include "findings/filter.h"
#include "findings/identity.h"
#include "store/engine.h"

namespace vigil::store {

/// Inspector2's SortField, in its order.
enum class SortField : std::uint8_t {
  AwsAccountId,
  FindingType,
  Severity,
  FirstObservedAt,
  LastObservedAt,
  FindingStatus,
  ResourceType,
  EcrImagePushedAt,
  EcrImageRepositoryName,
  EcrImageRegistry,
  NetworkProtocol,
  ComponentType,
  VulnerabilityId,
  VulnerabilitySource,
  InspectorScore,
  VendorSeverity,
  EpssScore,
  None,  ///< the order that is cheapest
};

struct FindQuery {
  std::vector<std::int64_t> accounts;  ///< that the caller may see
  findings::Filter filter;
  SortField sort = SortField::None;
  bool descending = false;
  std::size_t limit = 25;  ///< 1..1000
  std::string after;       ///< FindPage::next of the page before; empty: the first page
};

/// One finding with the texts it is written from.
struct FoundFinding {
  std::int64_t account = 0;
  findings::FindingId id;
  std::string region;
  std::string type;
  model::Severity severity = model::Severity::Untriaged;
  findings::FindingState state;
  std::string resource_body;
  std::string vulnerability_body;
  std::string assessment_body;
};

struct FindPage {
  std::vector<FoundFinding> findings;
  /// Where the next page begins: opaque bytes of this room, to be signed before they are given away;
  /// empty at the end. A text that is none of these is an error, not a crash.
  std::string next;
};

Result<FindPage> find(Connection& from, const FindQuery& query);

/// By identity; what does not exist is left out.
Result<std::vector<FoundFinding>> find_by_id(Connection& from, std::int64_t account,
                                             std::span<const findings::FindingId> ids);

/// How many there are by status, with the filter; exact.
struct FindCount {
  std::int64_t active = 0, suppressed = 0, closed = 0;
};
Result<FindCount> count(Connection& from, const FindQuery& query);

}  // namespace vigil::store
