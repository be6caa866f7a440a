// Deterministic identities: the same machine, tree and finding never appear twice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigil::findings {

/// "i-" and 17 hexadecimal digits, from whatever identifies the resource: a machine id, a path.
std::string instance_id(std::string_view identifying);

/// The two halves of a finding's identity. As 64 bits they are also the keys of the store's rows, so
/// that an ARN leads to its row without an index of ARNs.
struct FindingId {
  std::uint64_t resource = 0;       ///< resource_key
  std::uint64_t vulnerability = 0;  ///< vulnerability_key
  friend bool operator==(const FindingId&, const FindingId&) = default;
};

/// The first eight bytes of SHA-256 over account and resource id.
std::uint64_t resource_key(std::string_view account, std::string_view resource);
/// The first eight bytes of SHA-256 over a finding's type and its vulnerability, port range or rule.
std::uint64_t vulnerability_key(std::string_view type, std::string_view vulnerability);

/// arn:aws:inspector2:REGION:ACCOUNT:finding/ and 32 hexadecimal digits: resource, vulnerability.
std::string finding_arn(std::string_view region, std::string_view account, FindingId id);
std::string finding_arn(std::string_view region, std::string_view account,
                        std::string_view resource, std::string_view type,
                        std::string_view vulnerability);

/// The parts of a finding's ARN; nothing if it is none.
struct FindingArn {
  std::string region;
  std::string account;
  FindingId id;
};
std::optional<FindingArn> parse_finding_arn(std::string_view arn);

}  // namespace vigil::findings
