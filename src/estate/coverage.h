// Whether a resource is watched and if not why: the status that ListCoverage shows (inspector.md 2.4),
// and what follows for its findings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "findings/finding.h"
#include "intel/snapshot.h"
#include "inventory/inventory.h"

namespace vigil::estate {

enum class Treatment : std::uint8_t {
  Assess,  ///< match, and let its findings follow
  Wait,    ///< there is no intelligence: its inventory is kept until there is
  Keep,    ///< nothing could be read: what was known of it stays
  Close,   ///< it is not to be scanned: its findings close as those of a resource that went
};

struct Coverage {
  std::string_view code;    ///< "ACTIVE", "INACTIVE"
  std::string_view reason;  ///< ScanStatusReason
  Treatment treatment = Treatment::Assess;
};

/// `scanned`: its scan type is enabled. `intelligence` may be null.
Coverage coverage_of(const findings::Resource& resource, const inventory::Inventory& inventory,
                     bool scanned, const intel::Snapshot* intelligence);

/// The same for a stored resource whose inventory is there: only what intelligence decides.
Coverage coverage_of_system(std::string_view resource_type, std::string_view ecosystem,
                            const intel::Snapshot& intelligence);

/// Of a resource whose scan type is off.
inline constexpr std::string_view kPendingDisable = "PENDING_DISABLE";

}  // namespace vigil::estate
