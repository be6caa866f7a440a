// What a scan found becomes stored findings: the one way in for this host's own watcher, for
// `vigil scan --server`, and for SBOM documents.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "estate/estate.h"
#include "findings/compose.h"
#include "findings/finding.h"
#include "inventory/inventory.h"

namespace vigil::estate {

struct Ingested {
  std::string digest;    ///< of the inventory as it is stored now: what a delta is based on
  bool changed = false;  ///< false: the same inventory under the same intelligence; one row written
  std::size_t opened = 0, updated = 0, closed = 0, reopened = 0, unchanged = 0;
};

/// Stores the inventory of a resource, matches it and reconciles its findings, in one transaction:
/// when it returns, all of it is stored. Idempotent. Facts unknown stay unknown.
Result<Ingested> ingest(Estate& estate, const findings::Resource& resource,
                        const inventory::Inventory& inventory,
                        const findings::ResourceFacts& facts);

}  // namespace vigil::estate
