#include "api/operations/scan-sbom/scan.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "findings/texts.h"
#include "match/match.h"
#include "score/facts.h"

namespace vigil::api::scan_sbom {
namespace {

constexpr std::array<std::string_view, 4> kCounted = {"critical", "high", "medium", "low"};

/// 0 critical ... 3 low, 4 all else.
std::size_t band_of(const ScannedVulnerability& scanned) {
  const Rating* rating = counted(scanned.ratings);
  if (rating == nullptr) return kCounted.size();
  return static_cast<std::size_t>(std::find(kCounted.begin(), kCounted.end(), rating->severity) -
                                  kCounted.begin());
}

std::vector<std::string> references_of(const inventory::Sbom& sbom) {
  std::set<std::string_view> taken;
  for (const inventory::SbomComponent& component : sbom.components) {
    taken.insert(component.reference);
  }
  std::vector<std::string> references;
  references.reserve(sbom.components.size());
  std::size_t number = 0;
  for (const inventory::SbomComponent& component : sbom.components) {
    std::string reference = component.reference;
    while (reference.empty() || (component.reference.empty() && taken.contains(reference))) {
      reference = "comp-" + std::to_string(++number);
    }
    references.push_back(std::move(reference));
  }
  return references;
}

std::vector<std::size_t> components_of_packages(const inventory::Sbom& sbom) {
  std::vector<std::size_t> components(sbom.inventory.packages.size());
  for (std::size_t i = 0; i < sbom.components.size(); ++i) {
    if (sbom.components[i].kind == inventory::ComponentKind::Package) {
      components[sbom.components[i].package] = i;
    }
  }
  return components;
}

/// The words that the advisories carry beside those of the record itself.
void add_words(const match::Match& match, const inventory::Inventory& inventory,
               model::Vulnerability& vulnerability) {
  for (const match::AffectedPackage& affected : match.packages) {
    if (affected.vendor_severity.empty()) continue;
    std::string source =
        findings::source_of(inventory.packages[affected.package].ecosystem, vulnerability.id).name;
    auto& words = vulnerability.vendor_severities;
    const bool known = std::any_of(words.begin(), words.end(),
                                   [&](const auto& word) { return word.source == source; });
    if (!known) words.push_back({std::move(source), affected.vendor_severity});
  }
}

void count(const ScannedVulnerability& scanned, Counts& counts) {
  std::size_t* const bands[] = {&counts.critical, &counts.high, &counts.medium, &counts.low,
                                &counts.other};
  ++*bands[band_of(scanned)];
}

void judge(const match::Matches& matches, const std::vector<std::size_t>& component_of,
           Scan& scan) {
  const auto skipped = [](std::string_view why) {
    return "Component skipped: " + std::string(why) + ".";
  };
  constexpr auto kNoRules = inventory::ComponentKind::NoRules;
  for (const inventory::SbomComponent& component : scan.sbom.components) {
    Verdict verdict;
    verdict.text = component.kind == inventory::ComponentKind::Package
                       ? "Component scanned: no vulnerabilities found."
                       : skipped(why_skipped(component.kind));
    scan.verdicts.push_back(std::move(verdict));
  }
  const auto leave = [&](std::size_t package, const std::string& why) {
    Verdict& verdict = scan.verdicts[component_of[package]];
    verdict.text = skipped(why_skipped(kNoRules));
    verdict.reason = why;
  };
  for (const match::Unassessed& unassessed : matches.unassessed) {
    for (const std::size_t package : unassessed.packages) leave(package, unassessed.why);
  }
  // Nothing tells which kernel runs: then none was looked at, which is not the same as none being
  // vulnerable.
  for (const match::Suppressed& suppressed : matches.suppressed) {
    if (suppressed.why == "not the running kernel") leave(suppressed.package, suppressed.why);
  }
  for (const ScannedVulnerability& scanned : scan.vulnerabilities) {
    for (const AffectedComponent& affected : scanned.affects) {
      scan.verdicts[affected.component] = {.vulnerable = true, .text = {}, .reason = {}};
    }
  }
}

}  // namespace

Result<Scan> scan(inventory::Sbom sbom, const intel::Snapshot& snapshot) {
  Scan out;
  out.sbom = std::move(sbom);
  out.references = references_of(out.sbom);
  const std::vector<std::size_t> component_of = components_of_packages(out.sbom);
  const match::Matches matches = match::match(out.sbom.inventory, snapshot, {});
  for (const match::Match& match : matches.matches) {
    ScannedVulnerability scanned;
    VIGIL_TRY(scanned.vulnerability, snapshot.vulnerability(match.vulnerability));
    add_words(match, out.sbom.inventory, scanned.vulnerability);
    scanned.ratings = ratings_of(scanned.vulnerability);
    for (const match::AffectedPackage& affected : match.packages) {
      scanned.affects.push_back({component_of[affected.package], affected.fixed_version});
    }
    count(scanned, out.counts);
    out.vulnerabilities.push_back(std::move(scanned));
  }
  std::sort(out.vulnerabilities.begin(), out.vulnerabilities.end(),
            [](const ScannedVulnerability& a, const ScannedVulnerability& b) {
              const std::size_t band_a = band_of(a);
              const std::size_t band_b = band_of(b);
              return band_a != band_b ? band_a < band_b : a.vulnerability.id < b.vulnerability.id;
            });
  judge(matches, component_of, out);
  return out;
}

bool is_exploitable(const model::Vulnerability& vulnerability) {
  return score::exploit_maturity(vulnerability) >= score::ExploitMaturity::ProofOfConcept;
}

std::string last_exploit(const model::Vulnerability& vulnerability) {
  std::string_view newest;
  for (const model::Exploit& exploit : vulnerability.exploits) {
    newest = std::max(newest, std::string_view(exploit.first_seen));
  }
  return start_of_day(newest);
}

std::string start_of_day(std::string_view date) {
  return date.empty() ? std::string() : std::string(date) + "T00:00:00Z";
}

}  // namespace vigil::api::scan_sbom
