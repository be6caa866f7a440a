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
  bool changed = false;  ///< false: the same inventory under the same intelligence; at most one row
                         ///< was written, and the counts below are 0
  std::size_t opened = 0, updated = 0, closed = 0, reopened = 0, unchanged = 0;
};

/// Stores the inventory of a resource, matches it and reconciles its findings, in one transaction:
/// when it returns, all of it is stored. Idempotent. Facts unknown stay unknown.
///
/// A resource that is excluded by its tags or whose scan type is off is stored, and its findings close.
/// A host of which no package could be read keeps what was known of it. Without intelligence the
/// inventory waits. Errors: NotFound if the account does not exist; Busy, Io.
Result<Ingested> ingest(Estate& estate, const findings::Resource& resource,
                        const inventory::Inventory& inventory,
                        const findings::ResourceFacts& facts);

}  // namespace vigil::estate
