// What routes may know of the server that they run in: what it was told, the key that secrets are sealed
// with, the log.
#pragma once

#include <cstdint>
#include <string>

#include "base/logger.h"
#include "server/config.h"
#include "server/secrets.h"

namespace vigil::server {

/// What it refers to outlives the Service.
struct Installation {
  const Config& config;      ///< as in force; `account` is the one of this host
  const MasterKey& key;      ///< for the secrets of access keys
  base::Logger& logger;      ///< for what is to be known afterwards (server/audit.h)
  std::string host;          ///< the resource id of this machine, scanned or not
  std::int64_t started = 0;  ///< seconds since 1970, by the estate's clock
};

}  // namespace vigil::server
