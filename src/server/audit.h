// Lines of the log about who came in and who changed what others may do:
//   info audit action="made a user" about=eve principal=admin remote=192.0.2.1:4711
// Never a password, a secret or a token; nor a name that was tried and that nobody has, which may be a
// password in the wrong field.
#pragma once

#include <string_view>

#include "server/route.h"

namespace vigil::server {

/// `principal`: who does it; `about`: the user or key it is done to, empty for himself.
void audit(const RouteCall& call, std::string_view action, std::string_view principal,
           std::string_view about = {});

}  // namespace vigil::server
