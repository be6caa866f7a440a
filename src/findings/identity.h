// Deterministic identities: the same machine, tree and finding never appear twice.
#pragma once

#include <string>
#include <string_view>

namespace vigil::findings {

/// "i-" and 17 hexadecimal digits, from whatever identifies the resource: a machine id, a path.
std::string instance_id(std::string_view identifying);

/// arn:aws:inspector2:REGION:ACCOUNT:finding/ and 32 hexadecimal digits of (account, resource, type,
/// vulnerability).
std::string finding_arn(std::string_view region, std::string_view account,
                        std::string_view resource, std::string_view type,
                        std::string_view vulnerability);

}  // namespace vigil::findings
