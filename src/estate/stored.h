// Inventories and circumstances as they are stored, as values again.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "estate/profile.h"
#include "inventory/inventory.h"
#include "store/engine.h"
#include "store/inventory.h"

namespace vigil::estate {

/// The inventory a resource was last ingested with, whole and in canonical order; its digest is
/// ResourceRow::inventory. Nothing if the resource does not exist or was never inventoried.
Result<std::optional<inventory::Inventory>> stored_inventory(store::Connection& from,
                                                             std::int64_t account,
                                                             std::uint64_t resource);

/// What a stored profile stands for, as circumstances_of gives it. Errors: NotFound if there is no such profile.
Result<Circumstances> stored_circumstances(store::Connection& from, std::int64_t account,
                                           std::uint64_t profile);
/// The same with only those packages that are found.
Result<Circumstances> stored_circumstances(store::Connection& from, std::int64_t account,
                                           std::uint64_t profile, const PackageLookup& lookup);

}  // namespace vigil::estate
