#include "cli/report/upgrades.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "match/subject.h"
#include "version/scheme.h"

namespace vigil::cli {
namespace {

using findings::Finding;

double weight_of(const Finding& finding) {
  double weight = 1;
  if (finding.severity == model::Severity::Critical) weight = 100;
  if (finding.severity == model::Severity::High) weight = 20;
  if (finding.severity == model::Severity::Medium) weight = 4;
  if (finding.vulnerability.known_exploited) weight = 1000;
  return finding.in_use == score::Fact::Yes ? weight * 2 : weight;
}

/// The later of two versions by their ecosystem's order; a version nobody can order loses.
const std::string& later(const std::string& ecosystem, const std::string& a, const std::string& b) {
  if (a.empty()) return b;
  const version::Scheme* scheme = version::scheme_of_ecosystem(ecosystem);
  if (scheme == nullptr) return b;
  const auto order = version::compare(*scheme, a, b);
  return order && *order > 0 ? a : b;
}

struct Draft {
  Upgrade upgrade;
  std::set<std::string> packages;
};

void count(Upgrade& upgrade, const Finding& finding) {
  ++upgrade.findings;
  upgrade.critical += finding.severity == model::Severity::Critical ? 1 : 0;
  upgrade.high += finding.severity == model::Severity::High ? 1 : 0;
  upgrade.known_exploited += finding.vulnerability.known_exploited ? 1 : 0;
  upgrade.worst = std::max(upgrade.worst, finding.severity);
  upgrade.worst_score = std::max(upgrade.worst_score, finding.score.score.value_or(0));
  upgrade.in_use = upgrade.in_use || finding.in_use == score::Fact::Yes;
  upgrade.risk += weight_of(finding);
}

}  // namespace

std::vector<Upgrade> upgrades_of(const std::vector<Finding>& findings) {
  std::map<std::tuple<std::string, std::string, std::string>, Draft> drafts;
  for (const Finding& finding : findings) {
    std::set<Draft*> touched;
    for (const findings::AffectedPackage& affected : finding.packages) {
      if (affected.fixed_version.empty()) continue;
      const match::Subject subject = match::subject_of(affected.package);
      Draft& draft = drafts[{subject.ecosystem, subject.name, subject.version}];
      Upgrade& upgrade = draft.upgrade;
      upgrade.name = subject.name;
      upgrade.installed = subject.version;
      upgrade.target = later(subject.ecosystem, upgrade.target, affected.fixed_version);
      draft.packages.insert(affected.package.name);
      if (upgrade.command.empty()) upgrade.command = affected.remediation;
      if (touched.insert(&draft).second) count(upgrade, finding);
    }
  }
  std::vector<Upgrade> upgrades;
  for (auto& [key, draft] : drafts) {
    draft.upgrade.packages = draft.packages.size();
    upgrades.push_back(std::move(draft.upgrade));
  }
  std::stable_sort(upgrades.begin(), upgrades.end(),
                   [](const Upgrade& a, const Upgrade& b) { return a.risk > b.risk; });
  return upgrades;
}

}  // namespace vigil::cli
