// The suppression rules of an account as they stand in one transaction.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "findings/filter.h"
#include "store/filters.h"

namespace vigil::estate {

/// A rule's filter as suppression asks it: of a finding as if it were ACTIVE, because a rule that names
/// findingStatus ACTIVE must not let go of what it has just suppressed. Nothing: it never matches.
std::optional<findings::Filter> suppressing_filter(const findings::Filter& filter);

struct SuppressionRule {
  std::uint64_t id = 0;
  findings::Filter filter;
};

class RuleSet {
 public:
  /// Those in force at `now`, oldest first. A stored rule that cannot be read suppresses nothing and
  /// is named on stderr.
  static Result<RuleSet> load(store::Connection& from, std::int64_t account, std::int64_t now);

  [[nodiscard]] bool empty() const { return rules_.empty(); }
  [[nodiscard]] const std::vector<SuppressionRule>& rules() const { return rules_; }
  /// The rule that hides it: the oldest that matches; 0 for none.
  [[nodiscard]] std::uint64_t first_match(const findings::FilterSubject& subject) const;

 private:
  std::vector<SuppressionRule> rules_;
};

}  // namespace vigil::estate
