// Opening a path inside a root directory such that nothing outside it can be reached: absolute
// links start at the root, ".." stops there.
//
// Linux 5.6 does it in the kernel (openat2(2), RESOLVE_IN_ROOT); older kernels and containers whose
// seccomp profile does not know the call get a walk of our own, one component at a time. Both
// refuse the magic links of /proc (/proc/PID/root, exe, fd/N), which lead out of any root.
#pragma once

#include <string>
#include <string_view>

#include "tree/descriptor.h"

namespace vigil::tree {

enum class Resolution {
  Kernel,      ///< openat2
  Components,  ///< the walk in user space
};

/// Kernel if this system has it, Components otherwise.
Resolution best_resolution();

/// Opens `path` in `root` with the flags of open(2); O_CLOEXEC and O_NOCTTY are added. An invalid
/// descriptor on failure, then errno says why: ENOENT, EACCES, ELOOP (too many links, a cycle, a
/// magic link), ENOTDIR, ENAMETOOLONG.
Descriptor open_in_root(int root, std::string_view path, int flags, Resolution resolution);

/// As above with O_PATH, by the walk of components, which also knows the path without links.
Descriptor walk_in_root(int root, std::string_view path, std::string& resolved);

/// "//a/./b/" -> "/a/b". ".." stays: what it means depends on links.
std::string tidy_path(std::string_view path);

}  // namespace vigil::tree
