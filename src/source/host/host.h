// The machine Vigil runs on, as a thing to scan.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "inventory/inventory.h"
#include "inventory/scan.h"

namespace vigil::source {

/// The packages of the tree under `root`, and if that is "/" what a live host knows besides: its
/// processes and ports, kernel, addresses and kind of machine. As an ordinary user the facts of other
/// users' processes are missing, and Runtime::complete is false.
Result<inventory::Inventory> scan_host(const std::string& root = "/",
                                       const inventory::ScanOptions& options = {});

/// Where container engines keep the files of containers: they lie on a host, but are not its software.
std::span<const std::string_view> container_directories();

/// Of those facts what tells a machine from others: its name and its machine id.
inventory::Runtime read_machine_identity(const tree::View& live);

/// The live facts alone, for packages found in "/".
inventory::Runtime read_runtime(const tree::View& live, std::span<const model::Package> packages);

}  // namespace vigil::source
