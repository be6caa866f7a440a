// What assessments mean for one resource: the changes of its findings, with the suppression rules
// asked, and what has to be stored before them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "estate/assessor.h"
#include "estate/rule_set.h"
#include "findings/finding.h"
#include "findings/reconcile.h"

namespace vigil::estate {

struct Settled {
  std::vector<findings::Change> changes;  ///< ascending by vulnerability
  /// Those that changes newly point at; they live as long as the assessments given.
  std::vector<const findings::Assessed*> assessed;
};

/// Whose findings they are, as rules ask. A stored resource is named by `resource` and has its
/// attributes as the store keeps them; one that was just scanned has all of it in `resource`.
struct Whose {
  findings::Resource resource;
  std::vector<findings::Attribute> attributes;
};

/// `known` in any order.
Settled settle(std::vector<findings::Known> known, const Assessments& assessments,
               const Whose& whose, const RuleSet& rules, const findings::Situation& situation);

}  // namespace vigil::estate
