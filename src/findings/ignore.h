// The ignore file: findings somebody decided to leave out, each with a reason and an end.
//
//   # id              [package=NAME] [until=YYYY-MM-DD] -- reason
//   CVE-2023-45853    package=zlib1g until=2027-03-31 -- minizip is not built
//   CVE-2022-*        package=busybox -- not reachable in this image
//
// The id may end in `*`. The reason is obligatory. After the date the rule no longer hides anything,
// and the scan says so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "findings/finding.h"

namespace vigil::findings {

struct IgnoreRule {
  std::string id;          ///< may end in '*'
  std::string package;     ///< empty: all packages
  std::int64_t until = 0;  ///< end of the last day it holds, seconds since 1970; 0: no end
  std::string reason;
  std::size_t line = 0;
};

/// An error names the line. `where` names the file.
Result<std::vector<IgnoreRule>> parse_ignore_file(std::string_view text, std::string_view where);

/// The rule that hides this finding now; null if none does. A rule for one package hides a finding
/// only if that is its only package.
const IgnoreRule* ignored_by(const std::vector<IgnoreRule>& rules, const Finding& finding,
                             std::int64_t now);

}  // namespace vigil::findings
