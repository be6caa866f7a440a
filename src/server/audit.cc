#include "server/audit.h"

#include "server/installation.h"

namespace vigil::server {

void audit(const RouteCall& call, std::string_view action, std::string_view principal,
           std::string_view about) {
  if (call.installation == nullptr) return;
  base::Logger& logger = call.installation->logger;
  if (about.empty()) {
    logger.info("audit",
                {{"action", action}, {"principal", principal}, {"remote", call.request.remote}});
  } else {
    logger.info("audit", {{"action", action},
                          {"about", about},
                          {"principal", principal},
                          {"remote", call.request.remote}});
  }
}

}  // namespace vigil::server
