// The circumstances findings depend on, without the resource's own name: which packages in which
// versions, which of them run, the kernel that runs, the operating system's maintenance, who can reach
// it, what it may do. Resources of one profile have the same findings but for dates and suppression,
// so a profile is matched once, however many resources have it.
//
// A profile is canonical: it holds nothing that no finding depends on (a kernel's release is left out
// where no kernel is installed; processes are reduced to the packages they use), so that equal
// circumstances have equal ids.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "findings/compose.h"
#include "inventory/document_parts.h"
#include "inventory/inventory.h"
#include "store/inventory.h"

namespace vigil::estate {

struct Profile {
  std::uint64_t id = 0;  ///< the first eight bytes of SHA-256 over the body
  std::uint64_t package_set = 0;
  std::string body;                             ///< JSON
  std::vector<store::PackageVersion> packages;  ///< ascending by id, each once
};

/// What a profile was made from, as far as matching and composing need it.
struct Circumstances {
  std::string resource_type;
  inventory::Inventory inventory;          ///< in canonical order
  std::vector<std::uint64_t> package_ids;  ///< of each package of the inventory
  findings::ResourceFacts facts;
};

/// The circumstances themselves, ready to be assessed, beside the profile that stands for them.
struct Profiled {
  Profile profile;
  Circumstances circumstances;
};

Profiled profile_of(const inventory::Inventory& inventory, const findings::ResourceFacts& facts,
                    std::string_view resource_type);
/// The same by an order that is at hand.
Profiled profile_of(const inventory::Inventory& inventory, const inventory::PackageOrder& order,
                    const findings::ResourceFacts& facts, std::string_view resource_type);

/// The same circumstances again from what the store holds: all packages of the set must be given.
/// Errors: Invalid if the profile is none.
Result<Circumstances> circumstances_of(std::string_view profile_body,
                                       std::span<const store::PackageVersion> packages);

/// A package of a set with what it says.
struct StoredPackage {
  std::uint64_t id = 0;
  std::string document;
  model::Package package;
};
/// The package with this id, or null if it is to be left out.
using PackageLookup = std::function<const StoredPackage*(std::uint64_t id)>;

/// As if only the packages that are found were installed. `members`: ids of the whole set, ascending.
Result<Circumstances> circumstances_of(std::string_view profile_body,
                                       std::span<const std::uint64_t> members,
                                       const PackageLookup& lookup);

}  // namespace vigil::estate
