// Debian's releases: the tracker and OVAL name them by codename or number, statements by number.
#pragma once

#include <string>
#include <string_view>

namespace vigil::intel::feeds {

/// "bookworm" -> "Debian:12", "sid" -> "Debian:sid"; empty for a codename that is unknown.
std::string debian_ecosystem(std::string_view codename);

}  // namespace vigil::intel::feeds
