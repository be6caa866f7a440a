// The work of the server that nobody asks for: the watch over its own host and a registry, the refresh of
// intelligence, expiry and deletion. Ends promptly.
#pragma once

#include <memory>

#include "base/logger.h"
#include "base/result.h"
#include "estate/estate.h"
#include "estate/registry_inbox.h"
#include "server/config.h"

namespace vigil::server {

class Background {
 public:
  static Result<std::unique_ptr<Background>> start(estate::Estate& estate,
                                                   estate::RegistryInbox& pushes,
                                                   const Config& config, base::Logger& logger);
  /// Stops.
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  /// Waits for what is being done; twice is once.
  void stop();

 private:
  struct State;
  explicit Background(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace vigil::server
