// New intelligence: findings follow it without any resource being scanned again (inspector.md 4.1).
//
// With the snapshot before at hand only what differs is judged: the changed packages say which
// profiles are concerned, each of them is matched once before and after, and only resources of
// profiles whose findings differ are written. Without it, as after a restart, every profile is matched
// against what is in force. Both give what ingesting everything again would give.
//
// A refresh that is interrupted is begun again: the store says which intelligence its findings follow
// (estate/applied.h), and a refresh of all profiles goes on where it was.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "base/result.h"
#include "estate/estate.h"

namespace vigil::estate {

struct Refreshed {
  bool applied = false;  ///< something was to be done, and it is done
  bool whole = false;    ///< every profile was looked at
  std::size_t changed_packages = 0;
  std::size_t profiles = 0;   ///< that were matched
  std::size_t resources = 0;  ///< that were written
  std::size_t changes = 0;    ///< of findings
  double found_seconds = 0;   ///< until it was known what differs
  double seconds = 0;
};

/// Makes the findings of all accounts follow the intelligence in force. `before`: what was in force
/// until now; null if it is not at hand. `stop` is asked between portions; then what is left is done by
/// the next refresh. Error Busy and Io: the next refresh does it.
Result<Refreshed> refresh(Estate& estate, const std::shared_ptr<const intel::Snapshot>& before,
                          const std::function<bool()>& stop = nullptr);

}  // namespace vigil::estate
