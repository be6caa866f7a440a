#include "estate/settle.h"

#include <algorithm>

namespace vigil::estate {
namespace {

/// Does the change point at an assessment that the finding did not point at before?
bool is_new_assessment(const findings::Change& change) {
  if (change.kind == findings::ChangeKind::Delete || change.kind == findings::ChangeKind::Close)
    return false;
  return change.kind == findings::ChangeKind::Open || change.kind == findings::ChangeKind::Reopen ||
         change.before.assessment != change.after.assessment;
}

}  // namespace

Settled settle(std::vector<findings::Known> known, const Assessments& assessments,
               const Whose& whose, const RuleSet& rules, const findings::Situation& situation) {
  std::sort(known.begin(), known.end(), [](const findings::Known& a, const findings::Known& b) {
    return a.vulnerability < b.vulnerability;
  });
  std::vector<findings::Seen> seen;
  if (situation.presence == findings::Presence::Present) {
    seen.reserve(assessments.size());
    for (const auto& assessed : assessments)
      seen.push_back({assessed->assessment.vulnerability, assessed->assessment.key});
  }
  const findings::RuleOf rule_of = [&](const findings::Seen& one,
                                       const findings::FindingState& state) -> std::uint64_t {
    if (rules.empty()) return 0;
    const findings::Assessed* assessed = find_assessed(assessments, one.vulnerability);
    if (assessed == nullptr) return 0;
    findings::FilterSubject subject = findings::subject_of(whose.resource, *assessed, state);
    subject.attributes.insert(subject.attributes.end(), whose.attributes.begin(),
                              whose.attributes.end());
    return rules.first_match(subject);
  };
  Settled out;
  out.changes = findings::reconcile(known, seen, rule_of, situation);
  for (const findings::Change& change : out.changes) {
    if (!is_new_assessment(change)) continue;
    if (const auto* assessed = find_assessed(assessments, change.after.vulnerability))
      out.assessed.push_back(assessed);
  }
  return out;
}

}  // namespace vigil::estate
