// The file /etc/os-release, by os-release(5): lines of NAME=value in a subset of shell syntax.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace vigil::inventory {

/// The assignments; of a name given twice the last one counts, as a shell would have it. Lines that
/// are no assignment are passed over. Values are printable text.
std::map<std::string, std::string, std::less<>> parse_os_release(std::string_view text);

}  // namespace vigil::inventory
