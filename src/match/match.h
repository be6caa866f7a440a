// Inventory × intelligence → which package is affected by which vulnerability, and the rest of the
// truth: what a vendor says is not affected, what was left out by a rule, what could not be assessed.
//
// Pure: the same inventory and snapshot give the same answer. The rules are those every serious
// matcher ends up with; each has a named test in match_test.cc:
//  - Debian, Ubuntu, Alpine: advisories name the source package, so its name and version decide.
//  - The kernel: only the package of the running kernel counts; headers, old images and userland
//    built from the kernel's source do not. In a tree nobody boots, none counts.
//  - A vendor's "not affected" suppresses, for that package, whatever other sources say.
//  - Debian "unimportant": no security impact in practice; left out unless asked for.
//  - Ubuntu: a fix that only Ubuntu Pro has counts as available where the host is attached to it.
//  - Packages of third parties (dpkg's Origin) are not matched against the distribution's advisories.
//  - A version that its ecosystem's scheme refuses is not assessed, and said to be so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intel/snapshot.h"
#include "inventory/inventory.h"
#include "model/fix_state.h"

namespace vigil::match {

struct Options {
  bool all_kernels = false;  ///< also report kernel packages that do not run
  bool unimportant = false;  ///< also report what Debian calls unimportant
};

/// One package of the inventory that a vulnerability affects.
struct AffectedPackage {
  std::size_t package = 0;  ///< index into Inventory::packages
  model::FixState state = model::FixState::Affected;
  std::string fixed_version;  ///< the lowest known version above the installed one that is not
                              ///< affected; empty if there is none
  std::string vendor_severity;
  std::string advisory;
  std::string note;  ///< the vendor's reason, or what the fix needs ("Ubuntu Pro")
  std::string feed;  ///< which source says so
};

/// One vulnerability of the resource with all packages it affects, in the inventory's order.
struct Match {
  std::uint32_t vulnerability = 0;  ///< index in the snapshot
  std::vector<AffectedPackage> packages;
};

/// A pair that a vendor's statement or a rule keeps out of the matches.
struct Suppressed {
  std::size_t package = 0;
  std::uint32_t vulnerability = 0;
  std::string why;  ///< "not affected", "unimportant", "not the running kernel"
  std::string feed;
};

/// Packages nobody can speak for, counted by reason.
struct Unassessed {
  std::string why;
  std::vector<std::size_t> packages;
};

struct Matches {
  std::vector<Match> matches;  ///< by the vulnerability's index, ascending
  std::vector<Suppressed> suppressed;
  std::vector<Unassessed> unassessed;
};

Matches match(const inventory::Inventory& inventory, const intel::Snapshot& snapshot,
              const Options& options);

}  // namespace vigil::match
