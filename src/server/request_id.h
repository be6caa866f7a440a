// The id an answer and the log share: a random UUID (RFC 9562, version 4), as AWS's are.
#pragma once

#include <string>

namespace vigil::server {

std::string make_request_id();

}  // namespace vigil::server
