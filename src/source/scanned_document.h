// What was found on a target as one JSON document and back, for a process that scans for another.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "source/target.h"

namespace vigil::source {

std::string scanned_document(const Scanned& scanned);
/// Nothing in the text is trusted; errors name the member.
Result<Scanned> parse_scanned(std::string_view document);

/// What of a request goes to another process: all but the cache and who is told of progress.
std::string request_document(std::string_view target, const Request& request);
struct NamedRequest {
  std::string target;
  Request request;
  std::vector<const inventory::Cataloger*> catalogers;  ///< what request.scan.catalogers points at
};
Result<NamedRequest> parse_request(std::string_view document);

}  // namespace vigil::source
