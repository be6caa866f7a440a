// Where apt takes packages from: /etc/apt/sources.list and what lies in sources.list.d
// (sources.list(5)), as far as it is needed to tell which address a list was fetched from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tree/view.h"

namespace vigil::source::debian_archive {

struct AptSource {
  std::string uri;    ///< "http://mirror.example.org/debian", without a slash at the end
  std::string suite;  ///< "bookworm-security"
  std::vector<std::string> components;
};

/// One-line format. Binary sources only, options ignored, each suite and address once.
std::vector<AptSource> parse_source_lines(std::string_view text);
/// deb822 format; `Enabled: no` is left out.
std::vector<AptSource> parse_source_stanzas(std::string_view text);

/// All of them below the view's /etc/apt, in the order apt reads them.
std::vector<AptSource> read_apt_sources(const tree::View& view);

/// How the names of the lists of a source begin: "mirror.example.org_debian_dists_bookworm_". apt drops
/// scheme and user, quotes, and writes `_` for `/` (apt-pkg/strutl.cc, URItoFileName).
std::string list_prefix(const AptSource& source);

}  // namespace vigil::source::debian_archive
