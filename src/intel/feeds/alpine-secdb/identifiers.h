// The identifiers of a secdb entry: people type them, and comments between them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigil::intel::alpine_secdb {

struct Identifiers {
  std::vector<std::string> ids;  ///< what the entry is about
  std::vector<std::string> bad;  ///< what looks like an identifier and is none
};

/// "CVE-2023-44441 ZDI-CAN-22093" -> CVE-2023-44441: an entry with a CVE is about the CVEs in it,
/// whose other names would unite CVEs that only share an advisory (XSA); without one about all its
/// ids. "CVE_2019-2426", "CVE-2017-17434-1", "CVE-2021-35940.patch" are repaired, "CVE-2022-?????"
/// is bad, text in parentheses and other words are comments.
Identifiers read_identifiers(std::string_view entry);

}  // namespace vigil::intel::alpine_secdb
