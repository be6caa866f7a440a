// A stored finding as the API writes it.
#pragma once

#include <string>

#include "store/find.h"

namespace vigil::api {

std::string arn_of(const store::FoundFinding& found);
/// The Finding object.
std::string document_of(const store::FoundFinding& found);
/// The FindingDetail object.
std::string detail_of(const store::FoundFinding& found);

}  // namespace vigil::api
