// A finding: one vulnerability on one resource, with every package it affects, its score and the
// texts that people read. Shapes and texts follow Amazon Inspector's findings.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/fix_state.h"
#include "model/package.h"
#include "model/severity.h"
#include "model/vulnerability.h"
#include "score/score.h"

namespace vigil::findings {

/// What was scanned, under the identity AWS's clients know.
struct Resource {
  std::string type = "AWS_EC2_INSTANCE";
  std::string id;       ///< "i-" and 17 hexadecimal digits
  std::string account;  ///< 12 digits
  std::string region;
  std::string platform;  ///< "DEBIAN_12"
  std::string name;      ///< for people: host name or path
  std::string os_name;   ///< "Debian GNU/Linux 12 (bookworm)"
  std::vector<std::string> ipv4;
  std::vector<std::string> ipv6;
  std::map<std::string, std::string> tags;  ///< vigil:kind, vigil:name, vigil:origin
};

enum class InUse : std::uint8_t { Unknown, Yes, No };

struct AffectedPackage {
  model::Package package;
  model::FixState state = model::FixState::Affected;
  std::string fixed_version;  ///< empty if there is none
  std::string note;
  std::string advisory;
  std::string feed;
  InUse in_use = InUse::Unknown;
  std::string remediation;  ///< a command; empty if there is none to give
};

enum class FixAvailable : std::uint8_t { No, Partial, Yes };

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
  InUse in_use = InUse::Unknown;  ///< of any of its packages
  std::int64_t first_observed = 0;
  std::int64_t last_observed = 0;
};

/// "YES", "NO", "PARTIAL"
std::string_view fix_available_name(FixAvailable fix);

}  // namespace vigil::findings
