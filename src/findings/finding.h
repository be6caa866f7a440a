// A finding: one vulnerability on one resource, with every package it affects, its score and the
// texts that people read. Shapes and texts follow Amazon Inspector's findings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/resource.h"
#include "model/fix_state.h"
#include "model/package.h"
#include "model/severity.h"
#include "model/vulnerability.h"
#include "score/facts.h"
#include "score/score.h"

namespace vigil::findings {

struct AffectedPackage {
  model::Package package;
  model::FixState state = model::FixState::Affected;
  std::string fixed_version;  ///< empty if there is none
  std::string note;
  std::string advisory;
  std::string feed;
  score::Fact in_use = score::Fact::Unknown;
  std::string remediation;   ///< a command; empty if there is none to give
  std::string layer;         ///< of an image, "sha256:..."; empty elsewhere
  std::string lambda_layer;  ///< ARN; empty elsewhere
};

/// A component between the entry and the resource: "igw-...", "AWS::EC2::InternetGateway".
struct PathStep {
  std::string component_id;
  std::string component_type;
  std::string component_arn;  ///< empty if it has none
};

/// Ports that can be reached, and the way to them: Inspector2's NetworkReachabilityDetails.
struct OpenPorts {
  std::string protocol = "TCP";  ///< "TCP", "UDP"
  int begin = 0;                 ///< 0..65535
  int end = 0;
  std::vector<PathStep> path;  ///< from the entry to the resource; at most 30 are written
};

/// A flaw in code: Inspector2's CodeVulnerabilityDetails.
struct CodeFlaw {
  std::string file_path;  ///< in the resource, with the file's name
  int begin_line = 0;
  int end_line = 0;
  std::string detector_id;    ///< "python/hardcoded-credentials@v1.0"
  std::string detector_name;  ///< "Hardcoded credentials"
  std::string rule_id;
  std::vector<std::string> detector_tags;
  std::vector<std::string> cwes;
  std::vector<std::string> references;
  std::string lambda_layer;
};

enum class FixAvailable : std::uint8_t { No, Partial, Yes };

/// Of a package that is vulnerable, unless `ports` or `flaw` says otherwise.
struct Finding {
  std::string arn;
  std::string title;
  std::string description;  ///< at most 1024 characters
  model::Severity severity = model::Severity::Untriaged;
  score::Score score;
  model::Vulnerability vulnerability;
  std::string source;  ///< whose word the finding stands on: "DEBIAN_CVE", "GITHUB"
  std::string source_url;
  std::string vendor_severity;
  std::vector<AffectedPackage> packages;
  FixAvailable fix = FixAvailable::No;
  bool exploit_available = false;
  score::Fact in_use = score::Fact::Unknown;  ///< of any of its packages
  std::optional<OpenPorts> ports;             ///< only of NETWORK_REACHABILITY
  std::optional<CodeFlaw> flaw;               ///< only of CODE_VULNERABILITY
  std::string recommendation;                 ///< what to do; empty: "None Provided"
  std::string recommendation_url;
  std::int64_t first_observed = 0;
  std::int64_t last_observed = 0;
};

/// "PACKAGE_VULNERABILITY", "NETWORK_REACHABILITY", "CODE_VULNERABILITY"
std::string_view finding_type(const Finding& finding);

/// What the finding is about, unique within its type: the vulnerability's id; protocol, ports and entry
/// ("TCP 22-22 igw-..."); detector, file and line. With the type it is the finding's identity on its
/// resource (findings/identity.h). A flaw that moves to another line is another finding.
std::string finding_name(const Finding& finding);

/// "YES", "NO", "PARTIAL"
std::string_view fix_available_name(FixAvailable fix);

}  // namespace vigil::findings
