// A finding taken apart into what is stored once and shared: the vulnerability, the assessment of it
// under one set of circumstances, the resource. The finding itself is then a few integers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "findings/filter.h"
#include "findings/finding.h"
#include "findings/fixes.h"

namespace vigil::findings {

enum class Status : std::uint8_t { Active, Suppressed, Closed };
/// "ACTIVE", "SUPPRESSED", "CLOSED"
std::string_view status_name(Status status);

struct VulnerabilityEntry {
  std::uint64_t key = 0;  ///< vulnerability_key
  std::string type;       ///< "PACKAGE_VULNERABILITY"
  std::string name;       ///< "CVE-2024-6119"
  std::optional<double> epss;
  /// In CISA's catalogue of what is exploited: the day by which it is to be mended, 0 if none is said.
  std::optional<std::int64_t> due;
  std::string body;    ///< vulnerability_document
  std::string digest;  ///< of the body
};

/// Another key is what moves a finding's `updated` and is told as an update, so nothing belongs here
/// that changes by itself: no EPSS, no description, nothing of the resource but its type, no time. Such
/// texts belong to VulnerabilityEntry, which is replaced silently. Where EPSS or an exploit changes the
/// score, the severity or exploitAvailable, that is another assessment; so is it where a package comes
/// into use, whether that moves the score or not. `fixes` follow from the rest. (Reasons of scores are the
/// policy's texts without numbers of the day; score/policy.h.) What ports and code findings say is
/// particular to their resource and stands here whole.
struct Assessment {
  std::uint64_t key = 0;  ///< of all of it: equal key, equal content
  std::uint64_t vulnerability = 0;
  std::string resource_type;
  std::string type;
  model::Severity severity = model::Severity::Untriaged;
  std::optional<double> score;
  FixAvailable fix = FixAvailable::No;
  bool exploit = false;
  bool in_use = false;  ///< one of its packages, for certain
  std::string title;
  std::string source;
  std::string vendor_severity;
  std::vector<PackageFacts> packages;
  std::vector<Fix> fixes;
  std::vector<Attribute> attributes;  ///< of fields without a column
  std::string body;                   ///< assessment_document
};

struct Assessed {
  VulnerabilityEntry vulnerability;
  Assessment assessment;
};

/// Of the resource only its type counts. Texts in columns and attributes are cut (kAttributeBytes).
Assessed assess(const Finding& finding, const Resource& resource);

/// What of a finding is neither its assessment nor its resource. `last_observed` is of an open finding
/// when its resource was last scanned.
struct FindingState {
  Status status = Status::Active;
  std::int64_t first_observed = 0;
  std::int64_t last_observed = 0;
  std::int64_t updated = 0;
};
/// All that filters may ask of one finding. Open ports and flaws of code have their finding_name as
/// vulnerabilityId, as the store's column has.
FilterSubject subject_of(const Resource& resource, const Assessed& assessed,
                         const FindingState& state);

}  // namespace vigil::findings
