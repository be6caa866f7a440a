#include "estate/epss.h"

#include <algorithm>

#include "findings/assessment.h"
#include "findings/texts.h"
#include "store/walk.h"

namespace vigil::estate {
namespace {

constexpr std::size_t kPortion = 500;
/// As store::KnownVulnerability.
constexpr double kNone = -1;

void add_bounds(const score::Condition& condition, std::vector<double>& bounds) {
  if (condition.epss_at_least) bounds.push_back(*condition.epss_at_least);
  for (const score::Condition& part : condition.any) add_bounds(part, bounds);
}

/// The scores at which the policy decides otherwise.
std::vector<double> bounds_of(const score::Policy& policy) {
  std::vector<double> bounds;
  for (const score::Rule& rule : policy.rules) add_bounds(rule.when, bounds);
  for (const score::Floor& floor : policy.floors) add_bounds(floor.when, bounds);
  return bounds;
}

bool crosses(const std::vector<double>& bounds, double before, double after) {
  return std::any_of(bounds.begin(), bounds.end(),
                     [&](double bound) { return (before >= bound) != (after >= bound); });
}

/// The entry as assessing a finding of the vulnerability makes it.
findings::VulnerabilityEntry entry_of(model::Vulnerability vulnerability) {
  findings::Finding finding;
  finding.description = findings::description(
      vulnerability.description.empty() ? vulnerability.title : vulnerability.description);
  finding.vulnerability = std::move(vulnerability);
  return findings::assess(finding, findings::Resource{}).vulnerability;
}

Result<std::vector<findings::VulnerabilityEntry>> entries_of(const std::vector<std::string>& names,
                                                             const intel::Snapshot& intelligence) {
  std::vector<findings::VulnerabilityEntry> entries;
  for (const std::string& name : names) {
    for (const std::uint32_t index : intelligence.find(name)) {
      if (intelligence.vulnerability_id(index) != name) continue;
      VIGIL_TRY(model::Vulnerability vulnerability, intelligence.vulnerability(index));
      entries.push_back(entry_of(std::move(vulnerability)));
    }
  }
  return entries;
}

}  // namespace

Result<void> follow_epss(Estate& estate, std::int64_t account, const intel::Snapshot& intelligence,
                         const std::function<bool()>& stop, std::vector<std::string>& crossing) {
  const std::vector<double> bounds = bounds_of(estate.policy());
  std::uint64_t first = store::kFirstVulnerability;
  for (bool more = true; more && !(stop && stop());) {
    std::vector<store::KnownVulnerability> known;
    VIGIL_CHECK(estate.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(known, store::vulnerabilities_from(from, account, first, kPortion));
      return ok();
    }));
    std::vector<std::string> moved;
    for (const store::KnownVulnerability& one : known) {
      const auto epss = intelligence.epss(one.name);
      const double now = epss ? epss->score : kNone;
      if (now == one.epss) continue;
      moved.push_back(one.name);
      if (crosses(bounds, one.epss, now)) crossing.push_back(one.name);
    }
    more = known.size() == kPortion && known.back().id + 1 != store::kFirstVulnerability;
    if (more) first = known.back().id + 1;
    if (moved.empty()) continue;
    VIGIL_TRY(const auto entries, entries_of(moved, intelligence));
    VIGIL_CHECK(estate.store().write([&](store::Connection& to) {
      return store::update_vulnerabilities(to, account, entries);
    }));
  }
  return ok();
}

}  // namespace vigil::estate
