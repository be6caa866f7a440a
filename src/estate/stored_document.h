// An inventory in the parts it is stored in: each package once per account, and the rest of the
// resource's own.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "inventory/document_parts.h"
#include "inventory/inventory.h"

namespace vigil::estate {

/// All of an inventory but its packages, as ResourceBody::runtime has it; processes refer to the
/// packages in canonical order.
std::string rest_document(const inventory::Inventory& inventory,
                          const inventory::PackageOrder& order);

/// The whole again, its packages in the order of `packages`, which are their documents. `rest` may be
/// empty: then there are packages only.
Result<inventory::Inventory> assemble_inventory(std::span<const std::string_view> packages,
                                                std::string_view rest);

}  // namespace vigil::estate
