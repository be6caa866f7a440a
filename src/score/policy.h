// The scoring policy: data that says which facts change which CVSS metrics. The default is
// share/policy/default.json, built into the program; docs/scoring.md describes the format.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/cvss.h"
#include "score/facts.h"

namespace vigil::score {

/// A policy's order of sources; Other is every rating that is none of the rest, such as another
/// distribution's.
enum class BaseSource : std::uint8_t { Vendor, Nvd, Cna, Cisa, Other };

/// The values of an enum that a condition admits, a bit per value.
using Admitted = std::uint8_t;
inline constexpr Admitted kAnyValue = 0xFF;

/// Holds if every field does.
struct Condition {
  Admitted exposure = kAnyValue;
  Admitted in_use = kAnyValue;
  Admitted exploit = kAnyValue;
  Admitted reaches_secrets = kAnyValue;
  Admitted can_write = kAnyValue;
  Admitted resource = kAnyValue;
  std::optional<double> epss_at_least;  ///< 0..1; does not hold where there is no EPSS score
  std::vector<Condition> any;           ///< at least one holds; empty: no such demand
};

struct MetricValue {
  std::string metric;
  std::string value;
};
struct MetricValues {
  std::string metric;
  std::vector<std::string> values;
};

struct Rule {
  std::string name;
  Condition when;
  std::vector<MetricValues> if_base;  ///< the base vector has one of these values of each metric
  std::vector<MetricValue> set;       ///< on CVSS 3.0 and 3.1
  std::vector<MetricValue> set_v4;    ///< on CVSS 4.0
  std::string reason;                 ///< one sentence for people
};

struct Floor {
  std::string name;
  Condition when;
  double score = 0;  ///< 0..10
  std::string reason;
};

/// The facts that conditions speak about.
struct Facts {
  Context context;
  ExploitMaturity exploit = ExploitMaturity::None;
  std::optional<double> epss;
};

/// What the policy's author expects of it.
struct PolicyTest {
  std::string name;
  std::string vector;
  Facts facts;
  double score = 0;
};

struct Policy {
  std::string name;
  /// Groups in order of preference; inside a group the first version a source has.
  std::vector<std::vector<model::CvssVersion>> base_versions;
  std::vector<BaseSource> base_sources;
  /// Ecosystem family ("Debian") -> names of its vendor's ratings ("DEBIAN_CVE").
  std::map<std::string, std::vector<std::string>, std::less<>> vendors;
  std::vector<Rule> rules;
  std::vector<Floor> floors;
  std::vector<PolicyTest> tests;
};

bool holds(const Condition& condition, const Facts& facts);

/// Reads a policy. An error names the field ("rules[2].set.MAV") and what may stand there; a test of
/// the policy that fails is an error too. `where` names the document in errors.
Result<Policy> parse_policy(std::string_view json, std::string_view where);
/// The policy of a file, up to 1 MiB.
Result<Policy> load_policy(const std::string& path);
/// The policy built into the program.
const Policy& default_policy();
/// Its text, to be copied and changed.
std::string_view default_policy_text();

}  // namespace vigil::score
