// The life of the server's process: opens everything, serves until it is told to stop, closes in
// order.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "server/config.h"

namespace vigil::server {

/// Serves until SIGTERM or SIGINT; requests in flight are answered first. SIGHUP reads the TLS
/// certificate again. The first start of a data directory makes the account, an access key and a
/// console user, and prints their secrets once, on standard output.
Result<void> run(Config config);

/// What `run` would need: the store opens, the keys are readable, the intelligence loads, the
/// address can be listened on. Lines for people.
Result<std::vector<std::string>> check(const Config& config);

}  // namespace vigil::server
