// Takes from this process what reading untrusted bytes does not need: the network, writing, other
// programs, all files but some.
//
// Landlock (landlock(7), Linux 5.13) hides the file system, a seccomp filter (seccomp(2)) allows only
// the system calls that computing and reading need, resource limits (setrlimit(2)) bound the rest. What
// the kernel or a container around us does not offer is left out; the others hold without it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace vigil::source {

struct SandboxLimits {
  std::uint64_t memory = 0;  ///< bytes of data, 0: none
  std::uint64_t cpu_seconds = 0;
  std::vector<std::string> readable;  ///< files and directories that may still be opened
};

struct Sandbox {
  int landlock = 0;  ///< version of the kernel's interface; 0: not there
  bool seccomp = false;
};

/// For this process and all its threads to come; call it before there are any. Cannot be undone.
/// Errors: a readable path that cannot be opened.
Result<Sandbox> enter_sandbox(const SandboxLimits& limits);

}  // namespace vigil::source
