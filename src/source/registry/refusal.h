// What a registry says when it refuses: {"errors": [{"code": "MANIFEST_UNKNOWN", "message": ...}]}.
//
// Reference: OCI Distribution Specification 1.1, "Error Codes".
#pragma once

#include <string>
#include <string_view>

#include "base/http_session.h"
#include "base/result.h"

namespace vigil::source::registry {

/// "MANIFEST_UNKNOWN: manifest unknown"; empty if the body is no such document. Plain text of
/// bounded length whatever the body is.
std::string refusal_text(std::string_view body);

/// The error of an answer that is none of success: NotFound for 404, else Network.
Error refusal(const base::SessionAnswer& answer, const std::string& where);

/// RFC 9110 section 15: may the same request succeed at another time?
bool is_temporary(const base::SessionAnswer& answer);

}  // namespace vigil::source::registry
