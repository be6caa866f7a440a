#include "findings/fixes.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "findings/finding.h"
#include "findings/texts.h"
#include "match/subject.h"
#include "version/scheme.h"

namespace vigil::findings {

std::string later_version(const std::string& ecosystem, const std::string& a,
                          const std::string& b) {
  if (a.empty() || a == b) return b;
  const version::Scheme* scheme = version::scheme_of_ecosystem(ecosystem);
  if (scheme == nullptr) return b;
  const auto order = version::compare(*scheme, a, b);
  return order && *order > 0 ? a : b;
}

std::vector<Fix> fixes_of(const Finding& finding) {
  std::map<std::tuple<std::string, std::string, std::string>, Fix> fixes;
  for (const AffectedPackage& affected : finding.packages) {
    if (affected.fixed_version.empty()) continue;
    const match::Subject subject = match::subject_of(affected.package);
    Fix& fix = fixes[{subject.ecosystem, subject.name, subject.version}];
    fix.target = later_version(subject.ecosystem, fix.target, affected.fixed_version);
    fix.packages.push_back({affected.package.name, split_version(affected.package).version});
    if (fix.manager.empty()) fix.manager = affected.package.manager;
    if (fix.command.empty()) fix.command = affected.remediation;
  }
  std::vector<Fix> all;
  for (auto& [key, fix] : fixes) {
    std::tie(fix.ecosystem, fix.name, fix.installed) = key;
    std::ranges::sort(fix.packages);
    const auto rest = std::ranges::unique(fix.packages);
    fix.packages.erase(rest.begin(), rest.end());
    all.push_back(std::move(fix));
  }
  return all;
}

}  // namespace vigil::findings
