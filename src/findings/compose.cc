#include "findings/compose.h"

#include <algorithm>
#include <tuple>

#include "findings/identity.h"
#include "findings/texts.h"
#include "inventory/runtime/kernel.h"

namespace vigil::findings {
namespace {

/// Per package: does a process execute or map a file of it?
std::vector<score::Fact> uses_of(const inventory::Inventory& inventory) {
  const bool known = inventory.runtime && inventory.runtime->complete;
  std::vector<score::Fact> uses(inventory.packages.size(),
                                known ? score::Fact::No : score::Fact::Unknown);
  if (!inventory.runtime) return uses;
  for (const inventory::Process& process : inventory.runtime->processes) {
    for (const std::size_t package : process.packages) uses[package] = score::Fact::Yes;
  }
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (inventory::is_running_kernel_package(inventory.packages[i], *inventory.runtime))
      uses[i] = score::Fact::Yes;
  }
  return uses;
}

/// One package in use is enough; all must be known to be idle.
score::Fact use_of(const std::vector<AffectedPackage>& packages) {
  score::Fact use = score::Fact::No;
  for (const AffectedPackage& package : packages) {
    if (package.in_use == score::Fact::Yes) return score::Fact::Yes;
    if (package.in_use == score::Fact::Unknown) use = score::Fact::Unknown;
  }
  return use;
}

FixAvailable fix_of(const std::vector<AffectedPackage>& packages) {
  const auto fixed =
      std::count_if(packages.begin(), packages.end(),
                    [](const AffectedPackage& package) { return !package.fixed_version.empty(); });
  if (fixed == 0) return FixAvailable::No;
  return static_cast<std::size_t>(fixed) == packages.size() ? FixAvailable::Yes
                                                            : FixAvailable::Partial;
}

bool is_exploitable(const model::Vulnerability& vulnerability) {
  return score::exploit_maturity(vulnerability) >= score::ExploitMaturity::ProofOfConcept;
}

std::vector<AffectedPackage> packages_of(const match::Match& match,
                                         const inventory::Inventory& inventory,
                                         const std::vector<score::Fact>& uses) {
  std::vector<AffectedPackage> packages;
  for (const match::AffectedPackage& affected : match.packages) {
    AffectedPackage package;
    package.package = inventory.packages[affected.package];
    package.state = affected.state;
    package.fixed_version = affected.fixed_version;
    package.note = affected.note;
    package.advisory = affected.advisory;
    package.feed = affected.feed;
    package.in_use = uses[affected.package];
    if (!package.package.locations.empty()) {
      const std::string& layer = package.package.locations.front().layer;
      // Of an image a digest, of a function an ARN.
      (layer.starts_with("arn:") ? package.lambda_layer : package.layer) = layer;
    }
    if (!package.fixed_version.empty()) package.remediation = remediation(package.package);
    packages.push_back(std::move(package));
  }
  return packages;
}

/// A malicious package has no flaw to rate, and no fix but to be removed.
void condemn(Finding& finding) {
  finding.score.severity = model::Severity::Critical;
  if (finding.score.severity_source.empty()) finding.score.severity_source = "vendor";
  finding.recommendation =
      "This package is malicious. Remove it, rebuild what was made with it, and replace every "
      "secret it could have read.";
  finding.recommendation_url = finding.vulnerability.source_url;
}

bool is_worse(const Finding& a, const Finding& b) {
  const auto rank = [](const Finding& finding) {
    const auto& epss = finding.vulnerability.epss;
    return std::tuple(-static_cast<int>(finding.severity), -finding.score.score.value_or(0),
                      epss ? -epss->score : 0.0, std::string_view(finding.vulnerability.id));
  };
  return rank(a) < rank(b);
}

}  // namespace

score::Exposure observed_exposure(const inventory::Inventory& inventory) {
  if (!inventory.runtime || !inventory.runtime->complete) return score::Exposure::Unknown;
  for (const inventory::Port& port : inventory.runtime->ports) {
    const bool loopback = port.address.starts_with("127.") || port.address == "::1";
    if (!loopback) return score::Exposure::Unknown;
  }
  return score::Exposure::None;
}

Result<std::vector<Finding>> compose(const Resource& resource,
                                     const inventory::Inventory& inventory,
                                     const match::Matches& matches, const intel::Snapshot& snapshot,
                                     const score::Policy& policy, const ResourceFacts& facts,
                                     std::int64_t now) {
  const std::vector<score::Fact> uses = uses_of(inventory);
  std::vector<Finding> findings;
  findings.reserve(matches.matches.size());
  for (const match::Match& match : matches.matches) {
    Finding finding;
    VIGIL_TRY(finding.vulnerability, snapshot.vulnerability(match.vulnerability));
    const std::string& id = finding.vulnerability.id;
    finding.packages = packages_of(match, inventory, uses);
    finding.in_use = use_of(finding.packages);
    const std::string& ecosystem = finding.packages.front().package.ecosystem;
    for (const match::AffectedPackage& affected : match.packages) {
      if (finding.vendor_severity.empty()) finding.vendor_severity = affected.vendor_severity;
    }

    score::Context context;
    context.exposure = facts.exposure;
    context.in_use = finding.in_use;
    context.reaches_secrets = facts.reaches_secrets;
    context.can_write = facts.can_write;
    context.resource = facts.kind;
    context.ecosystem = ecosystem;
    context.vendor_word = finding.vendor_severity;
    finding.score = score::score(policy, finding.vulnerability, context);
    if (finding.vulnerability.malicious) condemn(finding);
    finding.severity = finding.score.severity;

    std::vector<std::string> names;
    names.reserve(finding.packages.size());
    for (const AffectedPackage& package : finding.packages) names.push_back(package.package.name);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    finding.title = title(id, names);
    const std::string& prose = finding.vulnerability.description;
    finding.description = description(prose.empty() ? finding.vulnerability.title : prose);
    Source source = source_of(ecosystem, id);
    finding.source = std::move(source.name);
    finding.source_url = std::move(source.url);
    finding.arn = finding_arn(resource.region, resource.account, resource.id, finding_type(finding),
                              finding_name(finding));
    finding.fix = fix_of(finding.packages);
    finding.exploit_available = is_exploitable(finding.vulnerability);
    finding.first_observed = now;
    finding.last_observed = now;
    findings.push_back(std::move(finding));
  }
  std::sort(findings.begin(), findings.end(), is_worse);
  return findings;
}

}  // namespace vigil::findings
