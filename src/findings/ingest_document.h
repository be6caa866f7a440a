// What `vigil scan --server` and agents send about one resource: who it is, what is known about it,
// and its inventory or what changed in it.
//
//   {"resource": {"type": "AWS_EC2_INSTANCE", "id": "i-...", "platform": "DEBIAN_12", "name": "web-1",
//                 "osName": "...", "ipv4": [...], "ipv6": [...], "tags": {...},
//                 "instance" | "image" | "function" | "repository": {...}},
//    "facts": {"exposure": "none", "reachesSecrets": "no", "canWrite": "unknown", "kind": "host"},
//    "inventory": {...}}     or     "delta": {...}
//
// The inventory is inventory/document.h's, the delta inventory/delta.h's. Account and region are
// not in it: they are the signer's. A fact that is left out is unknown.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "findings/compose.h"
#include "findings/finding.h"
#include "inventory/delta.h"
#include "inventory/document.h"

namespace vigil::findings {

/// Media types of the request's body: with an inventory, with a delta.
inline constexpr std::string_view kInventoryMediaType = "application/vnd.vigil.inventory+json";
inline constexpr std::string_view kDeltaMediaType = "application/vnd.vigil.inventory-delta+json";

struct IngestDocument {
  Resource resource;
  ResourceFacts facts;
  /// One of the two.
  std::optional<inventory::Inventory> inventory;
  std::optional<inventory::Delta> delta;
};

/// With the inventory that `inventory_document` wrote.
std::string ingest_document(const Resource& resource, const ResourceFacts& facts,
                            std::string_view inventory_document);
/// With the delta that `delta_document` wrote.
std::string ingest_delta_document(const Resource& resource, const ResourceFacts& facts,
                                  std::string_view delta_document);

/// Errors name the member: "resource.id: missing".
Result<IngestDocument> parse_ingest_document(std::string_view document,
                                             const inventory::DocumentLimits& limits = {});

}  // namespace vigil::findings
