// Where Vigil keeps its files.
#pragma once

#include <string>

namespace vigil::cli {

/// VIGIL_HOME, else /var/lib/vigil for root, else $XDG_DATA_HOME/vigil or ~/.local/share/vigil
/// (XDG Base Directory Specification).
std::string data_directory();
/// The snapshot to build or read: what --intel or VIGIL_INTEL says, else `intelligence` there.
std::string snapshot_path(const std::string& given);
/// A mirror of feeds beside the checkout this program was built in (`../shared/feeds`); empty if there
/// is none.
std::string mirror_directory();
/// The last scan, for `vigil explain`.
std::string last_scan_path();

}  // namespace vigil::cli
