// `vigil scan host|dir --server URL`: looks, and lets the server judge.
#pragma once

#include "base/result.h"
#include "cli/commands.h"

namespace vigil::cli {

/// The exit code. Needs no intelligence here. Options that speak of findings are an error: the server
/// has them.
Result<int> scan_and_send(const ScanOptions& options);

}  // namespace vigil::cli
