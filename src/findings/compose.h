// Matches become findings: records decoded, scores computed, texts written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "findings/finding.h"
#include "intel/snapshot.h"
#include "inventory/inventory.h"
#include "match/match.h"
#include "score/facts.h"
#include "score/policy.h"

namespace vigil::findings {

/// What is known about the resource as a whole; facts about single packages come from the inventory.
struct ResourceFacts {
  score::Exposure exposure = score::Exposure::Unknown;
  score::Fact reaches_secrets = score::Fact::Unknown;
  score::Fact can_write = score::Fact::Unknown;
  score::ResourceKind kind = score::ResourceKind::Host;
};

/// Who can reach its ports, as far as the host itself can tell: None where it was looked at wholly
/// and listens on nothing but loopback; else Unknown, because whether a port is reachable is decided
/// by the network around it.
score::Exposure observed_exposure(const inventory::Inventory& inventory);

/// The worst first: by severity, score, EPSS, id. An error if the snapshot is damaged.
Result<std::vector<Finding>> compose(const Resource& resource,
                                     const inventory::Inventory& inventory,
                                     const match::Matches& matches, const intel::Snapshot& snapshot,
                                     const score::Policy& policy, const ResourceFacts& facts,
                                     std::int64_t now);

}  // namespace vigil::findings
