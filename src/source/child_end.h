// The end of another program that leads a process group of its own.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>

namespace vigil::source {

/// Waits until `end`; not at all if the time is over (`in_time`). Its exit code, or 128 + the number
/// of the signal that ended it; nothing if it and what it started had to be killed.
std::optional<int> wait_for_child(pid_t child, bool in_time,
                                  std::chrono::steady_clock::time_point end);

}  // namespace vigil::source
