// CVE ids in prose, as people write them in changelogs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigil::source::debian_archive {

/// The ids a text mentions, each once, in canonical form, in order of first mention.
///
/// Understood: "CVE-2024-1234" in any case; "CVE 2024-1234", "CVE: 2024-1234", "CAN-2004-0001" (until
/// 2005 what is a CVE's number today was a candidate's first, cve.org "History"; a later "CAN-" is
/// somebody's own number); typographic hyphens; lists
/// that name the prefix or the year once: "CVE-2024-1234/5678", "CVE-2024-{1234,5678}",
/// "CVE-2005-1111, 2005-2222", "CVE-2024-1111, -2222"; all of it broken over lines. A bare number
/// behind a comma is no id, because it can be a bug's.
std::vector<std::string> find_cves(std::string_view text);

}  // namespace vigil::source::debian_archive
