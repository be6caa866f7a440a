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
//  - A version that its ecosystem's scheme refuses is not assessed, and said to be so; nor is a range
//    of versions, a commit, a branch, an artifact without its group (match/assessable.h).
//  - Packages are compared only with advisories of their own ecosystem, whatever their names are.
//  - Software that no package manager knows is matched by its CPE, if it has one and no database of
//    its own kind speaks of it.
//  - A package for development or tests counts like any other: its scope is shown.
//  - A flaw of one platform, or of functions that a Go program does not hold, is not this package's.
//  - Malicious packages are never left out by a rule about fixes or severities: there is no fix but
//    to remove them.
//  - What a VEX document of the user's says is not affected or fixed is suppressed, with its reason.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intel/snapshot.h"
#include "inventory/inventory.h"
#include "match/vex/statement.h"
#include "model/fix_state.h"

namespace vigil::match {

struct Options {
  bool all_kernels = false;  ///< also report kernel packages that do not run
  bool unimportant = false;  ///< also report what Debian calls unimportant
  /// Of VEX documents (match/vex/read.h). What they say is not affected or fixed is suppressed, with
  /// their reason; what they say is affected or under investigation is reported.
  std::vector<vex::Statement> statements;
  /// Purls of the thing that was looked at (pkg:oci/...), by which VEX documents may know it.
  std::vector<std::string> resource;
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
  std::string
      why;  ///< "not affected", "unimportant", "not the running kernel", a VEX document's reason
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
