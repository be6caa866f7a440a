// What is known about a resource and a package when a vulnerability of it is scored. Every fact can
// be unknown, and unknown is the default: only what was observed may change a score.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/vulnerability.h"

namespace vigil::score {

/// Who can reach an open port of the resource.
enum class Exposure : std::uint8_t {
  Unknown,
  Internet,    ///< anybody on the internet
  InsideOnly,  ///< only peers, a VPN, the same private network
  None,        ///< nobody: no path from any network to any open port, or no open port
};

enum class Fact : std::uint8_t { Unknown, Yes, No };

enum class ResourceKind : std::uint8_t { Host, Image, Function };

/// How far exploitation is known to be: the strongest evidence counts.
enum class ExploitMaturity : std::uint8_t {
  None,            ///< nothing is known
  ProofOfConcept,  ///< CISA's SSVC assessment says "poc"
  Public,          ///< in Exploit-DB, Metasploit or Nuclei, or SSVC says "active"
  KnownExploited,  ///< in CISA's KEV catalogue
};

struct Context {
  Exposure exposure = Exposure::Unknown;
  Fact in_use = Fact::Unknown;  ///< a running process executes or maps a file of the package
  Fact reaches_secrets = Fact::Unknown;  ///< the resource's role or profile can read secrets
  Fact can_write = Fact::Unknown;        ///< it can change data or permissions
  ResourceKind resource = ResourceKind::Host;
  /// The package's ecosystem, "Debian:12": decides whose rating is the vendor's.
  std::string ecosystem;
  /// The vendor's word for this package and release, where the advisory has one.
  std::string vendor_word;
};

ExploitMaturity exploit_maturity(const model::Vulnerability& vulnerability);

/// The words of policies, flags and facts files: "unknown", "internet", "inside", "none".
std::optional<Exposure> parse_exposure(std::string_view word);
std::string_view exposure_name(Exposure exposure);
/// "unknown", "yes", "no"
std::optional<Fact> parse_fact(std::string_view word);
std::string_view fact_name(Fact fact);
/// "host", "image", "function"
std::optional<ResourceKind> parse_resource_kind(std::string_view word);
/// "none", "poc", "public", "kev"
std::optional<ExploitMaturity> parse_exploit_maturity(std::string_view word);
std::string_view exploit_maturity_name(ExploitMaturity maturity);

}  // namespace vigil::score
