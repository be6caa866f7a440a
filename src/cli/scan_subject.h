// What `vigil scan` looks at: its inventory, its identity, what is known about it.
#pragma once

#include "base/result.h"
#include "cli/commands.h"
#include "findings/compose.h"
#include "findings/finding.h"
#include "inventory/inventory.h"

namespace vigil::cli {

Result<inventory::Inventory> take_inventory(const ScanOptions& options);

/// Deterministic: the same machine, directory or SBOM file is always the same resource.
findings::Resource describe_resource(const ScanOptions& options,
                                     const inventory::Inventory& inventory);

/// What the options say, else what can be observed.
Result<findings::ResourceFacts> know_facts(const ScanOptions& options,
                                           const inventory::Inventory& inventory);

}  // namespace vigil::cli
