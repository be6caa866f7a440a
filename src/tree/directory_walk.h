// The walk behind Directory::walk: depth first, in the order the file system gives.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "tree/view.h"

namespace vigil::tree {

/// Visits all below `root` (a directory's descriptor), as View::walk says.
/// `wants_status` is asked of every file, unless it is null.
Result<void> walk_directory(int root, const WalkLimits& limits,
                            const std::function<bool(std::string_view)>& wants_status,
                            const std::function<bool(const Entry&)>& visit,
                            const std::function<void(std::string, std::string)>& problem);

/// Of statfs(2)'s f_type: kernel interfaces (proc, sysfs, cgroup ...) that hold no files of
/// packages.
bool is_pseudo_file_system(long type);
/// Network and user-space file systems, where a walk may take for ever.
bool is_network_file_system(long type);

}  // namespace vigil::tree
