// Why the transport answers a request itself instead of handing it on.
#pragma once

#include <string>

namespace vigil::server {

struct HttpFailure {
  int status = 400;
  std::string message;
};

}  // namespace vigil::server
