// What systemd wants to hear of a service: sd_notify(3)'s protocol, a datagram to $NOTIFY_SOCKET.
#pragma once

#include <string_view>

namespace vigil::server {

/// "READY=1", "STOPPING=1", "STATUS=..."; nothing happens where nobody listens.
void notify_service_manager(std::string_view state);

}  // namespace vigil::server
