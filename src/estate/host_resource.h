// Which resource a scanned host or directory is: one function, so that `vigil scan`, agents and the
// server's own watch mean the same thing by the same id.
#pragma once

#include <string>
#include <string_view>

#include "findings/resource.h"
#include "inventory/inventory.h"

namespace vigil::estate {

/// The id of a live host.
std::string host_id(const inventory::Runtime& runtime);

/// A live host is known by its machine id, or by its name where it has none; a directory by its path
/// without links. `root` is what was scanned; empty means "/".
findings::Resource host_resource(const inventory::Inventory& inventory, const std::string& root,
                                 std::string_view account, std::string_view region);

}  // namespace vigil::estate
