// Runs another program of this system: no shell, no input, bounded time and output.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"

namespace vigil::source::debian_archive {

struct ProgramResult {
  int exit_code = 0;   ///< 128 + number of the signal that ended it
  std::string output;  ///< standard output and error, the first 64 KiB
};

/// `arguments[0]` is looked for in PATH. After `limit` the program and what it started are killed,
/// and that is an error, as is a program that cannot be started (NotFound).
Result<ProgramResult> run_program(const std::vector<std::string>& arguments,
                                  std::chrono::seconds limit);

}  // namespace vigil::source::debian_archive
