#include "estate/rule_set.h"

#include <algorithm>

#include "base/log.h"
#include "findings/assessment.h"

namespace vigil::estate {

std::optional<findings::Filter> suppressing_filter(const findings::Filter& filter) {
  const auto status = findings::filter_field("findingStatus");
  findings::Filter out;
  for (const findings::Criterion& criterion : filter.criteria) {
    if (criterion.field != status) {
      out.criteria.push_back(criterion);
      continue;
    }
    findings::FilterSubject active;
    active.attributes.push_back({criterion.field,
                                 {},
                                 std::string(findings::status_name(findings::Status::Active)),
                                 {},
                                 {}});
    if (!findings::matches({{criterion}}, active)) return std::nullopt;
  }
  return out;
}

Result<RuleSet> RuleSet::load(store::Connection& from, std::int64_t account, std::int64_t now) {
  VIGIL_TRY(const std::vector<store::FilterRow> rows, store::suppression_rules(from, account, now));
  RuleSet set;
  for (const store::FilterRow& row : rows) {
    const auto filter = findings::parse_filter(row.criteria);
    if (!filter) {
      base::warn("the suppression rule '" + row.name +
                 "' cannot be read and suppresses nothing: " + filter.error().text());
      continue;
    }
    if (auto asked = suppressing_filter(*filter)) set.rules_.push_back({row.id, std::move(*asked)});
  }
  return set;
}

std::uint64_t RuleSet::first_match(const findings::FilterSubject& subject) const {
  const auto at = std::find_if(rules_.begin(), rules_.end(), [&](const SuppressionRule& rule) {
    return findings::matches(rule.filter, subject);
  });
  return at == rules_.end() ? 0 : at->id;
}

}  // namespace vigil::estate
