#include "findings/assessment.h"

#include <algorithm>
#include <tuple>

#include "base/hash.h"
#include "base/time.h"
#include "findings/document.h"
#include "findings/filter_table.h"
#include "findings/identity.h"
#include "findings/texts.h"

namespace vigil::findings {
namespace {

using fields::number_of;

Attribute text_attribute(std::uint16_t field, std::string_view text) {
  return {field, {}, attribute_text(text), {}, {}};
}

std::vector<Attribute> attributes_of(const Finding& finding) {
  std::vector<Attribute> attributes;
  const auto add = [&](std::uint16_t field, std::string_view text) {
    if (!text.empty()) attributes.push_back(text_attribute(field, text));
  };
  for (const std::string& alias : finding.vulnerability.aliases)
    add(number_of("relatedVulnerabilities"), alias);
  if (finding.ports) {
    const OpenPorts& ports = *finding.ports;
    add(number_of("networkProtocol"), ports.protocol);
    for (const PathStep& step : ports.path) {
      add(number_of("componentId"), step.component_id);
      add(number_of("componentType"), step.component_type);
    }
    Attribute range = text_attribute(number_of("portRange"),
                                     std::to_string(ports.begin) + "-" + std::to_string(ports.end));
    range.number = ports.begin;
    range.number_end = ports.end;
    attributes.push_back(std::move(range));
  }
  if (finding.flaw) {
    add(number_of("codeVulnerabilityDetectorName"), finding.flaw->detector_name);
    for (const std::string& tag : finding.flaw->detector_tags)
      add(number_of("codeVulnerabilityDetectorTags"), tag);
    add(number_of("codeVulnerabilityFilePath"), finding.flaw->file_path);
  }
  const auto row = [](const Attribute& one) { return std::tie(one.field, one.text); };
  std::ranges::sort(attributes, {}, row);
  const auto rest = std::ranges::unique(attributes, {}, row);
  attributes.erase(rest.begin(), rest.end());
  return attributes;
}

PackageFacts facts_of(const AffectedPackage& affected) {
  const model::Package& package = affected.package;
  const VersionParts parts = split_version(package);
  PackageFacts facts;
  facts.name = attribute_text(package.name);
  facts.version = attribute_text(parts.version);
  facts.release = attribute_text(parts.release);
  facts.architecture = attribute_text(architecture_name(package.architecture));
  facts.layer = attribute_text(affected.layer);
  facts.lambda_layer = attribute_text(affected.lambda_layer);
  // As the document: packages of the system lie in no one file.
  if (package.manager != "OS" && !package.locations.empty())
    facts.path = attribute_text(package.locations.front().path);
  facts.epoch = parts.epoch;
  return facts;
}

/// The first eight bytes of SHA-256 over texts, each with its length before it, so that no two lists
/// of texts are the same bytes.
class Fingerprint {
 public:
  Fingerprint& add(std::string_view text) {
    const std::string length = std::to_string(text.size()) + ':';
    hash_.update(length);
    hash_.update(text);
    return *this;
  }
  Fingerprint& add(std::uint64_t number) { return add(std::to_string(number)); }
  std::uint64_t take() {
    const base::Sha256::Digest digest = hash_.finish();
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < 8; ++i) key = key << 8U | digest.at(i);
    return key;
  }

 private:
  base::Sha256 hash_;
};

/// As far as columns hold them.
std::vector<Fix> stored_fixes_of(const Finding& finding) {
  std::vector<Fix> fixes = fixes_of(finding);
  for (Fix& fix : fixes) {
    for (std::string* text :
         {&fix.ecosystem, &fix.name, &fix.manager, &fix.installed, &fix.target, &fix.command}) {
      *text = attribute_text(*text);
    }
    for (FixedPackage& package : fix.packages)
      package = {attribute_text(package.name), attribute_text(package.version)};
  }
  return fixes;
}

/// Over everything a row of assessment holds. The body says score, fixes and packages already; what
/// stands in columns and attributes is derived from the same finding but cut and mapped by rules of
/// its own, so it is counted too: equal key, equal rows.
std::uint64_t key_of(const Assessment& assessment) {
  Fingerprint key;
  key.add(assessment.vulnerability).add(assessment.resource_type).add(assessment.type);
  key.add(model::severity_name(assessment.severity)).add(fix_available_name(assessment.fix));
  key.add(assessment.exploit ? 1 : 0).add(assessment.body);
  for (const PackageFacts& package : assessment.packages) {
    key.add(package.name).add(package.version).add(package.release).add(package.architecture);
    key.add(package.layer).add(package.lambda_layer).add(package.path);
    key.add(static_cast<std::uint64_t>(package.epoch));
  }
  for (const Attribute& attribute : assessment.attributes)
    key.add(attribute.field).add(attribute.text);
  // Not said where it is not so: assessments of before this was known keep their keys.
  if (assessment.in_use) key.add("in use");
  return key.take();
}

}  // namespace

