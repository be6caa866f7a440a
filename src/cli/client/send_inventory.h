// Sends what was found on a resource to a server: what changed since the last time, where the server
// still has that; else all of it.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "cli/client/client.h"
#include "findings/compose.h"
#include "findings/finding.h"
#include "inventory/inventory.h"

namespace vigil::cli {

struct Sent {
  std::string answer;     ///< the server's, as it is
  std::size_t bytes = 0;  ///< of the document that was taken
  bool as_delta = false;
  bool changed = false;
  std::uint64_t opened = 0, updated = 0, closed = 0, reopened = 0, unchanged = 0;
};

/// `memory` is a directory for what was sent last, one file for each server and resource. That it
/// cannot be used only means that the whole is sent every time.
Result<Sent> send_inventory(const Client& client, const findings::Resource& resource,
                            const findings::ResourceFacts& facts,
                            const inventory::Inventory& inventory, const std::string& memory);

}  // namespace vigil::cli
