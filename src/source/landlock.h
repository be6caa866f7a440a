// Landlock (landlock(7)): an unprivileged process gives up access to files.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace vigil::source {

/// The version of the kernel's interface; 0 if it has none or it is switched off.
int landlock_version();

/// From now on only `readable` files and what lies below such directories can be opened, and only
/// for reading; with version 4 and later no TCP connection can be made or accepted. Needs
/// PR_SET_NO_NEW_PRIVS.
Result<void> restrict_files(const std::vector<std::string>& readable, int version);

}  // namespace vigil::source
