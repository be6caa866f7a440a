// What differs between two snapshots of intelligence, as a refresh asks: which vulnerabilities have to
// be judged again, and under which names packages may be concerned.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "intel/snapshot.h"
#include "store/inventory.h"

namespace vigil::estate {

struct Changed {
  /// By index in the snapshot before and after: all vulnerabilities that a changed package's rows
  /// name, before or after. A finding of any other vulnerability is what it was.
  std::vector<bool> before, after;
  std::size_t vulnerabilities = 0;
  /// All packages whose rows name one of these: every package of such a finding is among them.
  std::vector<store::ChangedPackage> packages;
  /// Some ecosystem is covered now that was not before, or the other way round: then the coverage of
  /// resources may be another one, whatever packages they hold.
  bool other_ecosystems = false;
};

/// `also`: ids of vulnerabilities to be judged again though no package's rows changed.
Changed changes_between(const intel::Snapshot& before, const intel::Snapshot& after,
                        const std::vector<std::string>& also);

}  // namespace vigil::estate
