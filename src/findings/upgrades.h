// Which upgrades remove most risk: findings grouped by what would fix them. The terminal asks it of one
// scan, the console of an account.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "findings/clean_version.h"
#include "findings/fixes.h"
#include "model/severity.h"

namespace vigil::findings {

/// Findings in the same circumstances.
struct Fixable {
  std::int64_t findings = 1;
  model::Severity severity = model::Severity::Untriaged;
  double score = 0;  ///< 0: none
  bool known_exploited = false;
  bool in_use = false;
  std::vector<Fix> fixes;
};

/// One thing to upgrade, and what that removes.
struct Upgrade {
  std::string ecosystem;
  std::string name;
  std::string manager;
  std::vector<std::string> installed;  ///< versions, as they came, each once
  std::string
      target;  ///< the lowest version that fixes all that is counted here, and is clean itself
  std::set<FixedPackage> packages;  ///< packages of it that are affected
  std::int64_t findings = 0;
  std::array<std::int64_t, 6> by_severity{};  ///< by model::Severity
  std::int64_t known_exploited = 0;
  model::Severity worst = model::Severity::Untriaged;
  double worst_score = 0;
  bool in_use = false;
  std::int64_t risk = 0;  ///< the weights of its findings (weight.h), which sort the list
  std::string command;    ///< how to get it; empty if nobody knows
  std::vector<std::size_t> members;  ///< indices of what was given, ascending
};

enum class GroupBy : std::uint8_t {
  Installed,  ///< each installed version for itself
  Target,     ///< all that one version mends
};

/// The upgrade that removes most risk first. A finding with two things to upgrade counts for both, once
/// for each. Without `clean` a target may have flaws that nothing installed has.
std::vector<Upgrade> upgrades_of(std::span<const Fixable> fixables, GroupBy group_by,
                                 const CleanVersion& clean);

}  // namespace vigil::findings
