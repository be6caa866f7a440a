// Which vulnerabilities the uploads between an installed and a newer version of a source package
// fix, by the word of its changelog.
//
// The reading is honest and simple: an upload that mentions a CVE fixes it, unless an upload that
// the installed version contains mentions it too. So it is wrong where a changelog speaks of a CVE
// without fixing it and has never spoken of it before ("not affected by CVE-..."), and where a first
// fix was incomplete and the second one goes by the same id. Neither can be told from prose.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "source/debian_archive/changelog.h"

namespace vigil::source::debian_archive {

/// The newest version of a source package and what is installed of it.
struct Span {
  std::string installed;
  std::string candidate;
  std::string codename;  ///< "bookworm"
};

struct Fixes {
  /// Uploads that fix something the installed version lacks, newest first; `cves` holds only that.
  std::vector<Upload> uploads;
  /// Per upload the version of this release that brought it: the upload itself, or where that went
  /// elsewhere (to unstable, say) the next newer one that came to the release.
  std::vector<std::string> fixed;
  bool knows_installed = false;  ///< the changelog has an entry of exactly the installed version
  bool complete = false;         ///< it reaches down to something the installed version contains
};

/// Is `version` the installed version or one that it contains? "1.2-3~deb12u1" contains "1.2-3":
/// a tilde marks a rebuild for a release (https://www.debian.org/doc/manuals/developers-reference
/// section 5.8.5.3), though it sorts below.
bool contained(std::string_view version, std::string_view installed);

/// `uploads` newest first, as in the changelog; `known`: further ids that are fixed already.
Fixes fixes_between(const std::vector<Upload>& uploads, const Span& span,
                    const std::set<std::string>& known = {});

}  // namespace vigil::source::debian_archive
