// Answers that a browser saves as a file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/http.h"

namespace vigil::server {

/// Says that the answer is a file of this type and name, and that nobody keeps a copy of it.
void make_attachment(HttpResponse& response, std::string_view content_type,
                     std::string_view file_name);

/// "vigil-findings-20261123T044517Z": letters, digits, '.', '_' and '-' of `what`, others become '-';
/// at most 64 of them.
std::string dated_name(std::string_view what, std::int64_t time);

}  // namespace vigil::server