std::string_view status_name(Status status) {
  if (status == Status::Active) return "ACTIVE";
  return status == Status::Suppressed ? "SUPPRESSED" : "CLOSED";
}

Assessed assess(const Finding& finding, const Resource& resource) {
  Assessed assessed;
  VulnerabilityEntry& vulnerability = assessed.vulnerability;
  vulnerability.type = finding_type(finding);
  vulnerability.name = finding_name(finding);
  vulnerability.key = vulnerability_key(vulnerability.type, vulnerability.name);
  vulnerability.name = attribute_text(vulnerability.name);
  if (finding.vulnerability.epss) vulnerability.epss = finding.vulnerability.epss->score;
  if (const auto& known = finding.vulnerability.known_exploited)
    vulnerability.due = base::parse_time(known->due_date).value_or(0);
  vulnerability.body = vulnerability_document(finding);
  vulnerability.digest = base::hex(base::xxh3_128(vulnerability.body));

  Assessment& assessment = assessed.assessment;
  assessment.vulnerability = vulnerability.key;
  assessment.resource_type = resource.type;
  assessment.type = vulnerability.type;
  assessment.severity = finding.severity;
  assessment.score = finding.score.score;
  assessment.fix = finding.fix;
  assessment.exploit = finding.exploit_available;
  assessment.in_use = finding.in_use == score::Fact::Yes;
  assessment.title = shortened(finding.title, kAttributeBytes);
  assessment.source = attribute_text(finding.source);
  assessment.vendor_severity = attribute_text(finding.vendor_severity);
  for (const AffectedPackage& package : finding.packages)
    assessment.packages.push_back(facts_of(package));
  assessment.fixes = stored_fixes_of(finding);
  assessment.attributes = attributes_of(finding);
  assessment.body = assessment_document(finding);
  assessment.key = key_of(assessment);
  return assessed;
}

FilterSubject subject_of(const Resource& resource, const Assessed& assessed,
                         const FindingState& state) {
  FilterSubject subject;
  subject.packages = assessed.assessment.packages;
  subject.attributes = attributes_of(resource);
  const auto& shared = assessed.assessment.attributes;
  subject.attributes.insert(subject.attributes.end(), shared.begin(), shared.end());
  const auto text = [&](std::uint16_t field, std::string_view value) {
    if (!value.empty()) subject.attributes.push_back({field, {}, std::string(value), {}, {}});
  };
  const auto number = [&](std::uint16_t field, double value) {
    subject.attributes.push_back({field, {}, {}, value, {}});
  };
  const Assessment& assessment = assessed.assessment;
  text(number_of("findingArn"),
       finding_arn(resource.region, resource.account,
                   {resource_key(resource.account, resource.id), assessed.vulnerability.key}));
  text(number_of("awsAccountId"), resource.account);
  text(number_of("findingType"), assessment.type);
  text(number_of("severity"), model::severity_name(assessment.severity));
  text(number_of("findingStatus"), status_name(state.status));
  text(number_of("title"), assessment.title);
  text(number_of("resourceType"), assessment.resource_type);
  text(number_of("resourceId"), resource.id);
  text(number_of("vulnerabilityId"), assessed.vulnerability.name);
  text(number_of("vulnerabilitySource"), assessment.source);
  text(number_of("vendorSeverity"), assessment.vendor_severity);
  text(number_of("fixAvailable"), fix_available_name(assessment.fix));
  text(number_of("exploitAvailable"), assessment.exploit ? "YES" : "NO");
  text(number_of("cloudProviderRegion"), resource.region);
  number(number_of("firstObservedAt"), static_cast<double>(state.first_observed));
  number(number_of("lastObservedAt"), static_cast<double>(state.last_observed));
  number(number_of("updatedAt"), static_cast<double>(state.updated));
  if (assessment.score) number(number_of("inspectorScore"), *assessment.score);
  if (assessed.vulnerability.epss) number(number_of("epssScore"), *assessed.vulnerability.epss);
  return subject;
}

}  // namespace vigil::findings
