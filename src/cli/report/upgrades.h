// Which upgrades remove most risk: findings grouped by what would fix them.
#pragma once

#include <string>
#include <vector>

#include "findings/report.h"

namespace vigil::cli {

/// One thing to upgrade, and what that removes.
struct Upgrade {
  std::string name;  ///< source package, or the package itself
  std::string installed;
  std::string target;        ///< the lowest version that fixes all that is counted here
  std::size_t packages = 0;  ///< binary packages of it that are affected
  std::size_t findings = 0;
  std::size_t critical = 0;
  std::size_t high = 0;
  std::size_t known_exploited = 0;
  double worst_score = 0;
  model::Severity worst = model::Severity::Untriaged;
  bool in_use = false;
  double risk = 0;      ///< what sorts the list
  std::string command;  ///< how to get it; empty if nobody knows
};

/// Upgrades that fix at least one finding, the one that removes most risk first. A finding's weight
/// is 1000 in CISA's catalogue, 100 critical, 20 high, 4 medium, 1 below, doubled when in use.
std::vector<Upgrade> upgrades_of(const std::vector<findings::Finding>& findings);

}  // namespace vigil::cli
